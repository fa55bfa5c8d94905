"""One judgement a criterion: met, unmet or unknown, with its evidence."""
