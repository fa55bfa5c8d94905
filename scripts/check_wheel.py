"""Say whether a built wheel carries what the installed program reads: prompts, schemas, word lists, styles.

usage: check_wheel.py WHEEL
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def expected_names() -> set[str]:
    """Return the names that must be in the wheel: every data file of the checkout."""
    package = ROOT / "src" / "coach_assist"
    inside = {
        f"coach_assist/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    beside = {
        f"coach_assist/_data/{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder in ("prompts", "schemas")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    return inside | beside


def main(wheel: str) -> int:
    """Print what is missing and return 1, or say how much was found and return 0."""
    with zipfile.ZipFile(wheel) as archive:
        missing = sorted(expected_names() - set(archive.namelist()))
    if missing:
        print("missing from the wheel:", *missing, sep="\n  ")
        return 1
    print(f"{len(expected_names())} files, none missing")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
