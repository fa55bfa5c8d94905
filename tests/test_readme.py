"""The README keeps its word: its lines are one line each, and what it links to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if "rules" not in path.parts[-2:-1]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def block(heading: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    match = re.search(rf"^## {re.escape(heading)}\n.*?^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert match is not None, heading
    return match[1].splitlines()


@pytest.mark.parametrize("heading", ["Run it", "Test it"])
def test_set_up_is_one_line_to_paste(heading: str) -> None:
    (line,) = block(heading)
    assert line.startswith("python3 -m venv --without-pip .venv && ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target
