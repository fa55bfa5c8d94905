"""Why a draft reads as it does: which answer each part rests on, and which parts are only suggested.

Everything here comes from provenance and code: the model is not asked why it wrote something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import JsonValue

from coach_assist.errors import UsageError
from coach_assist.flows.explain_sources import Quote, infer_sources, quotes_of
from coach_assist.flows.explain_words import LABELS, part_words, wording_of, written_by
from coach_assist.flows.plan_drafts import drafts_of
from coach_assist.flows.unit_fields import KIND_WORDS
from coach_assist.plan.drafts import Draft, Provenance, Suggestion
from coach_assist.plan.units import PARTIES, UnitKind
from coach_assist.workspace.store import PlanFile

if TYPE_CHECKING:
    from coach_assist.flows.rewrite import Rewrite

__all__ = [
    "Explained", "Part", "Quote", "explain_draft", "explain_lines", "explain_proposal", "explain_rewrite",
    "explain_unit",
]  # fmt: skip

Source = Literal["answer", "model", "code", "person"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a unit and what it rests on.

    `field` is the dotted path ("metric.baseline"), `label` its name for people, `text` what stands there.
    `quotes` are the words of the answers that it rests on; `why` is one plain sentence; `question` is what
    a suggestion raises, "" where the part is none.
    """

    field: str
    label: str
    text: str
    source: Source
    quotes: tuple[Quote, ...]
    why: str
    question: str = ""

    @property
    def suggested(self) -> bool:
        """Whether this is a suggestion to settle before anybody accepts it."""
        return bool(self.question)


@dataclass(frozen=True, slots=True)
class Explained:
    """One unit explained. `wording` says, line by line, why its sentence reads as it does."""

    unit: str
    kind: UnitKind
    statement: str
    written_by: str
    wording: tuple[str, ...]
    parts: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return asdict(self)


def explain_draft(plan: PlanFile, draft_id: str) -> Explained:
    """Explain a draft in the drawer. Raises UsageError where there is none of that id."""
    draft = plan.drafts.get(draft_id)
    if draft is None:
        raise _unknown(draft_id)
    return _explained(
        draft.id, draft.kind, draft.value, draft.origin, draft.suggested, draft.provenance, answers_of(plan),
        reasons=_reasons(plan, draft),
    )  # fmt: skip


def explain_proposal(plan: PlanFile, proposal_id: str) -> Explained:
    """Explain a proposal, open, agreed or closed. Raises UsageError where there is none of that id.

    What travels with a proposal are its suggestions; which answer a part rests on is found anew, in the
    answers that lie on this machine.
    """
    one = plan.state.proposals.get(proposal_id) if plan.has_opened else None
    if one is None:
        raise _unknown(proposal_id)
    answers, value = answers_of(plan), dict(one.value or {})
    sources = infer_sources(value, one.suggested, answers)
    return _explained(one.unit, one.kind, value, one.origin, one.suggested, sources, answers)


def explain_unit(plan: PlanFile, name: str) -> Explained:
    """Explain what `name` means: a draft, a proposal or an agreed unit, by its id or a unique beginning.

    Raises UsageError where there is none, or more than one.
    """
    drafts = {draft.id for draft in plan.drafts.all() if draft.id.startswith(name)}
    state = plan.state if plan.has_opened else None
    proposals = {one for one in (state.proposals if state else ()) if one.startswith(name)}
    agreed = {one.id for unit, one in (state.agreed.items() if state else ()) if unit.startswith(name)}
    if not name or len(drafts) > 1 or (not drafts and len(proposals | agreed) > 1):
        raise UsageError(
            "This names more than one part of the plan." if name else "No part of the plan was named.",
            next_step="Give more of its id; `coach-assist show` and `coach-assist propose` list them.",
        )
    if drafts:
        return explain_draft(plan, drafts.pop())
    if found := proposals | agreed:
        return explain_proposal(plan, found.pop())
    raise _unknown(name)


def explain_rewrite(original: str, rewrite: Rewrite) -> Explained:
    """Explain one rewrite of the text `original`: what it kept, and what is new in it."""
    value: dict[str, JsonValue] = {
        "statement": rewrite.statement,
        "metric": rewrite.metric,
        "due": rewrite.due.isoformat() if rewrite.due else None,
    }
    origin = "own_words" if rewrite.by_rules else "model"
    answers = {"goal": original}
    sources = infer_sources(value, rewrite.suggested, answers)
    return _explained(
        "",
        "goal",
        value,
        origin,
        rewrite.suggested,
        sources,
        answers,
        reasons=(rewrite.verdicts, rewrite.reasons),
    )


