"""Rules: behaviour."""
