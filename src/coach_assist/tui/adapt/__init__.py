"""Changing what is agreed, with a reason."""
