"""coach-assist: draft, agree, review and follow through a coaching plan, in a terminal."""

__version__ = "0.1.0"
