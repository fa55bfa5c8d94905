"""A summary of notes, from the lines to what both accept."""
