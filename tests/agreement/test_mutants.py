"""Each check of the verifier disabled in turn: a test must notice, or the check is not needed.

The mutants are generated from the source: every `raise`, every fault that is appended, every early
return is taken out, one at a time, and the fault campaign of this folder is run against the copy.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "coach_assist"
VERIFIER = ("canonical", "verify", "history", "authors", "content", "lines")
TESTS = (
    "test_canonical.py", "test_envelope.py", "test_authorship.py", "test_history.py", "test_rotation.py", "test_corruption.py", "test_fold.py",
    "test_joining.py", "test_blind.py", "test_comments.py", "test_confirms.py",
)  # fmt: skip
EQUIVALENT = {
    "len(found) != len(pairs)": "a doubled key is also no canonical form; the check only says it in words",
    "len(ids) < 2": "a short way for the usual case, with the same outcome",
    "len(event.parents) == 1": "a short way for the usual case, with the same outcome",
    "self._single.get(self.events[earlier].by) is not None": "a short way where a key has one chain",
    "event.body is None": "what is withheld speaks of nothing either way; the type checker wants it said",
}
"""Mutants that no test can notice, and why."""


@dataclass(frozen=True)
class Mutant:
    """One statement taken out of one file."""

    module: str
    line: int
    source: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.module}.py:{self.line}: {self.source}"


def mutants(module: str) -> list[Mutant]:
    """Return the module's text with each guard disabled in turn.

    A guard is an `if` whose body only raises, returns or appends a fault: its condition becomes false.
    """
    text = (SOURCE / "agreement" / f"{module}.py").read_text(encoding="utf-8")
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.If) or not _guards(node):
            continue
        lines = text.split("\n")
        first, last = node.test.lineno - 1, (node.test.end_lineno or node.test.lineno) - 1
        before = lines[first][: node.test.col_offset]
        after = lines[last][node.test.end_col_offset or 0 :]
        condition = "(\n" + ast.get_source_segment(text, node.test) + "\n)" if first != last else ""
        shown = ast.get_source_segment(text, node.test) or ""
        kept = condition or shown
        lines[first : last + 1] = [f"{before}(({kept}) and False){after}"]
        found.append(Mutant(module, node.lineno, " ".join(shown.split()), "\n".join(lines)))
    return found


def _guards(node: ast.If) -> bool:
    last = node.body[-1]
    if isinstance(last, ast.Raise):
        return True
    if isinstance(last, ast.Return):
        return not node.orelse
    return isinstance(last, ast.Expr) and "fault" in ast.unparse(last)


def killed(mutant: Mutant, folder: Path) -> bool:
    """Run the campaign against a copy of the package with one mutant in it."""
    package = folder / "coach_assist"
    target = package / "agreement" / f"{mutant.module}.py"
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    here = Path(__file__).parent
    try:
        done = subprocess.run(
            [
                sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header",
                "-c", os.devnull, "--rootdir", str(here), "--import-mode=importlib", "-m", "not slow",
                *(str(here / name) for name in TESTS),
            ],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(here.parent / "support")])},
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        target.write_text(original, encoding="utf-8")
    return done.returncode != 0


def test_mutants_are_found_in_every_part_of_the_verifier() -> None:
    for module in VERIFIER:
        made = mutants(module)
        assert made
        for mutant in made:
            ast.parse(mutant.text)


@pytest.mark.slow
def test_every_disabled_check_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "coach_assist", ignore=shutil.ignore_patterns("__pycache__"))
    nothing_changed = Mutant(
        "verify", 0, "", (SOURCE / "agreement" / "verify.py").read_text(encoding="utf-8")
    )
    assert not killed(nothing_changed, tmp_path)  # the campaign itself is green on the copy
    alive = []
    for mutant in (one for module in VERIFIER for one in mutants(module)):
        died = killed(mutant, tmp_path)
        print("killed " if died else "ALIVE  ", mutant.name)
        if not died and mutant.source not in EQUIVALENT:
            alive.append(mutant.name)
    assert alive == []
