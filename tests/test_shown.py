"""The display function: harmless, readable, idempotent."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.shown import MARK, has_hidden_characters, safe_text, shortened

TERMINAL_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("\x1b\x9b\x9d[]PX^_\\;?0m\x07\r\n\u202e\u2066\u200d"), st.characters())
)


@given(HOSTILE)
def test_nothing_that_moves_a_terminal_passes(text: str) -> None:
    shown = safe_text(text)
    assert not TERMINAL_CONTROL.search(shown)
    assert safe_text(shown) == shown
    assert unicodedata.is_normalized("NFC", shown)


@given(HOSTILE)
def test_one_line_is_one_line(text: str) -> None:
    assert len(safe_text(text, one_line=True).splitlines()) <= 1


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\x1b]52;c;ZXZpbA==\x07after", MARK + "after"),
        ("\x1b]0;title\x1b\\after", MARK + "after"),
        ("\x1b[2Jafter", MARK + "after"),
        ("\x9b31mred", MARK + "red"),
        ("a\u202eb", f"a{MARK}b"),
        ("tag\U000e0041", f"tag{MARK}"),
        ("line\r\nnext\rlast", "line\nnext\nlast"),
        ("שלום and 👩‍👩‍👧 and é", "שלום and 👩‍👩‍👧 and é"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
    ],
)
def test_examples(given_text: str, shown: str) -> None:
    assert safe_text(given_text) == shown


def test_an_unfinished_sequence_takes_no_following_line_with_it() -> None:
    assert safe_text("\x1b]0;never closed\nthe next line").endswith("\nthe next line")


def test_hidden_characters_are_noticed_and_plain_text_is_not() -> None:
    assert has_hidden_characters("pay\u202etxt")
    assert has_hidden_characters("a\x1b[31m")
    assert not has_hidden_characters("Zoë reads 👩‍👧 and עברית\r\nlines\tand tabs")


def test_shortened_keeps_to_its_width() -> None:
    assert shortened("a plan\nwith lines", 40) == "a plan with lines"
    assert shortened("abcdefgh", 5) == "abcd…"
