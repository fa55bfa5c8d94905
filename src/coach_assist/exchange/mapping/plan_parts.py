"""What a plan has once: frame, area, current state, roles, timeline, cadence, and the names of both."""

from __future__ import annotations

import re
from datetime import date

from coach_assist.exchange.mapping.building import LONGEST_LINE, MOST_ENTRIES, Gathering, as_json, source_of
from coach_assist.exchange.mapping.dates import cadence_value, last_day, span_in
from coach_assist.exchange.mapping.passages import Passage

_GAP_WORDS = re.compile(
    r"\b(?:limitations?|weakness(?:es)?|weak points?|struggle|improve|development areas?|gaps?"
    r"|challenges?|less confident|schwächen?)\b",
    re.IGNORECASE,
)
_STRENGTH_WORDS = re.compile(
    r"\b(?:strengths?|strong(?:est)? (?:points?|suits?)|good at|best at|stärken?)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zäöüß])")


class PlanParts(Gathering):
    """Takes passages in that concern the plan as a whole."""

    def _on_aim(self, passage: Passage) -> None:
        self._append("frame", "long_term_aim", passage)

    def _on_purpose(self, passage: Passage) -> None:
        self._append("frame", "purpose", passage)

    def _on_serves(self, passage: Passage) -> None:
        self._append("frame", "serves", passage)

    def _on_area(self, passage: Passage) -> None:
        self._append("development_area", "area", passage)

    def _on_strength(self, passage: Passage) -> None:
        self._observe("strengths", passage.text, passage)

    def _on_gap(self, passage: Passage) -> None:
        self._observe("gaps", passage.text, passage)

    def _on_current_state(self, passage: Passage) -> None:
        if _GAP_WORDS.search(passage.text) or _STRENGTH_WORDS.search(passage.text):
            self._on_strength_gap(passage)
        else:
            self._leave(passage, "current state")

    def _on_strength_gap(self, passage: Passage) -> None:
        """Strengths and gaps under one title: each sentence goes on with what the one before spoke of."""
        name = "gaps" if self.last_gap and not _STRENGTH_WORDS.search(passage.text) else "strengths"
        held: list[str] = []
        for sentence in _SENTENCE.split(passage.text):
            gap, strength = _GAP_WORDS.search(sentence), _STRENGTH_WORDS.search(sentence)
            turned = name
            if bool(gap) != bool(strength):
                turned = "gaps" if gap else "strengths"
            if turned != name and held:
                self._observe(name, " ".join(held), passage)
                held = []
            name = turned
            held.append(sentence)
        self._observe(name, " ".join(held), passage)
        self.last_gap = name == "gaps"

    def _observe(self, name: str, text: str, passage: Passage, evidence: str | None = None) -> str | None:
        state = self._single("current_state", {"strengths": [], "gaps": []})
        entries = state.value[name]
        assert isinstance(entries, list)
        if len(entries) >= MOST_ENTRIES:
            self._leave(passage)
            return None
        known = next((entry for entry in entries if isinstance(entry, dict) and entry["text"] == text), None)
        state.sources.append(source_of(passage))
        if isinstance(known, dict):
            return str(known["id"])
        made = self._id()
        entries.append({"id": made, "text": text, "evidence": evidence or None, "source": None})
        return made

    def _on_member_commits(self, passage: Passage) -> None:
        self._commit("team_member", passage)

    def _on_manager_commits(self, passage: Passage) -> None:
        self._commit("manager", passage)

    def _commit(self, party: str, passage: Passage) -> None:
        roles = self._single("roles", {"team_member": [], "manager": []})
        entries = roles.value[party]
        assert isinstance(entries, list)
        if len(entries) >= MOST_ENTRIES:
            self._leave(passage)
            return
        entries.append(passage.text)
        roles.sources.append(source_of(passage))

    def _on_cadence(self, passage: Passage) -> None:
        if any(unit.kind == "cadence" for unit in self.units) or len(passage.text) > LONGEST_LINE:
            self._leave(passage)
            return
        self._new("cadence", as_json(cadence_value(passage.text)), passage)

    def _on_timeline(self, passage: Passage) -> None:
        start, end = span_in(passage.text, self.today)
        if self.goal is not None:
            if end is None or self.goal.value.get("due"):
                self._leave(passage, "due date")
            else:
                self.goal.value["due"] = end.isoformat()
                self.goal.sources.append(source_of(passage))
            return
        self._date("start", start, passage)
        self._date("end", end, passage)

    def _on_start(self, passage: Passage) -> None:
        self._date("start", last_day(passage.text, self.today), passage)

    def _on_end(self, passage: Passage) -> None:
        self._date("end", last_day(passage.text, self.today), passage)

    def _date(self, name: str, day: date | None, passage: Passage) -> None:
        timeline = self._single("timeline", {"start": None, "end": None})
        if day is not None and timeline.value[name] is None:
            timeline.value[name] = day.isoformat()
        if source_of(passage) not in timeline.sources:
            timeline.sources.append(source_of(passage))

    def _on_member(self, passage: Passage) -> None:
        self._name("team_member", passage)

    def _on_manager(self, passage: Passage) -> None:
        self._name("manager", passage)

    def _name(self, party: str, passage: Passage) -> None:
        if passage.kind == "label" and len(passage.text) <= 100 and len(passage.text.split()) <= 6:
            self.names.setdefault(party, passage.text)
        else:
            self._leave(passage)
