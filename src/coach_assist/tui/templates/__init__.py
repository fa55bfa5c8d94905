"""Beginning a plan from a template."""
