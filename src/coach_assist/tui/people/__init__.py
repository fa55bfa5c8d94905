"""People and their keys on this machine, and the cards of people elsewhere."""
