"""What became of one's plans, in counts."""
