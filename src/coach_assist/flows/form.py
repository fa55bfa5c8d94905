"""The form for a member who can install nothing. Returned answers count once that person confirmed them."""

from __future__ import annotations

from pydantic import JsonValue

from coach_assist.errors import UsageError
from coach_assist.exchange.form import form_markdown, read_form
from coach_assist.flows.joining import join_page, refuse_if_over
from coach_assist.flows.open_plan import names
from coach_assist.flows.own_drawer import OwnDrawer
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.interview.answers import Answer
from coach_assist.interview.questions import PathName, Question, questions_of
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

_RETURNED = "form."


def make_form(plan: PlanFile, party: Party, path: PathName) -> str:
    """Return the Markdown form for one party. Raises Refused where the plan is over."""
    refuse_if_over(plan)
    return form_markdown(_questions(path), names(plan)[party] or PARTY_WORDS[party], join_page(plan).text)


def take_form(plan: PlanFile, party: Party, data: bytes) -> dict[str, Answer]:
    """Keep the answers of a returned form apart, until that person confirms them; return them.

    They are in no drawer of answers yet: nothing is drafted, released or compared of them. Raises
    UsageError with every fault in the file, Refused.
    """
    refuse_if_over(plan)
    found = read_form(data, _questions("full"))
    for question, answer in found.items():
        plan.partials.put(party, f"{_RETURNED}{question}", _as_json(answer))
    return found


def returned(plan: PlanFile, party: Party) -> dict[str, Answer]:
    """Return the answers that wait for this person to confirm them."""
    found: dict[str, Answer] = {}
    for entry in plan.partials.all(party):
        if entry.question.startswith(_RETURNED):
            value = entry.value
            answer = tuple(str(one) for one in value) if isinstance(value, list) else str(value)
            found[entry.question.removeprefix(_RETURNED)] = answer
    return found


def confirm_returned(
    workspace: Workspace, plan: PlanFile, party: Party, question: str, *, keep: bool
) -> None:
    """Take one returned answer into that person's own drawer, or throw it away (`keep` False).

    Only the person at a hand-over may say so. Raises UsageError where nothing waits, Refused.
    """
    answer = returned(plan, party).get(question)
    if answer is None:
        raise UsageError("No returned answer waits for this question.", kept="Nothing was changed.")
    if keep:
        OwnDrawer(workspace, plan, party).put(question, _as_json(answer))
    plan.partials.delete(party, f"{_RETURNED}{question}")


def _questions(path: PathName) -> tuple[Question, ...]:
    return tuple(asked for asked in questions_of(path) if asked.id not in PARTIES)


def _as_json(answer: Answer) -> JsonValue:
    return answer if isinstance(answer, str) else list(answer)
