"""Shared widgets: each shows what it is given and says what was done, nothing more."""
