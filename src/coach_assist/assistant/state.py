"""The current state: what was said, cut into statements, each a strength or a gap, in the person's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from coach_assist.assistant.asking import Form, Problem, Slots
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on
from coach_assist.assistant.facts import Fact
from coach_assist.assistant.lexicon import word_pattern
from coach_assist.assistant.prompts import fence
from coach_assist.assistant.ranges import norm_in
from coach_assist.assistant.words import clauses, sentences, words_of
from coach_assist.plan.ids import new_unit_id
from coach_assist.shown import safe_text

Label = Literal["strength", "gap", "context"]
MOST_PIECES = 12

_GOOD = word_pattern("good")
_BAD = word_pattern("bad")
_NO_FAULT = re.compile(
    r"\b(?:no|without|never|hardly any|ohne|keine?)\s+"
    r"(?:errors?|mistakes?|faults?|complaints?|accidents?|delays?|Fehler|Beschwerden?)\b",
    re.IGNORECASE,
)


def pieces_of(brief: Brief) -> list[str]:
    """Return the statements about today, as typed, at most MOST_PIECES."""
    text = brief.text("current_state")
    whole = [piece for sentence in sentences(text) for piece in _parts(sentence)]
    found = [piece.strip(" ;") for piece in whole if words_of(piece)]
    if len(found) > MOST_PIECES:
        # The rest stays together: nothing that was typed is dropped.
        found = [*found[: MOST_PIECES - 1], " ".join(found[MOST_PIECES - 1 :])]
    return found


def _parts(sentence: str) -> list[str]:
    parts = re.split(r",\s+(?=(?:but|aber)\s)", sentence)
    return parts if all(len(words_of(part)) >= 3 for part in parts) else [sentence]


def label_by_words(piece: str, facts: Sequence[Fact] = ()) -> Label | None:
    """Label a statement by its words; None where they don't tell."""
    text = _NO_FAULT.sub("well", piece)
    good, bad = len(_GOOD.findall(text)), len(_BAD.findall(text))
    fact = next((fact for fact in facts if fact.text in piece or piece in fact.text), None)
    if fact is not None and not good:
        return "gap"  # a goal rests on it
    if fact is None and norm_in(piece) is not None:
        return "context"
    if good and not bad:
        return "strength"
    if bad and not good:
        return "gap"
    return None


def state_form(count: int) -> Form:
    """Return the form of the answer: one label a statement."""
    label = Literal["strength", "gap", "context"]
    fields = {"labels": (list[label], Field(min_length=count, max_length=count))}

    def repair(slots: Slots) -> Slots:
        labels = slots.get("labels")
        known = (
            [name if name in ("strength", "gap", "context") else "context" for name in labels]
            if isinstance(labels, list)
            else []
        )
        return {"labels": (known + ["context"] * count)[:count]}

    def problems(slots: Slots) -> list[Problem]:
        return []

    return Form("CurrentState", fields, repair, problems)


def state_values(brief: Brief, pieces: Sequence[str]) -> dict[str, str]:
    """Return what the prompt needs: the area and the numbered statements."""
    numbered = "\n".join(
        f"{number}. {safe_text(piece, one_line=True)[:300]}" for number, piece in enumerate(pieces, 1)
    )
    return {"area": brief.line("development_area")[:300], "pieces": fence(numbered)}


def all_facts(brief: Brief) -> list[Fact]:
    """Return the facts of all goals, each once."""
    return list(dict.fromkeys(fact for own in brief.facts for fact in own))


def state_unit(
    brief: Brief, labelled: Sequence[tuple[str, Label]], *, origin: Literal["model", "own_words"]
) -> DraftedUnit | None:
    """Return the unit: strengths and gaps with ids, situation and impact as evidence of the first gap."""
    strengths = [_entry(piece) for text in (brief.text("strengths"),) for piece in sentences(text)][:10]
    gaps: list[dict[str, Any]] = []
    context: list[str] = []
    for piece, label in labelled:
        if label == "context":
            context.append(piece)
            continue
        (strengths if label == "strength" else gaps).append(_entry(piece, evidence=" ".join(context) or None))
        context = []
    if context:
        # What is neither stays beside the last statement, or becomes a gap to look at together.
        target = gaps or strengths
        if target and (gaps or not labelled or len(context) < len(labelled)):
            last = target[-1]
            last["evidence"] = " ".join(filter(None, [last["evidence"], *context]))
        else:
            gaps = [_entry(piece) for piece in context]
    observed = " ".join(
        filter(None, (brief.text(name).strip() for name in ("situation", "behaviour", "impact")))
    )
    if observed and len(observed) <= 4000:
        if not gaps:
            gaps.append(_entry(brief.text("behaviour") or observed))
        evidence = " ".join(filter(None, [gaps[0]["evidence"], observed]))
        gaps[0]["evidence"] = evidence if len(evidence) <= 4000 else observed
        gaps[0]["source"] = "observation"
    if not strengths and not gaps:
        return None
    questions = [
        name
        for name in ("current_state", "strengths", "situation", "behaviour", "impact")
        if brief.text(name)
    ]
    return make_unit(
        "current_state",
        {"strengths": strengths[:20], "gaps": gaps[:20]},
        origin=origin,
        section="state",
        provenance=[rests_on("strengths", "answer", *questions), rests_on("gaps", "answer", *questions)],
    )


def gap_texts(unit: DraftedUnit | None) -> list[tuple[str, str]]:
    """Return (id, text) of the gaps of a current state."""
    if unit is None:
        return []
    gaps = unit.draft.value["gaps"]
    assert isinstance(gaps, list)
    return [(str(gap["id"]), str(gap["text"])) for gap in gaps if isinstance(gap, dict)]


def _entry(text: str, evidence: str | None = None) -> dict[str, Any]:
    return {"id": new_unit_id(), "text": text, "evidence": evidence, "source": None}


def goal_gaps(unit: DraftedUnit | None, brief: Brief) -> list[str]:
    """Return the gaps as clauses, for the goal's prompt."""
    return [clause for _, text in gap_texts(unit) for clause in clauses(safe_text(text, one_line=True))]
