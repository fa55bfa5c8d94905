"""The guard before saving and before sending: words that tell specially protected things of a person.

Offline and quick. It says and marks; it never keeps a text from being saved, and people decide.
"""

from __future__ import annotations

from coach_assist.assistant.privacy.special_categories import SpecialSpan, guard_words, marked, special_spans

__all__ = ["SpecialSpan", "guard_words", "marked", "special_spans"]
