"""The word lists: each has a header with its source, every English kind is filled, nothing stands twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coach_assist.checker.lexicon import KINDS, languages, lexicon
from coach_assist.checker.word_lists import read_lists
from coach_assist.checker.word_tables import joined_tables

FOLDER = Path(__file__).resolve().parents[2] / "src" / "coach_assist" / "checker" / "lexicons"
FILES = sorted(path for path in FOLDER.glob("*/*.txt") if path.stem in KINDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_list_names_its_source_and_has_no_double(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert lines[1].startswith("# Source: ")
    entries = [line for line in lines if not line.startswith("#")]
    assert entries
    assert len(entries) == len(set(entries))
    assert all(entry == entry.strip() and entry == entry.lower() for entry in entries)


def test_english_has_every_kind() -> None:
    assert {path.stem for path in FILES if path.parent.name == "en"} == set(KINDS)


def test_words_match_whole_and_inflected() -> None:
    english = lexicon("en")
    assert english.look_up("reduces")[1] == "reduce"
    assert english.look_up("shipping")[1] == "ship"
    assert english.look_up("catalogueue")[0] == 0
    assert set(languages()) >= {"en", "de"}


@pytest.mark.parametrize("language", languages())
def test_the_joined_form_is_current_and_the_same(language: str) -> None:
    """scripts/join_word_lists.py has been run after the last change of a list."""
    made = joined_tables(language)
    assert made is not None, "run scripts/join_word_lists.py"
    assert made == read_lists(language)


def test_a_changed_list_is_read_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path / "lexicons")
    monkeypatch.setattr("coach_assist.checker.word_tables.FOLDER", str(tmp_path / "lexicons"))
    assert joined_tables("en") is not None
    with (tmp_path / "lexicons" / "en" / "make_verbs.txt").open("a", encoding="utf-8") as file:
        file.write("whittle\n")
    assert joined_tables("en") is None
