"""Write one saved plan, one signed bundle and the exports of this version to tests/data/formats/<version>/.

Run once for each release, never again for the same version: every later version must open these files
as they are. The plan is made the way people make one: put forward, decided by both, signed by both.

usage: make_format_samples.py [--replace]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from coach_assist import __version__
from coach_assist.flows import check_in
from coach_assist.flows.comment import comment
from coach_assist.flows.decide import accept, undecided
from coach_assist.flows.draft import own_words
from coach_assist.flows.export import ExportChoice, export_plan, record_export
from coach_assist.flows.interview import Interview
from coach_assist.flows.propose import put_forward
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.summarise import summarise_notes
from coach_assist.flows.summary_draft import begin_summary, mark_item
from coach_assist.flows.summary_share import answer_summary, put_summary, summary_views
from coach_assist.interview.answers import parse_answers_data
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "formats" / __version__
FORMATS = ("md", "json", "docx", "pdf", "signed", "agreement", "agenda", "guide", "ics")
TODAY = date(2027, 4, 14)
ANSWERS = {
    "team_member": "Aylin Çelik",
    "manager": "Geert Bosch",
    "role": "Gardener in the city's nursery",
    "start": "2027-04-05",
    "end": "2027-05-05",
    "development_area": "Planning the week's watering on her own",
    "current_state": "Aylin knows every bed. Geert writes the plan for 5 of 5 weekdays.",
    "goal": ["Aylin writes the watering plan for 3 of 5 weekdays by 2027-05-05"],
    "why": "Geert can be on the building site in the mornings.",
    "activities": "Write Tuesday's plan together with Geert.",
    "support": "Geert looks at each plan before noon.",
    "cadence": "Every Monday, 15 minutes",
}
CHECK_IN = {
    "value": "2", "words": "Two of five", "evidence": "The plans of last week",
    "obstacle": "Rain on two days", "talk": "The hose",
}  # fmt: skip
NOTES = """Aylin wrote two plans.
Geert reads the plan for Tuesday by 2027-04-20.
"""


async def make(root: Path) -> None:
    """Make the sample plan in a workspace at `root` and copy what it left to FOLDER."""
    workspace = Workspace(root)
    answers = parse_answers_data(ANSWERS, today=date(2027, 4, 5), name="the sample")
    interview = Interview.new(workspace, today=answers.today)
    interview.prefill(answers)
    plan = interview.plan
    assert plan is not None
    with plan:
        drafted = await own_words(answers)
        put_forward(workspace, plan, "manager", [unit.draft for unit in drafted.units], accept_own=True)
        first = undecided(plan, "team_member")[0]
        comment(workspace, plan, "team_member", first.id, first.shown, "Tuesday is the hardest day.")
        for party in PARTIES:
            for view in undecided(plan, party):
                needed = frozenset(view.to_acknowledge)
                accept(workspace, plan, party, view.id, view.shown, acknowledged=needed)
        for party in PARTIES:
            sign(workspace, plan, party, sign_view(plan).plan_hash)
        talk = check_in.begin(plan, "manager", TODAY)
        while (step := talk.step) is not None:
            said = CHECK_IN.get(step.id.split("/")[0])
            if said is None or talk.answer(said):
                talk.skip()
        check_in.record(workspace, plan, "manager", talk)
        await _summarise(workspace, plan)
        FOLDER.mkdir(parents=True)
        for name in FORMATS:
            content = export_plan(plan, name, ExportChoice(today=TODAY)).content
            (FOLDER / f"export.{name}").write_bytes(content)
        viewers = export_plan(plan, "json", ExportChoice(audience="hr", today=TODAY))
        record_export(workspace, plan, "manager", viewers)
        (FOLDER / "export.hr.json").write_bytes(viewers.content)
        source, saved = workspace.path_of(plan.id), FOLDER / workspace.path_of(plan.id).name
    shutil.copyfile(source, saved)


async def _summarise(workspace: Workspace, plan: PlanFile) -> None:
    """Put a summary of notes forward; the other party accepts it."""
    result = await summarise_notes(NOTES, provider=None, today=TODAY)
    for item in begin_summary(plan, "manager", NOTES, result, TODAY).items:
        mark_item(plan, "manager", item.id, "kept")
    put_summary(workspace, plan, "manager")
    (view,) = summary_views(plan)
    answer_summary(workspace, plan, "team_member", view.id, view.shown, "accept")


def main() -> int:
    """Write the samples of this version; refuse to replace those of a release."""
    import asyncio

    if FOLDER.exists():
        if "--replace" not in sys.argv:
            print(f"{FOLDER} is there: a released format never changes (--replace before the release)")
            return 1
        shutil.rmtree(FOLDER)
    with tempfile.TemporaryDirectory() as root:
        asyncio.run(make(Path(root)))
    print(*sorted(path.name for path in FOLDER.iterdir()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
