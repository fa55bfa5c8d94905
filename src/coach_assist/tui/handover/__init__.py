"""The hand-over: whose turn it is, and reading alone first."""
