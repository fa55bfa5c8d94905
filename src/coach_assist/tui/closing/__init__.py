"""Closing a plan: the page that both sign, and the survey."""
