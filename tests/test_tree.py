"""What must never be in the tree: a package index's host, a path of somebody's machine, a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "prompts", "schemas", "tests", "benchmarks", "docs", "scripts", ".ci")
HOSTS = re.compile(r"(?:pypi|pythonhosted|npmjs|huggingface)\.(?:org|com|co)\b")
PATHS = re.compile(r"(?<![\w.\-/])/(?:root|work|farm|home/[a-z]+)/[A-Za-z]")
SECRETS = re.compile(r"\bsk-[A-Za-z0-9]{20,}|Bearer (?!REDACTED|dev-key)[A-Za-z0-9]{20,}")


def texts() -> Iterator[tuple[Path, str]]:
    files = [path for path in ROOT.iterdir() if path.is_file()]
    files += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    for path in files:
        if path.is_file() and path != Path(__file__) and "__pycache__" not in path.parts:
            data = path.read_bytes()
            if b"\x00" not in data:
                yield path, data.decode("utf-8", errors="replace")


def test_nothing_of_a_machine_or_an_index_is_committed() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in texts()
        for pattern in (HOSTS, PATHS, SECRETS)
        if (match := pattern.search(text))
    ]
    assert found == []


def test_every_open_names_its_encoding() -> None:
    """Text is UTF-8 everywhere, whatever the locale says."""
    bare = re.compile(r"\.(?:read_text|write_text)\(\)|(?<![\w.])open\([^)\n]*\"[rwa]t?\"\)")
    found = [
        f"{path.relative_to(ROOT)}"
        for path, text in texts()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "src") and bare.search(text)
    ]
    assert found == []
