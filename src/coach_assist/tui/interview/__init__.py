"""The guided interview: one question at a time."""
