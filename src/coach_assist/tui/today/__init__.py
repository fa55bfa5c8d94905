"""What is due, across one's plans."""
