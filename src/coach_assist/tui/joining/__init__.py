"""Taking part: the page before the first question, stopping, and a statement."""
