"""Notes from a file: asked for by its name, added below what was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coach_assist.errors import CoachError
from coach_assist.tui.base import AnyScreen
from coach_assist.tui.widgets.answer_area import AnswerArea
from coach_assist.tui.widgets.line_card import LineCard


def take_notes_from_file(screen: AnyScreen, area: AnswerArea, then: Callable[[], None]) -> None:
    """Ask for a file, put its text below what `area` holds, and do `then`.

    A file that cannot be read is told on `screen`, and the text in the area stays as it was.
    """

    def answered(path: str | None) -> None:
        if path is None:
            return
        from coach_assist.flows.summarise import load_notes

        try:
            text = load_notes(str(Path(path.strip()).expanduser()))
        except CoachError as error:
            screen.tell(error)
            return
        area.text = f"{area.text.rstrip()}\n\n{text}" if area.text.strip() else text
        area.move_cursor(area.document.end)
        screen.clear_notice()
        then()

    words = "UTF-8 text; the file stays as it is."
    missing = "Type the name of a file, or press Esc."
    screen.app.push_screen(LineCard("Which file?", words, missing=missing), answered)
