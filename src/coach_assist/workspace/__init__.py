"""WHERE it is kept: one SQLite file a plan, drawers beside the events, keys and settings."""
