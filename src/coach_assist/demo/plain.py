"""The plain demo: the whole main job, each stage printed as it happens. Only the answers are prepared."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from coach_assist.demo.sample import sample_answers, sample_plan
from coach_assist.demo.scripted_decisions import decide_as
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.export import export_plan
from coach_assist.flows.interview import read_answers
from coach_assist.flows.plan_drafts import DraftView, drafts_of
from coach_assist.flows.propose import put_forward
from coach_assist.flows.rewrite import rewrite_goal
from coach_assist.flows.show import PARTY_WORDS, plan_view
from coach_assist.flows.unit_fields import KIND_WORDS
from coach_assist.interview.answers import Answers
from coach_assist.interview.questions import question
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

if TYPE_CHECKING:
    from coach_assist.flows.draft import DraftEvent
    from coach_assist.flows.model_session import ModelSession

Say = Callable[[str], None]
"""Print one line; the caller passes it through the display function."""

VERDICT_WORDS = {"met": "met", "unmet": "not stated yet", "unknown": "unknown"}


async def run_plain_demo(workspace: Workspace, session: ModelSession, say: Say, *, today: date) -> None:
    """Run every stage of the main job in `workspace` and print each with `say`.

    Raises ModelError where there is no model; what was printed before that stands.
    """
    started = time.monotonic()
    answers = sample_answers(today)
    with sample_plan(workspace, answers) as plan:
        _print_answers(answers, say)
        session.start_in_background()
        await _draft(plan, session, say)
        _print_drafts(drafts_of(plan, today=today), say)
        await _rewrite(answers, session, say, today=today)
        _put_forward(workspace, plan, say)
        for party in PARTIES:
            _decide(workspace, plan, party, say)
        _print_agreed(plan, say)
    say("")
    say(
        f"DEMO: finished in {time.monotonic() - started:.0f} seconds. Its workspace and keys are deleted now."
    )


def _heading(say: Say, title: str) -> None:
    say("")
    say(f"=== DEMO · {title}")


def _print_answers(answers: Answers, say: Say) -> None:
    _heading(say, "1. The answers of the interview")
    for question_id, value in answers.joint.items():
        text = value if isinstance(value, str) else "; ".join(value)
        say(f"{question(question_id).label}: {text}")


async def _draft(plan: PlanFile, session: ModelSession, say: Say) -> None:
    _heading(say, "2. The model drafts, live")
    provider = await session.provider()
    fields = _LiveFields(say)
    result = await draft_plan(plan, provider=provider, on_event=fields.hear, today=read_answers(plan).today)
    tokens = sum(call.completion_tokens or 0 for call in result.calls)
    drafts, calls = len(result.units), len(result.calls)
    say(f"{drafts} drafts, {calls} calls, {tokens} tokens written, {result.seconds:.0f} s")
    if result.failed is not None:
        say(f"The model failed: {result.failed.what} The rest is in the answers' own words.")


class _LiveFields:
    """Prints each field of a streamed answer once it is whole: when the next one begins or all is done."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._shown: dict[str, set[str]] = {}
        self._latest: dict[str, Mapping[str, object]] = {}

    def hear(self, event: DraftEvent) -> None:
        """Take one event of the drafting flow."""
        match event.kind:
            case "section_started":
                name, _, number = event.section.partition(":")
                self._say(f"… {name.replace('_', ' ')}{f' {int(number) + 1}' if number else ''}")
            case "delta":
                self._latest[event.section] = event.data
                self._print(event.section, list(event.data)[:-1])
            case "section_done":
                self._print(event.section, list(self._latest.get(event.section, {})))
            case "section_failed":
                self._say(f"    {event.data.get('what', '')}")

    def _print(self, section: str, names: list[str]) -> None:
        shown = self._shown.setdefault(section, set())
        for name in names:
            if name not in shown:
                shown.add(name)
                value = self._latest[section][name]
                words = "; ".join(str(part) for part in value.values()) if isinstance(value, dict) else value
                self._say(f"    {name.replace('_', ' ')}: {words}")


def _print_drafts(drafts: tuple[DraftView, ...], say: Say) -> None:
    _heading(say, "3. The drafts, checked")
    for draft in drafts:
        say(f"{KIND_WORDS[draft.kind]} ({draft.origin_words}): {draft.headline}")
        if draft.report is not None:
            verdicts = draft.report.verdicts.items()
            say("    " + ", ".join(f"{letter} {VERDICT_WORDS[verdict]}" for letter, verdict in verdicts))
            for finding in draft.report.findings:
                say(f"    {finding.level} {finding.code}: {finding.message}")
        for suggestion in draft.suggested:
            say(f"    suggested, in no answer: {suggestion.text} ({suggestion.field}). {suggestion.question}")


async def _rewrite(answers: Answers, session: ModelSession, say: Say, *, today: date) -> None:
    _heading(say, "4. One vague goal, rewritten")
    goal = answers.goals[0]
    names = (answers.text("team_member"), answers.text("manager"))
    provider = await session.provider()
    result = await rewrite_goal(goal, provider=provider, today=today, due=answers.end, names=names)
    say(f"before: {goal}")
    for rewrite in result.rewrites:
        say(f"after:  {rewrite.statement}")
        for letter, verdict in rewrite.verdicts.items():
            say(f"    {letter} {VERDICT_WORDS[verdict]}: {rewrite.reasons[letter]}")


def _put_forward(workspace: Workspace, plan: PlanFile, say: Say) -> None:
    _heading(say, "5. Put forward as proposals; nothing is agreed by that")
    drafts = plan.drafts.of_plan()
    put = put_forward(workspace, plan, "team_member", drafts, accept_own=True)
    view = plan_view(plan)
    say(
        f"{view.names['team_member']} puts {len(put.proposals)} drafts forward, and accepts in the same act "
        f"the {len(put.accepted)} that hold the pair's own words."
    )


def _decide(workspace: Workspace, plan: PlanFile, party: Party, say: Say) -> None:
    name = plan_view(plan).names[party]
    number = 6 + PARTIES.index(party)
    _heading(say, f"{number}. {name} ({PARTY_WORDS[party]}) decides, one proposal at a time (scripted)")
    for decision in decide_as(workspace, plan, party):
        say(f"{decision.proposal.kind_words}: {decision.proposal.headline}")
        say(f"    {decision.answer}")


def _print_agreed(plan: PlanFile, say: Say) -> None:
    _heading(say, "8. The agreed plan: what both accepted, and only that")
    say(export_plan(plan, "md").content.decode("utf-8"))
