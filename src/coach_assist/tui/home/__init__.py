"""Home: the plans, their state, and what waits for whom."""
