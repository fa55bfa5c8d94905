"""HOW a plan enters and leaves: Markdown, JSON and the other formats."""
