"""The sample plan: a throw-away workspace with keys of its own, and the sample pair's answers in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path

from coach_assist.flows.interview import Interview
from coach_assist.interview.answers import Answers, parse_answers
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@contextmanager
def throw_away_workspace() -> Iterator[Workspace]:
    """Yield a workspace in a temporary folder; it and the keys in it are deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="coach-assist-demo-") as folder:
        yield Workspace(Path(folder))


def sample_answers(today: date) -> Answers:
    """Return the sample pair's answers, starting `today`."""
    content = files("coach_assist.demo").joinpath("answers.toml").read_bytes()
    return parse_answers(content, today=today, name="the demo's answers")


def sample_plan(workspace: Workspace, answers: Answers) -> PlanFile:
    """Make the demo's plan in `workspace` with the answers filled in, and return it open."""
    interview = Interview.new(workspace, today=answers.today, demo=True)
    interview.prefill(answers)
    assert interview.plan is not None
    return interview.plan
