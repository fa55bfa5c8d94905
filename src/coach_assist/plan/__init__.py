"""WHAT a plan is: its units, their ids, and the arithmetic of its timeline. No I/O."""
