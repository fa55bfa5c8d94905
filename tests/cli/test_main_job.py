"""The main job in lines, by two people at one terminal: from the first question to an agreed plan."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
from pty_session import Session

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2027-02-01"
ANSWERS = (
    "Nadia", "Tom", "Dispatcher for the night tours", "", "60 days",
    "Run a whole shift one day.\n", "Planning the tours early enough\n",
    "Last week 6 of 20 tours were changed after the trucks had left.\n",
    "Cut tours that change after the trucks have left from 6 to 2 a week by 1 April 2027\n",
    "From March we run five more trucks, and I go home annoyed.\n",
    "Late orders come in. If one does, it goes on the next day's first tour.\n",
    "Sit beside Marta for two evenings.\n", "Tom closes the order desk at eight from 8 February on.\n",
    "Every Friday at four, fifteen minutes",
)  # fmt: skip


def command(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "coach_assist", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def decide(plan: str, party: str) -> tuple[int, str]:
    """Accept each proposal on its own, after it was shown; return how many, and all that was shown."""
    turn = Session("decide", plan, "--as", party)
    first = turn.wait_for("to decide.")
    count = int(re.findall(r"(\d+) to decide", first)[0])
    for _ in range(count):
        turn.answer("Your answer", "accept")
        turn.wait_for("Accepted.")
    assert turn.end() == 0
    return count, turn.seen


def test_from_the_first_question_to_an_agreed_plan() -> None:
    asking = Session("interview", "--today", TODAY, "--no-model")
    asking.wait_for("It is voluntary.")
    asking.answer("Do you take part: ", "join")
    for number, text in enumerate(ANSWERS, start=1):
        asking.wait_for(f"Question {number} of 14")
        asking.answer("> ", text)
    asking.wait_for("Turn the answers into drafts now?")
    asking.answer("> ", "yes")
    shown = asking.wait_for("To put them forward: coach-assist propose ")
    plan = asking.wait_for("\n").strip()
    assert asking.end() == 0
    assert "Cut tours that change after the trucks have left from 6 to 2 a week" in shown

    command("propose", plan, "--as", "team-member", "--all")
    before = json.loads(command("export", plan, "--format", "json"))
    assert before["units"] == []

    members, seen = decide(plan, "team-member")
    assert "Cut tours that change" in seen
    between = json.loads(command("export", plan, "--format", "json"))
    assert between["units"] == []
    assert {tuple(one["waits_for"]) for one in between["open"]} == {("manager",)}

    managers, _ = decide(plan, "manager")
    assert members == managers == len(before["open"])
    agreed = json.loads(command("export", plan, "--format", "json"))
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(agreed, schema)
    assert agreed["open"] == []
    assert len(agreed["units"]) == members
    goal = next(unit["value"] for unit in agreed["units"] if unit["kind"] == "goal")
    assert goal["statement"].startswith("Cut tours that change after the trucks have left from 6 to 2")
    assert "Cut tours that change" in command("export", plan)
