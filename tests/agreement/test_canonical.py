"""One value, one sequence of bytes; anything else is refused."""

from __future__ import annotations

import json
import random

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.agreement.canonical import MAX_BYTES, NotCanonical, decode, encode, written_again

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_reads_back_and_has_one_form(value: object) -> None:
    data = encode(value)
    assert decode(data) == value
    assert encode(decode(data)) == data


@given(VALUES)
def test_what_was_read_is_written_again_as_rfc_8785_says(value: object) -> None:
    """Reading does not use the library that writes: both must be of one mind about every value."""
    assert written_again(decode(rfc8785.dumps(value))) == rfc8785.dumps(value)


@given(st.text('\x00\x1f\\/"\b\f\n\r\t\x7f\x80é\u2028\ue000😀 a', max_size=12))
def test_every_character_has_the_one_spelling_of_rfc_8785(text: str) -> None:
    for value in (text, {text: text, "a": 1}):
        assert decode(rfc8785.dumps(value)) == value


@given(st.lists(st.text("ab\ue000😀\uffff\U0010ffff", max_size=3), unique=True, max_size=5), st.randoms())
def test_any_other_order_of_keys_is_refused(keys: list[str], chance: random.Random) -> None:
    chance.shuffle(keys)
    shuffled = json.dumps(dict.fromkeys(keys, 1), ensure_ascii=False, separators=(",", ":")).encode()
    if shuffled == rfc8785.dumps(dict.fromkeys(keys, 1)):
        decode(shuffled)
    else:
        with pytest.raises(NotCanonical):
            decode(shuffled)


@given(VALUES, st.data())
def test_another_spelling_of_the_same_value_is_refused(value: object, data: st.DataObject) -> None:
    spelled = data.draw(
        st.sampled_from(
            [
                json.dumps(value, indent=1).encode(),
                json.dumps(value).encode() + b" ",
                b" " + encode(value),
                json.dumps({"wrapped": value}, ensure_ascii=True, separators=(", ", ": ")).encode(),
            ]
        )
    )
    if spelled != encode(value):
        with pytest.raises(NotCanonical):
            decode(spelled)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"b":1,"a":1}', b'{"a":NaN}', b"[Infinity]", b"[-Infinity]",
        b"[1.0]",
        b"[1e2]", b"[-0]", b"[01]", b'["\\u0041"]', b'["\\/"]', b"[1]\n", b"", b"{",
        b"\xff", b'["\xed\xa0\x80"]',
        b'["\\ud800"]', b"[9007199254740992]", b"[-9007199254740992]",
        b"[" * 50_000, b"[1e400]", b"\xef\xbb\xbf[]", b'{"\\ud800":1}',
        b"[" + b"9" * 5000 + b"]",
    ],
)  # fmt: skip
def test_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), [0.0], {"a": {"b": 2.0}}, 2**53, "\ud800", {"\ud800": 1}]
)
def test_what_has_no_form_is_not_written(value: object) -> None:
    with pytest.raises(NotCanonical):
        encode(value)


def test_too_long_is_refused_and_never_cut() -> None:
    with pytest.raises(NotCanonical, match="at most"):
        encode("x" * MAX_BYTES)
    with pytest.raises(NotCanonical, match="at most"):
        decode(b'"' + b"x" * MAX_BYTES + b'"')
    with pytest.raises(NotCanonical, match="at most"):
        written_again("x" * MAX_BYTES)
    fits = "x" * (MAX_BYTES - 2)
    assert decode(encode(fits)) == fits
    assert decode(b"[9007199254740991,-9007199254740991]") == [2**53 - 1, 1 - 2**53]


def test_keys_are_in_the_order_of_rfc_8785() -> None:
    # UTF-16 code units: the smiling face (a surrogate pair) comes before the private-use letter.
    assert encode({"\ue000": 1, "\U0001f600": 2, "a": 3}) == '{"a":3,"\U0001f600":2,"\ue000":1}'.encode()
