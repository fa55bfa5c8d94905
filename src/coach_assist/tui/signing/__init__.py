"""Signing the agreed plan as a whole."""
