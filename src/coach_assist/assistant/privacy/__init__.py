"""What may leave the machine, and in which words: names replaced, specially protected data marked."""
