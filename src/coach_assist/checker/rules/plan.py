"""Rules: plan."""
