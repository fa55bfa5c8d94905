"""The agreed plan: only what both accepted."""
