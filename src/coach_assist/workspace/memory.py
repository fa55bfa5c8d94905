"""The heads that were seen: what was once here must still be here.

A history that lost its newest events still verifies by itself. So the newest ids that this machine
saw are kept apart from the plan's file; a copy that lacks one of them is refused.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path

from coach_assist.agreement.bodies import HEX_ID
from coach_assist.errors import Refused
from coach_assist.platform_calls import private_folder, replace_private


def remembered_heads(path: Path) -> frozenset[str]:
    """Return the ids kept in `path`; none where there is no such file. Raises Refused where it is damaged."""
    try:
        lines = path.read_text(encoding="ascii").split()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError):
        lines = [""]
    if any(not re.fullmatch(HEX_ID, line) for line in lines):
        raise Refused(
            f"{path.name}, which remembers the newest events of a plan, is damaged.",
            kept="The plan itself was left as it is.",
            next_step=f"If the plan is as you remember it, delete {path}.",
        )
    return frozenset(lines)


def remember_heads(path: Path, heads: Iterable[str]) -> None:
    """Keep these ids in `path` instead of the older ones.

    They are only ever written after the events themselves: a crash in between leaves older ids, which
    are still in the history. For the same reason a read-only or full disk is no error here.
    """
    with contextlib.suppress(OSError):
        private_folder(path.parent)
        replace_private(path, "".join(f"{head}\n" for head in sorted(heads)).encode("ascii"))
