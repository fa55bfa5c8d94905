"""The check-in: fifteen minutes, guided."""
