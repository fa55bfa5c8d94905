"""For whom the plan is saved, as what, and where: three Enters, and nothing is written before the last."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.tui.card import Card
from coach_assist.tui.text import joined, plain

if TYPE_CHECKING:
    from coach_assist.exchange.audience import Audience, ExportFormat
    from coach_assist.exchange.guide import Talk


class Kind(NamedTuple):
    """One row of the list of formats."""

    format: ExportFormat
    name: str
    ending: str
    meaning: str
    talk: Talk = "opening"


class Chosen(NamedTuple):
    """What was chosen. `replace` is said where the file is there and Enter was pressed once more."""

    audience: Audience | None
    kind: str
    path: str
    replace: bool


AUDIENCES: dict[str, tuple[str, str]] = {
    "all": ("Both of you", "and the readers you agreed on"),
    "team_member": ("Team member", "all of it, and released notes"),
    "manager": ("Manager", "all of it, and released notes"),
    "managers_manager": ("Manager's manager", "what is in force; it is recorded"),
    "hr": ("HR", "what is in force; it is recorded"),
}
"""Audience → its name, what it gets. `all` stands for "nobody in particular"."""


def kinds() -> dict[str, Kind]:
    """Return the rows of the list of formats; pages are offered as PDF where it can be made here."""
    page = ".pdf" if find_spec("typst") is not None else ".md"
    return {
        "md": Kind("md", "Markdown", ".md", "to read"),
        "docx": Kind("docx", "Word", ".docx", "to pass on"),
        "pdf": Kind("pdf", "PDF", ".pdf", "to read and print"),
        "agreement": Kind("agreement", "Agreement", f"-agreement{page}", "to print and sign by hand"),
        "agenda": Kind("agenda", "Agenda", f"-agenda{page}", "for the next check-in"),
        "opening": Kind("guide", "Guide", f"-opening{page}", "for the talk that opens the plan"),
        "check-in": Kind("guide", "Guide", f"-check-in{page}", "for a check-in", "check-in"),
        "closing": Kind("guide", "Guide", f"-closing{page}", "for the talk that closes it", "closing"),
        "ics": Kind("ics", "Calendar", ".ics", "check-ins, milestones, due dates"),
        "signed": Kind("signed", "Signed", ".signed", "the history, which anybody can verify"),
        "json": Kind("json", "JSON", ".json", "for programs"),
    }


class ExportCard(Card[Chosen | None]):
    """Returns what was chosen; Escape goes one step back, and from the first step writes nothing."""

    DEFAULT_CSS = """
    ExportCard OptionList { height: auto; max-height: 11; margin: 1 0 0 0; background: $surface; }
    ExportCard #path { margin: 1 0 0 0; }
    """
    ABOUT = (
        "Choose for whom it is, Enter; as what, Enter; then where, Enter. Whom it is for decides what is in "
        "it: the manager's manager and HR get what is in force, sign-offs, progress and closing, and the "
        "history says that it was made. The ending of an agreement, an agenda or a guide decides what it "
        "becomes: .pdf, .docx or .md."
    )
    AUTO_FOCUS = "#audiences"
    BINDINGS = [Binding("escape", "back", "Back", id="export.back")]

    def __init__(self, folder: Path, stem: str, last: tuple[str, str] = ("", "")) -> None:
        """`last` is the audience and the kind that were chosen the last time."""
        super().__init__()
        self._stem = str(folder / stem)
        self._ending = ".md"
        self._last = last
        self._kinds = kinds()
        self._audience = ""
        self._replace = ""
        """The path of a file that is there, once that was said."""

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Save the plan: for whom?", classes="title", id="export-title")
            yield OptionList(
                *[
                    Option(joined((name.ljust(19), "bold"), meaning), id=key)
                    for key, (name, meaning) in AUDIENCES.items()
                ],
                id="audiences",
                markup=False,
            )
            yield OptionList(id="formats", markup=False)
            yield Input(f"{self._stem}.md", id="path", select_on_focus=False)
            yield Static("", id="export-side")

    def on_mount(self) -> None:
        names = list(AUDIENCES)
        asked = self.query_one("#audiences", OptionList)
        asked.highlighted = names.index(self._last[0]) if self._last[0] in names else 0
        self._step(1)

    def _step(self, step: int) -> None:
        asked, offered, field = (self.query_one(f"#{one}") for one in ("audiences", "formats", "path"))
        asked.display, offered.display, field.display = step == 1, step == 2, step == 3
        (asked, offered, field)[step - 1].focus()
        name = AUDIENCES[self._audience][0] if self._audience else ""
        words = {1: "Save the plan: for whom?", 2: f"For: {name}. As what?", 3: f"For: {name}. Where?"}[step]
        self.query_one("#export-title", Static).update(plain(words))
        self._say("")

    @on(OptionList.OptionSelected, "#audiences")
    def _for_whom(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        from coach_assist.exchange.audience import AUDIENCES as RULES
        from coach_assist.exchange.audience import FORMATS

        self._audience = event.option.id or "all"
        allowed = next((rule.formats for key, rule in RULES.items() if key == self._audience), FORMATS)
        rows = {key: kind for key, kind in self._kinds.items() if kind.format in allowed}
        if self._audience == "all":
            rows = self._kinds
        offered = self.query_one("#formats", OptionList)
        offered.clear_options()
        offered.add_options(
            Option(joined((kind.name.ljust(10), "bold"), kind.meaning), id=key) for key, kind in rows.items()
        )
        offered.highlighted = list(rows).index(self._last[1]) if self._last[1] in rows else 0
        self._step(2)

    @on(OptionList.OptionHighlighted, "#formats")
    def _format(self, event: OptionList.OptionHighlighted) -> None:
        """Keep the name that was typed, and give it the ending of the chosen format."""
        field = self.query_one("#path", Input)
        ending = self._kinds[event.option.id or "md"].ending
        field.value = field.value.removesuffix(self._ending) + ending
        self._ending = ending

    @on(OptionList.OptionSelected, "#formats")
    def _to_path(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._last = (self._audience, event.option.id or "md")
        self._step(3)
        field = self.query_one("#path", Input)
        field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        path = event.value.strip()
        if not path:
            self._say("A file name is needed.")
            return
        there = Path(path).expanduser()
        if there.exists() and self._replace != path:
            self._replace = "" if there.is_dir() else path
            self._say(
                "That is a folder: name a file in it."
                if there.is_dir()
                else "This file is there already. Enter once more replaces it."
            )
            return
        self.dismiss(
            Chosen(
                None if self._audience == "all" else self._named(), self._last[1], path, self._replace == path
            )
        )

    def _named(self) -> Audience:
        from coach_assist.exchange.audience import NAMED

        return next(one for one in NAMED if one == self._audience)

    def _say(self, words: str) -> None:
        self.query_one("#export-side", Static).update(plain(words))

    def action_back(self) -> None:
        """Go one step back; from the first, save nothing."""
        if self.query_one("#path").display:
            self._step(2)
        elif self.query_one("#formats").display:
            self._step(1)
        else:
            self.dismiss(None)
