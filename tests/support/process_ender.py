"""A stand-in for reviewing a file that ends its process, as a fault in a library would."""

from __future__ import annotations

import os
from pathlib import Path

from coach_assist.flows.review import ReviewOptions, review_file
from coach_assist.flows.review_output import FileEntry


def ending_review(path: Path, options: ReviewOptions) -> FileEntry:
    """Review a file; one called killer.md ends the process instead."""
    if path.name == "killer.md":
        os._exit(9)
    return review_file(path, options)
