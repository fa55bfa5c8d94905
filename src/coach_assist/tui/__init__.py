"""The full-screen app: one folder a screen (its .py and .tcss together), shared widgets beside them."""
