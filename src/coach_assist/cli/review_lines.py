"""The report of a review as lines of a terminal; texts are as they are, the caller makes them safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from coach_assist.flows.review_output import FileEntry, FileReview, ReviewedUnit
from coach_assist.flows.unit_fields import KIND_WORDS, fields_of
from coach_assist.shown import shortened

READS_AS = {
    "plan": "a coaching or development plan",
    "pip": "a performance improvement plan (PIP)",
    "template": "a form that is not filled in",
    "other": "no plan",
}
_VERDICT_WORDS = {"met": "stated", "unmet": "not stated yet", "unknown": "not to be told"}
_LETTERS = {"S": "specific", "M": "measurable", "A": "achievable", "R": "relevant", "T": "time-bound"}
_MOST_LEFT_OVER = 12


def entry_lines(entry: FileEntry) -> Iterator[str]:
    """Yield the report on one file."""
    if entry.review is None:
        fault = entry.fault
        assert fault is not None
        yield f"{entry.file}: not read: {fault.what}"
        if fault.next_step:
            yield f"  {fault.next_step}"
        return
    review = entry.review
    yield f"{entry.file}: reads as {READS_AS[review.reads_as]}"
    if review.signs:
        yield f"  told by: {', '.join(f'“{sign}”' for sign in review.signs[:8])}"
    if review.explanation:
        yield f"  {review.explanation}"
    if review.reads_as == "other" and review.method == "rules" and review.unplaced:
        yield "  --model asks the model what its sentences are."
    for remark in review.remarks:
        yield f"  {remark}"
    if review.missing:
        yield ""
        yield "Missing: " + ", ".join(KIND_WORDS[kind].lower() for kind in review.missing)
    if review.absent:
        yield "Often useful, and not there: " + ", ".join(review.absent)
    if review.blanks:
        yield f"Places still to be filled in: {review.blanks}"
    for kind in review.not_agreed:
        yield f"Not agreed yet, so without its text: {kind.replace('_', ' ')}"
    names = {
        unit.id: shortened(str(unit.value.get("statement") or ""), 60)
        for unit in review.units
        if unit.kind == "goal"
    }
    for unit in review.units:
        yield ""
        yield from _unit(unit, review, names)
    if review.findings:
        yield ""
        yield "Of the whole plan"
        for finding in review.findings:
            yield f"  {finding.code} {finding.message}"
    yield from _rewrites(review, names)
    yield from _questions(review)
    yield from _left_over(review)
    yield ""
    yield method_words(review)


def _unit(unit: ReviewedUnit, review: FileReview, names: dict[str, str]) -> Iterator[str]:
    place = ""
    if review.format not in ("plan", "drafts", "bundle") and unit.places:
        more = " …" if len(unit.places) > 6 else ""
        place = f" ({review.place_word} {', '.join(map(str, unit.places[:6]))}{more})"
    yield f"{KIND_WORDS[unit.kind]}{place}" + (" [placed by the model]" if unit.by_model else "")
    for label, text in fields_of(unit.kind, unit.value, names):
        if label not in ("Kind of plan", "The second party is called"):
            yield f"  {label}: {text}"
    if unit.lacks:
        yield f"  not told: {', '.join(name.replace('_', ' ') for name in unit.lacks)}"
    if unit.verdicts and unit.reasons:
        verdicts, reasons = unit.verdicts.model_dump(), unit.reasons.model_dump()
        for letter, word in _LETTERS.items():
            yield f"  {letter} {word}: {_VERDICT_WORDS[verdicts[letter]]}" + (
                f" ({reasons[letter]})" if reasons[letter] else ""
            )
    for finding in unit.findings:
        yield f"  {finding.code} {finding.where + ': ' if finding.where else ''}{finding.message}"


def _rewrites(review: FileReview, names: dict[str, str]) -> Iterator[str]:
    if not review.rewrites:
        return
    yield ""
    yield "Rewrites (drafts by the model; nothing is put forward)"
    for one in review.rewrites:
        yield f"  now: {one.original}"
        for rewrite in one.rewrites:
            yield f"  draft: {rewrite.statement}"
            for suggestion in rewrite.suggested:
                yield f"    suggested: {suggestion.text}. {suggestion.question}"


def _questions(review: FileReview) -> Iterator[str]:
    for title, questions in (
        ("Questions for the manager", review.questions_for_manager),
        ("Questions for the team member", review.questions_for_team_member),
    ):
        if questions:
            yield ""
            yield title
            for question in questions:
                yield f"  - {question.text}"


def _left_over(review: FileReview) -> Iterator[str]:
    if not review.unplaced:
        return
    yield ""
    yield f"Text in no part ({len(review.unplaced)})"
    for one in review.unplaced[:_MOST_LEFT_OVER]:
        about = f" [{one.about}]" if one.about else ""
        yield f"  {review.place_word} {one.place}{about}: {shortened(one.text, 90)}"
    if len(review.unplaced) > _MOST_LEFT_OVER:
        yield f"  and {len(review.unplaced) - _MOST_LEFT_OVER} more (--format json lists all)"


def method_words(review: FileReview) -> str:
    """Return one line that says what told all this."""
    if review.method == "rules":
        return "By rules alone; no model was used. The rules judge sentences, nobody."
    tokens = sum(call.completion_tokens or 0 for call in review.calls)
    return (
        f"By rules; the model ({len(review.calls)} calls, {tokens} tokens) was asked only about text "
        f"that no rule places" + (" and for the rewrites." if review.rewrites else ".")
    )


def table_rows(entries: Sequence[FileEntry]) -> list[tuple[str, str, str, str]]:
    """Return (file, reads as, parts missing, findings by code) of each file, in the order given."""
    rows = []
    for entry in entries:
        review = entry.review
        if review is None:
            rows.append((entry.file, "not read", entry.fault.what if entry.fault else "", ""))
            continue
        codes = Counter(finding.code for finding in review.findings)
        for unit in review.units:
            codes.update(finding.code for finding in unit.findings)
        found = " ".join(f"{code}×{count}" if count > 1 else code for code, count in sorted(codes.items()))
        reads = {"plan": "plan", "pip": "PIP", "template": "form", "other": "no plan"}[review.reads_as]
        missing = ", ".join(kind.replace("_", " ") for kind in review.missing)
        nothing = "none" if review.reads_as == "plan" else "-"
        rows.append((entry.file, reads, missing or nothing, found or nothing))
    return rows


def table_lines(entries: Sequence[FileEntry], width: int) -> Iterator[str]:
    """Yield the table of several files: one block of lines a file, so that it reads well at any width."""
    for file, reads, missing, found in table_rows(entries):
        if reads == "not read":
            yield shortened(f"{file}  not read: {missing}", max(width, 40))
            continue
        yield f"{file}  {reads}"
        if reads in ("plan", "form"):
            yield from wrapped(f"missing: {missing}", width)
            yield from wrapped(f"findings: {found}", width)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield `text` indented and wrapped to `width` columns."""
    import textwrap

    yield from textwrap.wrap(text, max(width, 40), initial_indent="    ", subsequent_indent="      ")
