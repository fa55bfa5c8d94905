"""Words on specially protected things of a person are marked, the field's own subjects are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.assistant.privacy.special_categories import (
    CATEGORY_WORDS,
    guard_words,
    marked,
    special_spans,
)


@pytest.mark.parametrize(
    ("text", "marks", "categories"),
    [
        ("She is pregnant and has ADHD.", "She is **pregnant** and has **ADHD**.", ["health", "health"]),
        ("He is a union member", "He is a **union member**", ["union"]),
        ("My divorce makes mornings hard", "My **divorce** makes mornings hard", ["family"]),
        ("He has had a genetic test", "He has had a **genetic test**", ["genetics"]),
        ("Her fingerprint scan was kept", "Her **fingerprint scan** was kept", ["biometrics"]),
        ("She is a party member", "She is a **party member**", ["politics"]),
        ("He is muslim. He is gay.", "He is **muslim**. He is **gay**.", ["belief", "sexuality"]),
        ("Sie ist schwanger", "Sie ist **schwanger**", ["health"]),
    ],
)
def test_marked(text: str, marks: str, categories: list[str]) -> None:
    spans = special_spans(text)
    assert marked(text, spans) == marks
    assert [span.category for span in spans] == categories
    assert all(text[span.start : span.end] == span.words for span in spans)
    assert CATEGORY_WORDS[categories[0]] in guard_words(spans)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Reduce medication errors on the ward by half",
        "Works from home on Tuesdays",
        "Meet at the church café",
    ],
)
def test_quiet(text: str) -> None:
    assert special_spans(text) == ()


def test_a_long_text_is_read_to_its_end() -> None:
    text = "The tour was planned. " * 6000 + "She is pregnant."
    assert [span.words for span in special_spans(text)] == ["pregnant"]


@given(st.text(max_size=60))
def test_never_fails(text: str) -> None:
    spans = special_spans(text)
    assert marked(text, spans).replace("**", "") == text.replace("**", "")
