"""Joining a plan, leaving it, a statement, and closing it by one party.

Before the first question a team member reads one page and answers join, later or no. The answer is an
event of the plan; before the plan has its first event it waits as a mark beside the drawers, and becomes
an event with the team member's first own act.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.joining import Joining, joining
from coach_assist.agreement.joining_bodies import EndBody, EndReason, JoinBody, LeaveBody, StatementBody
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.acts import JOIN_MARK, Act, acting_key, over_words
from coach_assist.flows.joining_words import POSSIBLE, standing_words
from coach_assist.flows.open_plan import names
from coach_assist.flows.show import over_sentence, title_of
from coach_assist.flows.signable import signable
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

JoinAnswer = Literal["join", "later", "no"]
_PAGE = Path(__file__).with_name("pages") / "joining.txt"
NOBODY_ELSE = "nobody else so far"


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The page that a team member reads before the first question. Names in it are as stored."""

    text: str
    page: str
    """The hash of the page's own words, which the answer names."""


@cache
def _template() -> str:
    return _PAGE.read_text(encoding="utf-8")


def join_page(plan: PlanFile | None = None) -> JoinPage:
    """Return the page, with the manager's name and the readers where they are known."""
    manager, readers = "", tuple[str, ...]()
    if plan is not None:
        manager = names(plan)["manager"]
        if plan.has_opened:
            readers = _readers(plan.history)
    text = _template()
    filled = text.replace("{manager}", manager or "your manager")
    return JoinPage(
        filled.replace("{readers}", ", ".join(readers) or NOBODY_ELSE),
        hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def _readers(history: History) -> tuple[str, ...]:
    from coach_assist.flows.share import readers

    return readers(fold(history))


def standing(plan: PlanFile) -> Joining | None:
    """Return where taking part stands by the plan's events; None before the first one."""
    return joining(plan.history) if plan.has_opened else None


def answered(plan: PlanFile) -> JoinAnswer | None:
    """Return what the team member has answered, as an event or (before the first one) as a mark."""
    if plan.has_opened and (found := joining(plan.history)).answer is not None:
        return "join" if found.answer == "joined" else "no"
    return cast("JoinAnswer | None", (plan.meta.get(JOIN_MARK) or "").partition(" ")[0] or None)


def wants_asking(plan: PlanFile, party: Party) -> bool:
    """Say whether the page should be shown before this party goes on: a team member who has not joined."""
    return party == "team_member" and not plan.viewer and answered(plan) in (None, "later")


@dataclass(frozen=True, slots=True)
class SaidNow:
    """Where taking part stands, and what the team member can say now. Texts are as stored."""

    title: str
    member: str
    standing: tuple[str, ...]
    """Whether they take part, or why the plan is closed and what can still be done; a line each."""
    statement: str | None
    can: tuple[str, ...]
    """Of the keys of joining_words.CONSEQUENCES, in the order in which they are offered."""


def said_now(plan: PlanFile | None) -> SaidNow:
    """Return what the page on joining shows beside its text; `plan` None: a plan that is not begun."""
    if plan is None:
        return SaidNow("", "the team member", (), None, ("join", "later", "no"))
    known = names(plan)
    found = standing(plan)
    line = over_sentence(plan) or standing_words(found, known)
    rows = [line] if line else []
    if over_sentence(plan):
        rows.append(POSSIBLE)
    said = answered(plan)
    ended = found is not None and found.ended is not None
    statement = found.statement if found else None
    can: list[str] = []
    if not plan.viewer and said in (None, "later") and not ended:
        can += ["join", "later", "no"]
    if not plan.viewer and plan.has_opened:
        can += ["statement"] if statement is None else ["change", "take_back"]
    if not plan.viewer and not ended and said in ("join", "no"):
        can.append("leave" if said == "join" else "again")
    member = known["team_member"] or "the team member"
    return SaidNow(title_of(plan), member, tuple(rows), statement, tuple(can))


def mark_of(plan: PlanFile) -> str:
    """Return the word that stands beside a plan's name on every screen: closed, a viewer's copy, or ""."""
    if over_sentence(plan) is not None:
        return "closed"
    return "viewer's copy" if plan.viewer else ""


def answer(workspace: Workspace, plan: PlanFile, said: JoinAnswer, page: JoinPage) -> None:
    """Take the team member's answer. Raises Refused where the plan cannot be written, or is viewed only.

    Before the plan has opened the answer waits as a mark; from then on it is an event at once, signed by
    the team member's key. "Later" is never an event.
    """
    if said == "later" or not plan.has_opened:
        plan.meta.put(JOIN_MARK, f"{said} {page.page}")
        return
    _say(workspace, plan, JoinBody(answer=said, page=page.page))


def refuse_if_over(plan: PlanFile) -> None:
    """Raise Refused where the team member has said no, has left, or a party has closed the plan."""
    words = over_words(plan.history) if plan.has_opened else None
    if words is None and answered(plan) == "no":
        words = "The team member has said no to this plan."
    if words is not None:
        raise Refused(words, kept="What is there can be read; nothing new is added.")


def leave(workspace: Workspace, plan: PlanFile) -> None:
    """Let the team member leave, without a reason. The plan is closed; what it says stays readable.

    Raises UsageError where they have left already, Refused.
    """
    if not plan.has_opened:
        plan.meta.put(JOIN_MARK, f"no {join_page(plan).page}")
        return
    if joining(plan.history).answer in ("no", "left"):
        raise UsageError("The team member takes no part in this plan any more.", kept="Nothing was changed.")
    _say(workspace, plan, LeaveBody())


def put_statement(workspace: Workspace, plan: PlanFile, text: str | None) -> str:
    """Attach the team member's statement, in place of an earlier one; None takes it back. Return its event.

    Raises UsageError where it is empty or too long, or the plan has no event yet; Refused.
    """
    if text is not None and not text.strip():
        raise UsageError("The statement is empty.", kept="Nothing was changed.")
    with signable():
        return _say(workspace, plan, StatementBody(text=text))


def end_plan(workspace: Workspace, plan: PlanFile, party: Party, reason: EndReason, words: str) -> None:
    """Close a plan by one party alone, with a reason that both can read.

    It un-agrees nothing: what is agreed or signed can be read, verified and exported, and carried into a
    new plan. Raises UsageError where it is over already or a reason is missing, Refused.
    """
    if not words.strip():
        raise UsageError("Closing a plan alone needs a reason in words.", kept="Nothing was changed.")
    if plan.has_opened and joining(plan.history).ended is not None:
        raise UsageError("This plan was closed already.", kept="Nothing was changed.")
    with signable():
        body = EndBody(reason=reason, words=words)
    _say(workspace, plan, body, party)


_KINDS = {JoinBody: "join", LeaveBody: "leave", StatementBody: "statement", EndBody: "end"}


def _say(
    workspace: Workspace,
    plan: PlanFile,
    body: JoinBody | LeaveBody | StatementBody | EndBody,
    party: Party = "team_member",
) -> str:
    if not plan.has_opened:
        raise UsageError(
            "Nothing of this plan was put forward yet, so there is nothing to say it to.",
            kept="Nothing was changed.",
        )
    made: list[str] = []

    def compose(history: History) -> list[Record]:
        act = Act(plan.id, history, acting_key(workspace, plan, party))
        made.append(act.add(_KINDS[type(body)], body))
        return act.records

    plan.record(compose)
    return made[-1]
