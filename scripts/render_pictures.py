"""Render docs/pictures/*.svg from the real app: `python scripts/render_pictures.py [NAME…]`.

Every picture is a screen of the app as its user sees it, at 100×30 in the dark theme, with one example in
a throw-away workspace. The example is fixed, so the pictures are the same on every machine.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from coach_assist.flows.propose import put_forward
from coach_assist.plan.drafts import Draft, Suggestion
from coach_assist.tui.app import CoachApp
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = (100, 30)
ANSWERS = {
    "team_member": "Inés Duarte",
    "manager": "Jonas Reiter",
    "role": "Shift lead in the parcel depot",
    "start": "2027-02-01",
    "end": "30 days",
    "aim": "Lead the night depot in two years",
    "development_area": "Handing a shift over in writing",
    "current_state": "Only 4 of 10 shifts end with a written handover. When they do, the next lead loves it.",
    "goal": "Get better at handovers",
    "why": "The morning lead loses an hour looking for open parcels.",
    "obstacle": "The last trucks come in just before the shift ends.",
    "activities": "Sit with Farid at two handovers, he writes the best ones.",
    "support": "Jonas takes the last truck himself on Mondays and Thursdays.",
}
GOAL = (
    "By 2027-03-03, Inés increases shifts that end with a written handover from 4 to 8 of 10, by starting "
    "the note before the last truck, shown by the shift log."
)

IF_THEN = "If the last truck comes late, then Inés writes three lines and calls the morning lead."


def example_drafts() -> list[Draft]:
    """Return the drafts of the example, in reading order."""
    metric = {
        "name": "shifts that end with a written handover", "kind": "quantitative", "unit": "of 10 shifts",
        "baseline": "4", "target": "8", "direction": "increase", "evidence": "the shift log",
        "collector": "Jonas",
    }  # fmt: skip
    return [
        Draft(id="frame22222", kind="frame", origin="own_words", value={
            "title": "Handing a shift over in writing", "plan_kind": "development",
            "purpose": "The morning lead finds every open parcel at once.",
            "long_term_aim": ANSWERS["aim"],
        }),
        Draft(id="area222222", kind="development_area", origin="own_words",
              value={"area": ANSWERS["development_area"]}),
        Draft(id="goal222222", kind="goal", origin="model", value={
            "statement": GOAL, "metric": metric, "due": "2027-03-03",
            "relevant": ANSWERS["why"], "achievable": ANSWERS["support"],
            "if_then": IF_THEN,
        }, suggested=[
            Suggestion(field="metric.target", text="8",
                       question="Today it is 4. Is 8 within reach in this plan, and far enough?"),
            Suggestion(field="if_then",
                       text=IF_THEN, question="Is this what you would really do then?"),
        ]),
        Draft(id="activity22", kind="activity", origin="own_words", value={
            "what": "Sit with Farid at two handovers", "activity_kind": "shadowing", "owner": "Inés Duarte",
            "due": "2027-02-05", "resource": "Farid writes the best ones",
        }),
        Draft(id="support222", kind="support", origin="own_words", value={
            "what": ANSWERS["support"], "due": "2027-02-08",
        }),
        Draft(id="timeline22", kind="timeline", origin="own_words",
              value={"start": "2027-02-01", "end": "2027-03-03"}),
        Draft(id="cadence222", kind="cadence", origin="own_words", value={
            "every": "week", "text": "Every Friday, 20 minutes", "weekday": "friday", "minutes": 20,
        }),
    ]  # fmt: skip


def example_plan(workspace: Workspace, *, proposed: bool = False, answers: int = 99) -> PlanFile:
    """Make the example's plan with its first `answers` answers, its drafts or its proposals."""
    plan = workspace.create()
    for question, answer in list(ANSWERS.items())[:answers]:
        plan.answers.put("joint", question, [answer] if question == "goal" else answer)
    if answers >= len(ANSWERS):
        plan.drafts.put_all("joint", example_drafts())
    if proposed:
        put_forward(workspace, plan, "team_member", plan.drafts.all(), accept_own=True)
    return plan


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the screen has come to rest."""
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.15)


async def home(workspace: Workspace, app: CoachApp, pilot: Pilot[Any]) -> None:
    from coach_assist.flows.decide import accept, undecided

    with example_plan(workspace, proposed=True) as plan:
        for view in undecided(plan, "manager"):
            accept(
                workspace, plan, "manager", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
            )
    other = workspace.create()
    for question, answer in {
        "team_member": "Tarek Aziz",
        "manager": "Jonas Reiter",
        "role": "Driver",
    }.items():
        other.answers.put("joint", question, answer)
    other.close()
    app.screen.load()  # type: ignore[attr-defined]


async def interview(workspace: Workspace, app: CoachApp, pilot: Pilot[Any]) -> None:
    with example_plan(workspace, answers=8) as plan:
        plan_id = plan.id
    app.prepared_alone.add(plan_id)  # the page on joining has been seen
    app.open_plan(plan_id, "interview")
    await settled(pilot)
    await pilot.press(*("space" if letter == " " else letter for letter in ANSWERS["goal"]))


async def draft(workspace: Workspace, app: CoachApp, pilot: Pilot[Any]) -> None:
    with example_plan(workspace) as plan:
        plan_id = plan.id
    app.open_plan(plan_id, "draft")
    await settled(pilot)
    await pilot.press("down", "down")


async def review(workspace: Workspace, app: CoachApp, pilot: Pilot[Any]) -> None:
    with example_plan(workspace, proposed=True) as plan:
        plan_id = plan.id
    app.take_turn("manager")
    app.open_plan(plan_id, "review")
    await settled(pilot)
    await pilot.press("down", "down")


async def progress(workspace: Workspace, app: CoachApp, pilot: Pilot[Any]) -> None:
    from coach_assist.flows import check_in
    from coach_assist.flows.decide import accept, undecided
    from coach_assist.tui.progress.screen import ProgressScreen

    with example_plan(workspace, proposed=True) as plan:
        for party in ("manager", "team_member"):
            for view in undecided(plan, party):  # type: ignore[arg-type]
                accept(
                    workspace, plan, party, view.id, view.shown,  # type: ignore[arg-type]
                    acknowledged=frozenset(view.to_acknowledge),
                )  # fmt: skip
        for day, value in ((date(2027, 2, 5), "5"), (date(2027, 2, 12), "6")):
            talk = check_in.begin(plan, "manager", day)
            while (step := talk.step) is not None:
                if step.id.startswith("value/"):
                    talk.answer(value)
                elif step.id.startswith("mark/") and value == "5":
                    talk.answer("1")
                else:
                    talk.skip()
            check_in.record(workspace, plan, "manager", talk)
        plan_id = plan.id
    app.go(ProgressScreen(plan_id, date(2027, 2, 15)))


SCENES: dict[str, Callable[[Workspace, CoachApp, Pilot[Any]], Awaitable[None]]] = {
    "home": home, "interview": interview, "draft": draft, "review": review, "progress": progress,
}  # fmt: skip


async def rendered(name: str) -> str:
    """Return one picture as SVG text."""
    with tempfile.TemporaryDirectory() as folder:
        # Nothing of whoever runs this may be in a picture: no settings, no weights, no plans.
        os.environ.update(COACH_ASSIST_HOME=folder, XDG_CONFIG_HOME=folder, HOME=folder)
        os.environ.pop("COACH_ASSIST_MODEL", None)
        root = Path(folder) / "workspace"
        app = CoachApp(root)
        app.desk._asked = True  # the question about the model is not what the picture shows
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            await SCENES[name](Workspace(root), app, pilot)
            await settled(pilot)
            svg = app.export_screenshot(title="coach-assist")
    return tidied(svg, name)


def tidied(svg: str, name: str) -> str:
    """Make a picture self-contained: no font from the network, spaces kept by every viewer, stable ids."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"font-family: Fira Code, ?monospace", "font-family: ui-monospace, monospace", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", f"terminal-{name}", svg)


def main(names: list[str]) -> None:
    """Write the named pictures, all where none is named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or list(SCENES):
        path = FOLDER / f"{name}.svg"
        path.write_text(asyncio.run(rendered(name)), encoding="utf-8")
        print(f"{path.relative_to(FOLDER.parents[1])}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
