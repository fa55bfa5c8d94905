"""Step aside while the person writes in an editor of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from coach_assist.errors import CoachError

if TYPE_CHECKING:
    from coach_assist.tui.app import CoachApp


def edited(app: CoachApp, text: str) -> str:
    """Return `text` as the person left it in the editor; the app steps aside meanwhile.

    Raises CoachError where there is no editor, it failed, or the app can't step aside; the text is
    unchanged then.
    """
    from coach_assist.flows.edit_text import edit_text, editor_command

    command = editor_command(app.editor)
    try:
        with app.suspend():
            return edit_text(text, command)
    except SuspendNotSupported as error:
        raise CoachError("The editor can't be opened here.", kept="Your text is unchanged.") from error
