"""The form with which a person writes or changes one unit, generated from the unit's own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from coach_assist.errors import CoachError
from coach_assist.plan.units import UnitKind
from coach_assist.tui.card import Card
from coach_assist.tui.draft.form_spec import FormField, form_fields, from_texts, to_texts
from coach_assist.tui.editor import edited
from coach_assist.tui.text import joined, plain
from coach_assist.tui.widgets.answer_area import AnswerArea

Value = dict[str, JsonValue]
_HINTS = {
    "date": "A date such as 2027-03-31.",
    "number": "A plain number, such as 4 or 12.5.",
    "lines": "One entry on each line.",
    "observations": "One on each line; what it rests on may follow after “ | ”.",
    "reference": "Choose what it belongs to, or none.",
}
References = Mapping[str, Sequence[tuple[str, str]]]
"""Field path ("gap", "goal") → (id, text) of what it may name."""


class UnitForm(Card[Value | None]):
    """Returns the new value, valid; None where the person left without keeping it."""

    CSS_PATH = "unit_form.tcss"
    ABOUT = (
        "Write the unit in your own words. Tab goes to the next field, Ctrl+N keeps it, Escape leaves it as "
        "it was. In lists, each line is one entry; an observation may carry its evidence after “ | ”."
    )
    BINDINGS = [
        Binding("ctrl+n", "keep", "Keep", id="form.keep", priority=True),
        Binding("ctrl+g", "editor", "Editor", id="form.editor", priority=True),
        Binding("escape", "leave", "Leave as it was", id="form.leave"),
    ]

    def __init__(
        self, kind: UnitKind, title: str, value: Mapping[str, JsonValue], references: References
    ) -> None:
        super().__init__()
        self._kind: UnitKind = kind
        self._title = title
        self._before = dict(value)
        self._fields = form_fields(kind)
        self._texts = to_texts(kind, value)
        self._references = references
        self._leaving = False

    def compose(self) -> ComposeResult:
        with Vertical(id="form-card"):
            yield Static(plain(self._title, "bold"), id="form-title")
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in self._fields:
                    with Horizontal(classes="form-row"):
                        yield Static(_label(field), classes="form-label")
                        yield self._widget(field)
                    yield Static("", classes="form-wrong", id=_id("wrong", field.path))
            yield Static("", id="form-side")
            with Horizontal(classes="row"):
                yield Button("Keep", id="keep", variant="primary")
                yield Button("Leave as it was", id="leave")

    def _widget(self, field: FormField) -> Input | Select[str] | AnswerArea:
        text = self._texts[field.path]
        name = _id("field", field.path)
        if field.type == "choice":
            options = [(plain(choice.replace("_", " ")), choice) for choice in field.choices]
            chosen = (
                text if text in field.choices else (field.choices[0] if field.path == "metric.kind" else None)
            )
            return _select(options, chosen, name)
        if field.type == "reference":
            known = self._references.get(field.path.split(".")[-1], ())
            options = [(plain(words, one_line=True), value) for value, words in known]
            if text and text not in {value for value, _words in known}:
                options.append((plain(text), text))
            return _select(options, text or None, name)
        if field.type in {"text", "lines", "observations"}:
            return AnswerArea(text, id=name, classes="form-area")
        return Input(text, id=name, select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        self._check_statement()

    # -- texts -----------------------------------------------------------------------------------------

    def _typed(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for field in self._fields:
            widget = self.query_one(f"#{_id('field', field.path)}")
            if isinstance(widget, AnswerArea):
                texts[field.path] = widget.text
            elif isinstance(widget, Input):
                texts[field.path] = widget.value
            elif isinstance(widget, Select):
                texts[field.path] = "" if widget.is_blank() else str(widget.value)
        return texts

    @on(events.DescendantFocus)
    def _explain(self) -> None:
        """Say in the side line what the focused field is for."""
        name = self.focused.id if self.focused is not None else None
        field = next((one for one in self._fields if _id("field", one.path) == name), None)
        if field is None:
            return
        side = self.query_one("#form-side", Static)
        side.update(plain(field.help or _HINTS.get(field.type, "")))
        if field.path == "statement":
            self._check_statement()

    @on(AnswerArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self._leaving = False
        if self._kind == "goal":
            self.set_timer(0.15, self._check_statement, name="check")

    def _check_statement(self) -> None:
        """Mark what the checker notices in a goal while it is written. Never in the way."""
        if self._kind != "goal" or not self.is_attached:
            return
        from coach_assist.flows.plan_drafts import goal_report

        area = self.query_one(f"#{_id('field', 'statement')}", AnswerArea)
        report = goal_report(area.text, self._typed().get("due") or None)
        area.mark((finding.start, finding.end) for finding in report.findings)
        first = next(iter(report.findings), None)
        side = self.query_one("#form-side", Static)
        if first is not None:
            side.update(joined((f"“{area.text[first.start : first.end]}”  ", "underline"), first.message))

    # -- keeping -----------------------------------------------------------------------------------------

    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Keep the value if it is valid, else say by field what is missing."""
        value, wrong = from_texts(self._kind, self._typed(), self._before)
        for field in self._fields:
            said = self.query_one(f"#{_id('wrong', field.path)}", Static)
            said.update(plain(wrong.get(field.path, ""), "$accent"))
            said.display = field.path in wrong
        if wrong:
            first = next((field for field in self._fields if field.path in wrong), None)
            if first is not None:
                self.query_one(f"#{_id('field', first.path)}").focus()
            else:
                self.query_one("#form-side", Static).update(plain(next(iter(wrong.values())), "$accent"))
            return
        self.dismiss(value)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave; with something typed, a second time, so that nothing is lost by one key."""
        if self._typed() != to_texts(self._kind, self._before) and not self._leaving:
            self._leaving = True
            self.query_one("#form-side", Static).update(
                "What you changed is not kept yet. Ctrl+N keeps it; Escape once more leaves it as it was."
            )
            return
        self.dismiss(None)

    def action_editor(self) -> None:
        """Open the focused text in the person's own editor."""
        area = self.focused
        if not isinstance(area, AnswerArea):
            return
        try:
            area.text = edited(self.app, area.text)  # type: ignore[arg-type]
        except CoachError as error:
            self.query_one("#form-side", Static).update(plain(error.what, "$accent"))


def _select(options: Sequence[tuple[Content, str]], chosen: str | None, name: str) -> Select[str]:
    if chosen is None:
        return Select(options, prompt="—", id=name, compact=True)
    return Select(options, value=chosen, prompt="—", id=name, compact=True)


def _label(field: FormField) -> Content:
    return joined(
        (field.label, "bold" if field.required else ""), (" *" if field.required else "", "$primary")
    )


def _id(prefix: str, path: str) -> str:
    return f"{prefix}-{path.replace('.', '-')}"
