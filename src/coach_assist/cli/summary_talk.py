"""Going through a summary at a terminal, item by item; putting it forward; answering one that waits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from coach_assist.cli.numbered import ask_choice, ask_line, ask_yes, say, say_texts
from coach_assist.errors import UsageError
from coach_assist.shown import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach_assist.agreement.summary_bodies import ItemKind
    from coach_assist.flows.summary_draft import DraftItem, SummaryDraft
    from coach_assist.flows.summary_share import SummaryView
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace

QUOTE_WIDTH = 160


def say_rest(draft: SummaryDraft) -> None:
    """Say how it was made, which lines are in no item, and what was left out or dropped."""
    from coach_assist.cli.summary_lines import ranges

    how = {
        "model": "Worded by the model, held against your lines by code.",
        "rules": "An extract by rules (no model): dates, actions, numbers and the lines they stand in.",
    }
    say(how[draft.method])
    if draft.failed:
        say(f"The model did not do all of it: {draft.failed} The rest is by rules.")
    if draft.dropped:
        say(f"Dropped: {draft.dropped} items of the model that your lines do not bear out.")
    for reason in dict.fromkeys(why for _, why in draft.withheld):
        lines = ranges(line for line, why in draft.withheld if why == reason)
        say(f"Left out on purpose, {reason}: lines {lines}.")
    if draft.unsaid:
        say(f"In no item: lines {ranges(draft.unsaid)}.")


def go_through(workspace: Workspace, plan: PlanFile, party: Party) -> bool:
    """Ask of each item whether it is kept, changed or dropped; then put it forward if the person says so.

    Return whether it was put forward. What was decided is kept, and the same command goes on with it.
    """
    from coach_assist.flows.summary_draft import drop_summary, summary_draft

    while True:
        draft = summary_draft(plan, party)
        assert draft is not None
        item = next((one for one in draft.items if one.state == "open"), None)
        if item is None:
            break
        if not _ask_item(plan, party, draft, item):
            return False
    draft = _take_in(plan, party, draft)
    if not draft.kept:
        say("Nothing of it was kept.")
        if ask_yes("Delete this summary?"):
            drop_summary(plan, party)
        return False
    _adjust(workspace, plan, party, draft)
    return _put(workspace, plan, party)


def answer_waiting(workspace: Workspace, plan: PlanFile, party: Party, view: SummaryView) -> None:
    """Show a summary that waits, whole, and ask for this party's answer."""
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.summary_share import answer_summary, waiting_words

    say(f"{waiting_words(view)}.")
    for line in view_lines(view):
        say(line)
    say("Accepting it changes nothing that is agreed. Its next actions count as next steps of the plan then.")
    choice = ask_choice((("accept", "accept it"), ("decline", "decline it"), ("later", "leave it for now")))
    if choice == "later":
        return
    unlock_for(workspace, plan, party)
    both = answer_summary(
        workspace, plan, party, view.id, view.shown, "accept" if choice == "accept" else "decline"
    )
    said = {"accept": "Accepted.", "decline": "Declined. It counts for nothing."}[choice]
    say(f"{said} Both have accepted it now." if both else said)


def view_lines(view: SummaryView) -> list[str]:
    """Return a summary's items as lines, each with the lines that it quotes."""
    lines = []
    for item in view.items:
        lines.append(_item_line(item.kind_words, item.text, item.owner, item.due, item.goal))
        lines += [f"    {number}: {shortened(text, QUOTE_WIDTH)}" for number, text in item.quotes]
    return lines


def _item_line(kind: str, text: str, owner: str | None, due: str | None, goal: str | None) -> str:
    notes = [f"owner: {owner}"] if owner else []
    notes += [f"due: {due}"] if due else []
    notes += [f"goal: {shortened(goal, 60)}"] if goal else []
    return f"  {kind}: {text}" + (f" ({'; '.join(notes)})" if notes else "")


def _ask_item(plan: PlanFile, party: Party, draft: SummaryDraft, item: DraftItem) -> bool:
    """Ask of one item; return False where the person leaves."""
    from coach_assist.flows.follow_facts import about_words, facts_of
    from coach_assist.flows.summary_draft import BY_WORDS, KIND_WORDS, edit_item, mark_item

    say()
    say(f"{draft.items.index(item) + 1} of {len(draft.items)}, {BY_WORDS[item.by]}")
    goal = about_words(facts_of(plan), item.goal) if item.goal else None
    say(_item_line(KIND_WORDS[item.kind], item.text, item.owner, item.due, goal))
    for number, text in item.quotes:
        say(f"    {number}: {shortened(text, QUOTE_WIDTH)}")
    choices = (
        ("keep", "keep it"),
        ("change", "change it"),
        ("drop", "drop it"),
        ("leave", "leave, go on later"),
    )
    match ask_choice(choices):
        case "keep":
            mark_item(plan, party, item.id, "kept")
        case "drop":
            mark_item(plan, party, item.id, "dropped")
        case "change":
            try:
                edit_item(
                    plan, party, item.id,
                    text=ask_line("Text (Enter keeps it)", item.text),
                    owner=_or_none(ask_line("Who (Enter keeps it, - for nobody)", item.owner or "")),
                    due=_or_none(ask_line("By which day (Enter keeps it, - for none)", item.due or "")),
                )  # fmt: skip
            except UsageError as error:
                say(str(error))
        case _:
            say("Kept in your drawer; nobody else sees it.")
            return False
    return True


