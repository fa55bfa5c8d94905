"""From passages to units: texts word for word, fields beside the goal or the step that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pydantic import JsonValue, ValidationError

from coach_assist.exchange.mapping.building import LONGEST_LINE, LONGEST_TEXT, Building, as_json
from coach_assist.exchange.mapping.dates import cadence_value, rhythm_in
from coach_assist.exchange.mapping.mapped import MappedUnit, Source
from coach_assist.exchange.mapping.passages import Outline, Passage
from coach_assist.exchange.mapping.table_rows import TableRows
from coach_assist.plan.units import VALUE_MODELS, UnitKind, parse_value


class Assembler(TableRows):
    """Builds the units of one document."""

    def run(self, out: Outline) -> None:
        """Take every passage in, in order; then the title."""
        answers: dict[tuple[int, str], Building] = {}
        for passage in out.passages:
            self._leave_goal(passage)
            if passage.kind == "row" and passage.fields:
                self._row(passage)
                continue
            if passage.question and passage.role in ("goal", "area") and passage.kind == "paragraph":
                key = (passage.section, passage.role)
                if key in answers and self._join(answers[key], passage):
                    continue
                before = len(self.units)
                self._one(passage)
                if len(self.units) > before:
                    answers[key] = self.units[-1]
                continue
            self._one(passage)
        self._title(out)

    def _one(self, passage: Passage) -> None:
        handler: Callable[[Passage], None] | None = (
            getattr(self, f"_on_{passage.role}", None) if passage.role else None
        )
        if len(passage.text) > LONGEST_TEXT or handler is None:
            self._leave(passage)
            return
        handler(passage)

    def _title(self, out: Outline) -> None:
        """A plan's title goes into its frame; a frame is made for it where there are other parts."""
        title = out.title
        if not title or len(title) > LONGEST_LINE or not self.units:
            return
        frame = self._single("frame", {"title": title})
        frame.value["title"] = title
        frame.sources.append(Source(out.title_place, title))

    def rhythm(self, passages: Sequence[Passage]) -> None:
        """Find a cadence in a sentence of any passage, where no heading names one."""
        if any(unit.kind == "cadence" for unit in self.units):
            return
        for passage in passages:
            words = rhythm_in(passage.text[:LONGEST_TEXT])
            if words and len(words) <= LONGEST_LINE:
                unit = self._new("cadence", as_json(cadence_value(words)), passage)
                unit.sources = [Source(passage.place, words)]
                return

    def mapped(self) -> Iterator[MappedUnit]:
        """Yield the units in the order in which a plan is read, every field written out."""
        order = list(VALUE_MODELS)
        for unit in sorted(self.units, key=lambda unit: order.index(unit.kind)):
            value, lacks = completed(unit.kind, unit.value)
            yield MappedUnit(unit.id, unit.kind, value, tuple(unit.sources), lacks=lacks)


def completed(kind: UnitKind, value: dict[str, JsonValue]) -> tuple[dict[str, JsonValue], tuple[str, ...]]:
    """Return (value with every field of its model, names of the fields that it needs and has not)."""
    model = VALUE_MODELS[kind]
    whole: dict[str, JsonValue] = {}
    for name, info in model.model_fields.items():
        if value.get(name) is not None:
            whole[name] = value[name]
        else:
            whole[name] = None if info.is_required() else info.get_default(call_default_factory=True)
    try:
        parse_value(kind, whole)
    except ValidationError as error:
        return whole, tuple(dict.fromkeys(str(fault["loc"][0]) for fault in error.errors() if fault["loc"]))
    return whole, ()
