"""The word diff loses nothing and marks no more than what changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.plan.word_diff import Piece, word_diff


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_texts_can_be_read_back(old, new):
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize("text", ["", "one", "Two words, a number 4.5"])
def test_equal_texts_have_no_change(text):
    assert {piece.op for piece in word_diff(text, text)} <= {"same"}


def test_a_changed_phrase_is_one_piece():
    assert word_diff("Cut the queue soon", "Cut the queue by 30 June") == (
        Piece("same", "Cut the queue "),
        Piece("removed", "soon"),
        Piece("added", "by 30 June"),
    )


def test_a_number_is_one_word():
    assert Piece("removed", "4.5") in word_diff("from 4.5 days", "from 4.0 days")
