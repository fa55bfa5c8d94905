"""Privacy in the app: what of a plan may go where, whose names are replaced, the AI record, the notice."""
