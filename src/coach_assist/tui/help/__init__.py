"""Help: what this screen is for and which keys apply now."""
