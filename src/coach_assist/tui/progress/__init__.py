"""How a plan stands: goals over time, promises, what comes next."""