def _take_in(plan: PlanFile, party: Party, draft: SummaryDraft) -> SummaryDraft:
    """Let the person take lines in that are in no item; return the summary as it is then."""
    from coach_assist.flows.summary_draft import KIND_WORDS, add_lines
    from coach_assist.flows.summary_words import line_numbers

    while draft.uncovered:
        say()
        say("In no item:")
        for number in draft.uncovered:
            say(f"    {number}: {shortened(draft.line(number), QUOTE_WIDTH)}")
        typed = ask_line("Lines to take in, such as 4,9-11, or Enter for none").strip()
        if not typed:
            break
        try:
            lines = line_numbers(typed)
            kind = ask_choice([(kind, words.lower()) for kind, words in KIND_WORDS.items()], "What are they")
            draft = add_lines(plan, party, lines, cast("ItemKind", kind))
        except UsageError as error:
            say(str(error))
    return draft


def _or_none(typed: str) -> str:
    return "" if typed.strip() == "-" else typed


def _adjust(workspace: Workspace, plan: PlanFile, party: Party, draft: SummaryDraft) -> None:
    """Offer to make an amendment of each suggested adjustment that was kept."""
    from coach_assist.cli.edit_value import edit_value
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.adjustments import adjustment_of, draft_of_adjustment, put_adjustment
    from coach_assist.flows.settings import settings
    from coach_assist.flows.show import unit_views
    from coach_assist.flows.summary_draft import settle_item
    from coach_assist.flows.unit_fields import fields_of

    for item in draft.kept:
        if item.kind != "adjustment" or item.settled:
            continue
        found = adjustment_of(plan, item, date.fromisoformat(draft.day))
        say()
        say(f"Suggested adjustment: {item.text}")
        units = unit_views(plan.state.agreed, plan.state)
        unit = found.unit
        if unit is not None:
            say(f"It seems to be about: {unit.kind_words}: {unit.headline}")
        choices = [("this", "propose a change of it")] if unit is not None else []
        choices += [
            ("other", "propose a change of another part"),
            ("leave", "leave it as a line of the summary"),
        ]
        way = ask_choice(choices)
        if way == "leave":
            settle_item(plan, party, item.id)
            continue
        value = found.value if way == "this" else None
        if way == "other":
            names = [
                (str(number), f"{one.kind_words}: {shortened(one.headline, 60)}")
                for number, one in enumerate(units)
            ]
            unit = units[int(ask_choice(names, "Which part"))]
        assert unit is not None
        if value is not None:
            say("Its new text would be:")
            say_texts(fields_of(unit.kind, value))
            if ask_choice((("take", "take that"), ("edit", "write it differently"))) == "edit":
                value = edit_value(unit.kind, value, settings().editor)
        else:
            value = edit_value(unit.kind, dict(unit.value), settings().editor)
        if value is None:
            continue
        try:
            change = draft_of_adjustment(plan, party, unit.unit, value)
            unlock_for(workspace, plan, party)
            made = put_adjustment(workspace, plan, party, change, item)
        except UsageError as error:
            say(str(error))
            continue
        settle_item(plan, party, item.id)
        say(
            "Put forward as a change. Nothing is agreed by that: both of you decide on it."
            if made
            else "It is agreed already."
        )


def _put(workspace: Workspace, plan: PlanFile, party: Party) -> bool:
    from coach_assist.cli.guard_lines import say_guard
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.summary_draft import summary_draft
    from coach_assist.flows.summary_share import put_summary

    draft = summary_draft(plan, party)
    assert draft is not None
    say()
    say("Both will see these items and the lines of your notes that they quote:")
    for line in _kept_lines(draft.kept):
        say(line)
    say_guard(text for item in draft.kept for text in (item.text, *(quote for _, quote in item.quotes)))
    own = all(item.by != "model" for item in draft.kept)
    said = (
        "You accept it by that."
        if own
        else "It accepts nothing: the model worded some of it, so you both answer it."
    )
    if not ask_yes(f"Put it forward? {said}"):
        say("It stays in your drawer.")
        return False
    unlock_for(workspace, plan, party)
    put_summary(workspace, plan, party)
    say("Put forward. It counts once both of you have accepted it.")
    return True


def _kept_lines(items: Sequence[DraftItem]) -> list[str]:
    from coach_assist.flows.summary_draft import KIND_WORDS

    lines = []
    for item in items:
        lines.append(_item_line(KIND_WORDS[item.kind], item.text, item.owner, item.due, None))
        lines += [f"    {number}: {shortened(text, QUOTE_WIDTH)}" for number, text in item.quotes]
    return lines