def explain_lines(explained: Explained) -> list[str]:
    """Return plain lines for a terminal or a screen reader. Texts are as stored: escape before showing."""
    lines = [
        f"{KIND_WORDS[explained.kind]}: {' '.join(explained.statement.split())}",
        f"  {explained.written_by}",
    ]
    lines += [f"  {line}" for line in explained.wording]
    lines += ["", "What each part rests on"]
    for part in explained.parts:
        lines.append(f"  {part.label}: {' '.join(part.text.split())}")
        lines.append(f"    {part.why}")
        lines += [
            f"    {quote.label}: “{' '.join(quote.words.split())}”" for quote in part.quotes if quote.words
        ]
    open_ones = [part for part in explained.parts if part.suggested]
    lines += ["", "Suggestions to settle" if open_ones else "Nothing in it is only a suggestion."]
    lines += [f"  {part.label}, {' '.join(part.text.split())}: {part.question}" for part in open_ones]
    return lines


def answers_of(plan: PlanFile) -> dict[str, str]:
    """Return the answers on this machine that both may read: joint ones, and those that were released.

    One party's released answer stands under "question:party".
    """
    from coach_assist.flows.blind import both_sets, is_blind

    found = {entry.question: _as_text(entry.value) for entry in plan.answers.all("joint")}
    if is_blind(plan):
        try:
            by, joined, _ = both_sets(plan)
        except UsageError:
            return found
        found = {key: _as_text(value) for key, value in joined.items()} | {
            k: v for k, v in found.items() if v
        }
        for party in PARTIES:
            own: Mapping[str, Any] = by.get(party, {})
            found |= {f"{key}:{party}": _as_text(value) for key, value in own.items()}
    return found


def _explained(
    unit: str, kind: UnitKind, value: Mapping[str, JsonValue], origin: str, suggested: Iterable[Suggestion],
    provenance: Iterable[Provenance], answers: Mapping[str, str],
    reasons: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
) -> Explained:  # fmt: skip
    listed = {one.field: one for one in suggested}
    sources = list(provenance)
    known = list(LABELS)
    fields = dict.fromkeys(field for source in sources for field in (_leaves(value, source.field)))
    fields |= dict.fromkeys(listed)
    parts = [
        _part(field, value, _source_of(field, sources), listed.get(field), answers)
        for field in sorted(fields, key=lambda one: known.index(one) if one in known else len(known))
        if _text_at(value, field)
    ]
    statement = next(
        (_text_at(value, name) for name in ("statement", "what", "area", "title", "text") if value.get(name)),
        KIND_WORDS[kind],
    )
    wording = wording_of(kind, value, origin, reasons, _source_of("statement", sources))
    return Explained(unit, kind, statement, written_by(origin), wording, tuple(parts))


def _part(
    field: str, value: Mapping[str, JsonValue], source: Provenance | None, listed: Suggestion | None,
    answers: Mapping[str, str],
) -> Part:  # fmt: skip
    text = listed.text if listed is not None and field == "statement" else _text_at(value, field)
    kind: Source = source.source if source is not None else ("model" if listed is not None else "code")
    if listed is not None and kind == "answer":
        kind = "code"  # a number or date that no answer holds was counted from one
    asked: Sequence[str] = source.questions if source is not None else ()
    quotes = (
        quotes_of(field, text, asked, answers)
        if kind in ("answer", "code") or field != "metric.target"
        else ()
    )
    why = part_words(field, kind, quotes, listed is not None)
    label = LABELS.get(field, field.split(".")[-1].replace("_", " ").capitalize())
    if listed is not None and field == "statement":
        label = "What is done"
    return Part(field, label, text, kind, quotes, why, listed.question if listed is not None else "")


def _source_of(field: str, sources: Iterable[Provenance]) -> Provenance | None:
    """Return the provenance of a field, or of the field that holds it."""
    exact = {one.field: one for one in sources}
    while field:
        if field in exact:
            return exact[field]
        field = field.rpartition(".")[0]
    return None


def _leaves(value: Mapping[str, JsonValue], field: str) -> list[str]:
    """Return the shown fields inside `field`: "metric" stands for its name, baseline and target."""
    content = _at(value, field)
    if isinstance(content, dict):
        return [f"{field}.{name}" for name in content if f"{field}.{name}" in LABELS and content[name]]
    return [field]


def _at(value: Mapping[str, JsonValue], field: str) -> JsonValue:
    found: JsonValue = dict(value)
    for name in field.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def _text_at(value: Mapping[str, JsonValue], field: str) -> str:
    return _as_text(_at(value, field))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(_as_text(one) for one in value)
    if isinstance(value, dict):
        return str(value.get("text", ""))
    return str(value)


def _reasons(plan: PlanFile, draft: Draft) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
    report = next((one.report for one in drafts_of(plan) if one.id == draft.id), None)
    if report is None:
        return None
    return {str(k): str(v) for k, v in report.verdicts.items()}, {
        str(k): v for k, v in report.reasons.items()
    }


def _unknown(name: str) -> UsageError:
    return UsageError(
        f"The plan has no draft, proposal or agreed part {name}.",
        next_step="`coach-assist show` lists what is agreed and open, `coach-assist propose` the drafts.",
    )
