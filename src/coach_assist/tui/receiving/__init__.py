"""Receiving a sealed file."""
