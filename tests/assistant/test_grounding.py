"""What is in no answer is noticed; what is in one is not."""

from __future__ import annotations

import pytest

from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of, speaks_another_language

GROUNDS = Grounds("Ana Ruiz and Tom read 4 of 10 tickets each Monday from 2026-03-02 on. Sigrid's books.")


@pytest.mark.parametrize(
    "text",
    [
        "Ana reads the tickets with Tom on Monday",
        "By 2026-03-02, four tickets",
        "The log is read by Ana",
        "Sigrid shows her books",
        "Reads one ticket",
    ],
)
def test_what_the_answers_hold_is_not_invented(text: str) -> None:
    assert GROUNDS.inventions(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Ana reads 5 tickets", "number", "5"),
        ("Ana reads seven tickets", "number", "seven"),
        ("By 2026-05-01", "date", "2026-05-01"),
        ("until June", "date", "June"),
        ("on Fridays she meets Priya", "name", "Priya"),
        ("Excel shows it", "name", "Excel"),
        ("keeps it in jira", "name", "jira"),
        ("uses ServiceDesk", "name", "ServiceDesk"),
    ],
)
def test_what_no_answer_holds_is_noticed(text: str, kind: str, word: str) -> None:
    assert (kind, word) in [(found.kind, found.text) for found in GROUNDS.inventions(text)]


def test_german_nouns_are_no_names() -> None:
    german = Grounds("Jana schreibt Antworten", german=True)
    assert german.inventions("Vorlage für häufige Fragen") == []
    assert [found.text for found in german.inventions("mit SharePoint")] == ["SharePoint"]


def test_the_share_of_known_words() -> None:
    assert GROUNDS.share("reading the tickets") == 1
    assert GROUNDS.share("company policies") == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She knows the products and the customers like her.", "en"),
        ("Jana kennt die Produkte und hat nicht viel Zeit.", "de"),
        ("Ella quiere mejorar la comunicación con los clientes y con el equipo.", "other"),
        ("お客様への返信が遅い", "other"),
        ("", "en"),
        ("Communicate better", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_another_language_is_noticed_in_a_phrase() -> None:
    assert speaks_another_language("writing templates for the common questions", "de")
    assert not speaks_another_language("Vorlagen für die häufigen Fragen schreiben", "de")
    assert not speaks_another_language("reading the log first", "en")
