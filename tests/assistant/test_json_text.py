"""Finding the JSON in an answer that has more than JSON."""

from __future__ import annotations

import json
import random

import pytest

from coach_assist.assistant.json_text import json_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ('Let me see: the {metric} is clear.\n```json\n{"a": {"b": []}}\n```', '{"a": {"b": []}}'),
        ('<think>{"a": 0}</think>\n{"a": 1}', '{"a": 1}'),
        ('{"a": 1}\n{"a": 2}', '{"a": 2}'),
        ('{"a": 1} and then {"a": 2', '{"a": 1}'),
        ('{"a": "} {"}', '{"a": "} {"}'),
        ("[1, 2]", "[1, 2]"),
        ("no JSON", ""),
        ('{"a": 1', ""),
        ("", ""),
        ("[" * 20000, ""),
    ],
)
def test_the_last_whole_value_is_found(text: str, found: str) -> None:
    assert json_text(text) == found


def test_whatever_stands_around_it_the_value_comes_back() -> None:
    chance = random.Random(5)
    for _ in range(200):
        value = {"k": ["".join(chance.choices('{}[]"\\ aé', k=6)) for _ in range(chance.randint(0, 3))]}
        around = "".join(chance.choices("}] ,.\n", k=5))
        assert json.loads(json_text(around + json.dumps(value) + around)) == value
