"""A guided talk on the screen, step by step: check-ins, closing talks."""
