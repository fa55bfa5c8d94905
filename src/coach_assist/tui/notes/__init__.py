"""One's own notes between check-ins."""
