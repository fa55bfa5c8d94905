"""Word lists as data: one folder a language, one file a kind; a token is looked up in all of them at once.

A file is UTF-8 text. Lines that begin with `#` are its header: what it holds, its source, and `# match:
stem` where inflected forms of verbs count too, or `# match: noun` for those of nouns. Every other line is
an entry: a word or a phrase, with `= value` where the kind carries one (`march = 3`). `suffixes.txt` holds
the language's inflection as pairs "ending replacement", tried in order; those that begin with `+` are for
nouns as well. `noun_endings.txt` says where a noun that no list knows most likely belongs.

word_lists.py reads the lists; word_tables.py reads what scripts/join_word_lists.py has joined beforehand,
so that a program starts fast. Nothing about a language stands in this file.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache

from coach_assist.checker.tokens import Token
from coach_assist.checker.word_tables import FOLDER, Tables, joined_tables

KINDS = (
    # verbs
    "change_verbs", "finish_verbs", "make_verbs", "act_verbs", "vague_verbs", "mind_verbs", "keep_verbs",
    "reach_verbs", "be_verbs", "aspire_verbs", "modal_verbs",
    # nouns
    "abstract_nouns", "artefact_nouns", "metric_nouns", "event_nouns", "people_nouns", "empty_nouns",
    "role_nouns", "numbered_nouns", "scope_nouns", "broad_topics", "generic_objects", "fault_nouns",
    "judged_nouns",
    "thing_nouns",
    # qualities
    "praise_words", "trait_words", "comparatives", "degree_words", "vague_counts", "universals", "absolutes",
    "jargon", "hedges", "idioms", "placeholders", "outcome_phrases",
    # function words
    "stop_words", "determiners", "negations", "possessives", "purpose_words", "means_words", "support_words",
    "and_words", "compare_words", "from_words", "to_words", "of_words", "while_words", "relative_words",
    "business_objects", "empty_purposes", "demonstration_words", "fraction_words", "rank_words",
    "currency_words",
    # time
    "months", "weekdays", "units", "number_words", "ordinals", "holidays", "quarters", "halves", "by_words",
    "within_words", "in_words", "for_words", "next_words", "this_words", "last_words", "end_words",
    "mid_words",
    "early_words", "start_only_words", "cadence_words", "per_words", "every_words",
    "horizon_phrases",
    "point_phrases", "fiscal_words", "week_words", "service_verbs", "from_now_words", "per_item_words",
    "period_nouns", "clause_words", "finite_words", "workday_words", "about_words", "between_words",
    "past_span_words", "lasting_words", "indefinite_words", "before_words", "range_words",
    "whole_stretch_words", "through_words", "first_person_words", "now_words", "subject_words",
    "continue_verbs", "ensure_words", "place_adverbs", "recording_verbs", "supply_verbs",
    "uncounted_objects", "session_verbs", "mass_nouns",
    # small closed classes
    "plain_means_words", "both_words", "always_words", "extreme_words", "every_one_words",
    "none_words", "effort_nouns", "empty_modifiers", "impression_words", "impersonal_words",
    "not_words", "thing_judgements", "infinitive_marks", "double_purpose_words", "clause_openers",
    "serving_verbs", "purpose_subjects", "field_prepositions", "how_words", "narrowing_words",
    "number_suffixes", "loose_span_words", "ordinal_marks",
    # behaviour, tone and language
    "judgements", "motives", "coded_words", "person_absolutes", "pip_phrases", "special_category", "ratings",
    "outside_control", "alone_words", "effort_verbs", "study_verbs", "prepositions",
    "object_prepositions", "baseline_words", "target_words", "activity_counts", "result_words",
    "person_words", "own_words", "reflexives", "strong_purposes", "whole_period_words",
    "self_words", "impact_words",
    "situation_words",
    "ability_negations", "safe_contexts", "topics",
)  # fmt: skip
BIT = {kind: 1 << place for place, kind in enumerate(KINDS)}
_CACHE_LIMIT = 20_000


class Hit:
    """A phrase of one or more lexicons: tokens `first` to `last` (exclusive), its bits and value."""

    __slots__ = ("first", "last", "tags", "value")

    def __init__(self, first: int, last: int, tags: int, value: str) -> None:
        self.first = first
        self.last = last
        self.tags = tags
        self.value = value


class Lexicon:
    """All word lists of one language, joined: words to bits, phrases by their first word."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._known: dict[str, tuple[int, str]] = {}
        tables = joined_tables(language) or _from_lists(language)
        self._exact, self._stems, self._nouns, self._values = tables[:4]
        self._phrases, self._suffixes, self._endings, self.capital_nouns = tables[4:]
        # capital_nouns: whether every noun has a capital letter, so that a capital does not mean a name.

    def look_up(self, word: str) -> tuple[int, str]:
        """Return the bits and the lemma of a lower-case word; remembers what it has seen, up to a limit."""
        known = self._known.get(word)
        if known is not None:
            return known
        plain = word if word.isascii() else unicodedata.normalize("NFC", word)
        bits = self._exact.get(plain, 0)
        stem, lemma = self._stem(plain)
        found = (bits | stem or self._by_ending(plain), lemma)
        if len(self._known) >= _CACHE_LIMIT:
            self._known.clear()
        if len(word) <= 40:
            self._known[word] = found
        return found

    def _stem(self, word: str) -> tuple[int, str]:
        stems, nouns = self._stems, self._nouns
        verb, noun = stems.get(word, 0), nouns.get(word, 0)
        lemma = word
        if verb and noun:
            return verb | noun, word
        for ending, replacement, for_nouns in self._suffixes:
            if len(word) <= len(ending) + 1 or not word.endswith(ending):
                continue
            base = word[: -len(ending)]
            whole = base + replacement
            if not verb and (bits := stems.get(whole)):
                verb, lemma = bits, whole
            elif not verb and len(base) > 3 and base[-1] == base[-2] and (bits := stems.get(base[:-1])):
                verb, lemma = bits, base[:-1]
            if for_nouns and not noun and (bits := nouns.get(whole)):
                noun = bits
                lemma = whole
        return verb | noun, lemma

    def _by_ending(self, word: str) -> int:
        """Return the list to which a word that no list knows most likely belongs (trackers, kindliness)."""
        for ending, bit in self._endings:
            if len(word) > 4 and word.endswith((ending, ending + "s")):
                return bit
        return 0

    def value(self, token: Token, bit: int) -> str:
        """Return the value that a word carries in the kind `bit`, or ""."""
        low = token.low if token.low.isascii() else unicodedata.normalize("NFC", token.low)
        return self._values.get((low, bit)) or self._values.get((token.lemma, bit), "")

    def tag(self, tokens: list[Token]) -> list[Hit]:
        """Set bits and lemma of every token, and return the phrases found, longest first at each place."""
        phrases = self._phrases
        hits: list[Hit] = []
        count = len(tokens)
        for place, token in enumerate(tokens):
            if token.kind == 1:
                token.tags, token.lemma = self.look_up(token.low)
            seconds = phrases.get(token.low) or phrases.get(token.lemma)
            if seconds is None or place + 1 >= count:
                continue
            for parts, bits, value in seconds.get(tokens[place + 1].low, ()):
                last = place + len(parts)
                if last <= count and (last == place + 2 or _same(tokens, place, parts)):
                    hits.append(Hit(place, last, bits, value))
        return hits


def _same(tokens: list[Token], place: int, parts: tuple[str, ...]) -> bool:
    return all(tokens[place + offset].low == parts[offset] for offset in range(2, len(parts)))


def _from_lists(language: str) -> Tables:
    from coach_assist.checker.word_lists import read_lists

    return read_lists(language)


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Return the lexicon of a language ("en", "de"). Raises ValueError where there is none."""
    if language not in languages():
        raise ValueError(
            f"the checker has no word lists for “{language[:20]}”; it has {', '.join(languages())}"
        )
    return Lexicon(language)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have word lists, sorted."""
    return tuple(sorted(name for name in os.listdir(FOLDER) if not name.startswith((".", "_"))))  # noqa: PTH208
