"""The review: each proposal is read whole and decided on its own."""
