"""Finding a plan by words."""
