"""Each on their own: answering unseen, releasing, and looking where the two differ."""
