"""The Textual app: one folder a screen, shared widgets beside them."""
