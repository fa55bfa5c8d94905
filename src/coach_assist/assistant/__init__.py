"""WHAT could be said: the model, its prompts, drafting, rewriting, grounding and privacy."""
