"""Sending a plan: to a person by a file, or through a folder."""
