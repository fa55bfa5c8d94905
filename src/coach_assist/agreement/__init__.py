"""WHO agreed to what: signed events, proposals, decisions, and the agreed plan folded from them. No I/O."""
