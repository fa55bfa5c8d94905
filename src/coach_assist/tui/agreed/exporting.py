"""Saving the plan from the screen: the card, the key where one is needed, and where the file went."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from coach_assist.errors import CoachError
from coach_assist.shown import safe_text
from coach_assist.tui.agreed.export_card import Chosen, ExportCard, kinds
from coach_assist.tui.failures import in_words
from coach_assist.tui.party_card import as_party
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.export import Export
    from coach_assist.plan.units import Party
    from coach_assist.tui.plan_screen import PlanScreen

LAST = "export.last"
"""The mark of a plan that keeps for whom and as what it was saved the last time."""


def begin_export(screen: PlanScreen) -> None:
    """Ask for whom, as what and where; then save. What was chosen last is offered first."""
    known = (screen.plan.meta.get(LAST) or "").split()
    last = (known[0], known[1]) if len(known) == 2 else ("", "")

    def answered(chosen: Chosen | None) -> None:
        if chosen is not None:
            _export(screen, chosen)

    screen.app.push_screen(ExportCard(Path.cwd(), f"plan-{screen.plan_id[:6]}", last), answered)


def _export(screen: PlanScreen, chosen: Chosen) -> None:
    from coach_assist.exchange.files import check_target
    from coach_assist.flows.export import ExportChoice, export_plan, file_type_for

    kind, path = kinds()[chosen.kind], Path(chosen.path).expanduser()
    choice = ExportChoice(audience=chosen.audience, file_type=file_type_for(path), talk=kind.talk)
    try:
        check_target(path, replace=chosen.replace)
        export = export_plan(screen.plan, kind.format, choice)
    except (CoachError, OSError) as error:
        screen.tell(in_words(error))
        return
    with contextlib.suppress(CoachError, OSError):  # a plan that is read only keeps no mark
        screen.plan.meta.put(LAST, f"{chosen.audience or 'all'} {chosen.kind}")
    if not export.outside:
        _save(screen, export, path, None, replace=chosen.replace)
        return

    def exports(party: Party) -> None:
        with_key(
            screen,
            screen.plan,
            party,
            lambda: _save(screen, export, path, party, replace=chosen.replace),
        )

    as_party(screen, screen.plan_id, "Who saves it? The history will say so.", exports)


def _save(screen: PlanScreen, export: Export, path: Path, party: Party | None, *, replace: bool) -> None:
    from coach_assist.flows.export import hand_out

    try:
        hand_out(screen.coach.workspace, screen.plan, party, export, path, replace=replace)
    except (CoachError, OSError) as error:
        screen.tell(in_words(error))
        return
    if export.outside:
        screen.remember_state()
    audience, known = ", ".join(export.audience), ", ".join(export.confidential_to)
    words = [f"It is meant for: {audience}. Confidential to: {known}.", *export.remarks]
    if export.outside:
        words.append("The history says that it was made; both of you see that.")
    if export.demo:
        words.append("DEMO: nobody agreed to this plan.")
    screen.query_one(Notice).say(f"Saved to {safe_text(str(path), one_line=True)}", "\n".join(words))
