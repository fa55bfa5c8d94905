"""R: rules about what a goal is for."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.goal import Goal
from coach_assist.checker.registry import Spot, register


def _caused(goal: Goal, code: str) -> Iterator[tuple[int, int]]:
    judgement = goal.judgements["R"]
    if judgement.cause == code:
        yield goal.s.offsets(judgement.first, judgement.last) if judgement.first >= 0 else goal.s.whole()


@register("R401", "no-stated-link", "note", on=False, explains=True)
def no_link(goal: Goal) -> Iterator[Spot]:
    """No link to a purpose.

    Flags: a goal that says neither in its text nor in its context what it is for. Off by default: in a plan
    the link stands elsewhere.
    Why: a goal whose use nobody sees is the first to be dropped.
    Source: Doran 1981; USF HR ("do … in order to …").
    Good: Learn enough French to take orders so that our Lyon customers get answers on the same day
    Good: Learn Polish @ {"relevance": "a third of our patients speak it"}
    Good: Hand over the monthly forecast to Kim @ {"focus": "Delegation"}
    Bad: Learn Polish
    Bad: Write the manual
    Bad: Close five deals
    """
    for start, end in _caused(goal, "R401"):
        yield Spot(start, end, "what is it for?")


@register("R402", "empty-purpose", "warning", explains=True)
def empty(goal: Goal) -> Iterator[Spot]:
    """A purpose that says nothing.

    Flags: in order to improve, so that I am successful.
    Why: it has the form of a reason without being one.
    Source: own; USF HR asks for the organisation's goal after "in order to".
    Good: Attend the course in order to take over the payroll run
    Good: Attend the course so that the team can cover absences
    Good: Attend the course
    Bad: Attend the course in order to improve
    Bad: Attend training so that I can be better
    Bad: Read the manual in order to be successful
    """
    for start, end in _caused(goal, "R402"):
        yield Spot(start, end, "a purpose that says nothing: who or what gets better?")


@register("R403", "circular-purpose", "warning", explains=True)
def circular(goal: Goal) -> Iterator[Spot]:
    """A purpose that repeats the goal.

    Flags: learn SQL so that I know SQL.
    Why: it explains nothing.
    Source: own.
    Good: Learn SQL so that the weekly report needs no help from IT
    Good: Improve the briefing so that the night shift starts on time
    Good: Read the code of practice in order to lead the audit
    Bad: Learn SQL so that I know SQL
    Bad: Improve delegation in order to delegate better
    Bad: Increase sales in order to increase sales
    """
    for start, end in _caused(goal, "R403"):
        yield Spot(start, end, "the purpose repeats the goal")


@register("R404", "keyword-list", "warning", explains=True)
def keywords(goal: Goal) -> Iterator[Spot]:
    """Company words in a row.

    Flags: team, customer, business, strategy … strung together without saying what changes for whom.
    Why: it sounds relevant and links to nothing.
    Source: own trap list: open checkers accept such lists.
    Good: Answer team and customer questions in the shared inbox before noon
    Good: Present the roadmap to customers and partners
    Good: Support the two new colleagues in their first audit
    Bad: Support the department and clients
    Bad: Align business, team, customers and strategy
    Bad: Focus on customers, quality and growth
    """
    for start, end in _caused(goal, "R404"):
        yield Spot(start, end, "company words in a row: what changes, and for whom?")


@register("R405", "area-mismatch", "warning", preview=True, explains=True)
def mismatch(goal: Goal) -> Iterator[Spot]:
    """A goal that does not match the development area.

    Flags: a goal whose topic is another one than that of the plan's area, by word lists of topics.
    Why: it may be a good goal for another plan.
    Source: own; only where both topics are known, so it is quiet.
    Good: Hand over the monthly forecast to Kim @ {"focus": "Delegation"}
    Good: Present the roadmap to the board @ {"focus": "Presenting to senior people"}
    Good: Write the handover checklist @ {"focus": "Delegation"}
    Bad: Run the Rome marathon @ {"focus": "Delegation"}
    Bad: Learn Polish @ {"focus": "Data analysis"}
    Bad: Write the forecast for the budget @ {"focus": "Public speaking"}
    """
    if goal.judgements["R"].cause == "R405":
        start, end = goal.s.whole()
        yield Spot(start, end, "this does not seem to serve the development area of the plan")
