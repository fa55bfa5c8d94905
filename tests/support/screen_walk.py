"""Shows every screen of the app at a real terminal, one after another; run as a program, under a pty.

    python screen_walk.py WORKSPACE PLANS OUT [SCREEN …]

PLANS is the JSON of foreign_plans.ForeignPlans. What was shown is written to OUT: each screen's class and
whether a planted word stood on it; and on which screens the net below the display function caught
something. `SCREENS` says how each comes up; a new screen of the app has to be added there
(tests/tui/test_terminal_bytes.py finds all of them and compares).
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import textual._wait
from foreign_plans import NOTES, TODAY, VALUES, ForeignPlans
from foreign_text import MARK, NAME, PLANTED
from textual.screen import Screen
from tui_hand import Hand

import coach_assist.tui
from coach_assist.tui.app import CoachApp
from coach_assist.tui.escape_net import EscapeNet

BASES = {
    "AnsweredOnce", "Card", "CoachScreen", "PlanScreen", "GuidedScreen", "ByHand",
    "Drafting", "DecidingScreen", "LookingScreen", "Outcomes", "_ClosingTalk",
}  # fmt: skip
"""Classes that only others build on."""
OWN_WORDS = {"CoverScreen", "HelpScreen", "ReceiveScreen", "EvaluationScreen", "TemplateCard", "NoteCard"}
"""Screens on which nobody's text stands (before somebody types one)."""
TYPED_INTO = {"UnitForm", "ExportCard", "ItemForm", "LineCard", "FieldsCard"}
"""Screens with one-line fields, which hold a text as it was typed: there the net has something to catch."""
Make = Callable[[CoachApp, ForeignPlans, str], Screen[Any]]


def screens() -> dict[str, type[Screen[Any]]]:
    """Return every screen class of the app by its name, found by importing all of its modules."""
    found: dict[str, type[Screen[Any]]] = {}
    for module in pkgutil.walk_packages(coach_assist.tui.__path__, "coach_assist.tui."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Screen) and value.__module__ == module.name:
                found[value.__name__] = value
    return {name: one for name, one in found.items() if name not in BASES}


def _of(name: str) -> Any:
    return screens()[name]


def _rewrite(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
    from coach_assist.flows.plan_drafts import drafts_of

    plan = app.plan_file(plans.drafting)
    return _of("RewriteScreen")(plan, next(one for one in drafts_of(plan) if one.kind == "goal"))


def _passphrase(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
    from coach_assist.flows.identity import person

    return _of("PassphraseCard")(app.workspace, person(app.workspace, NAME), NAME)


def _consent(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
    from coach_assist.assistant.provider import Outgoing

    message = {"role": "user", "content": PLANTED}
    return _of("ConsentScreen")(Outgoing("model.example", PLANTED, (message,), PLANTED))


def _reading(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
    from coach_assist.flows.opportunity import opportunity

    return _of("ReadingScreen")(opportunity(app.plan_file(plans.drafting)), NAME, asks=True)


def _template(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
    from coach_assist.flows.templates import template_views

    return _of("TemplateCard")(template_views(TODAY)[0])


def _fields(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
    from coach_assist.tui.widgets.fields_card import Asked

    return _of("FieldsCard")(PLANTED, PLANTED, [Asked("a", PLANTED, PLANTED)], lambda given: None)


def _proposal(app: CoachApp, plans: ForeignPlans) -> Any:
    from coach_assist.flows.decide import undecided

    return next(one for one in undecided(app.plan_file(plans.open), "team_member") if one.kind == "support")


def on(which: str, **given: object) -> Make:
    """Return how a screen of the plan `which` is made: what its constructor asks for, by the names."""

    def make_it(app: CoachApp, plans: ForeignPlans, name: str) -> Screen[Any]:
        made = _of(name)
        said: dict[str, object] = {"plan_id": getattr(plans, which, ""), "party": "manager", "today": TODAY}
        said |= {"text": PLANTED, "title": PLANTED, "words": PLANTED, "headline": PLANTED, "other_name": NAME}
        said |= {"lines": [PLANTED], "notes": NOTES, **given}
        asked = inspect.signature(made.__init__).parameters
        return made(**{one: value for one, value in said.items() if one in asked})

    return make_it


SCREENS: dict[str, Make] = {
    "HomeScreen": on(""),
    "TodayScreen": on(""),
    "InterviewScreen": on("drafting"),
    "DraftScreen": on("drafting"),
    "UnitForm": lambda app, plans, name: _of(name)(
        "goal", PLANTED, VALUES["goal"], {"gap": [("gapgapgap2", PLANTED)]}
    ),
    "RewriteScreen": _rewrite,
    "RewritingScreen": on(""),
    "ExplainCard": on(""),
    "TemplateCard": _template,
    "OpportunityScreen": on("drafting"),
    "ReadingScreen": _reading,
    "HandoverScreen": on("open"),
    "ReviewScreen": on("open", party="team_member"),
    "ReasonCard": on("", verb="Decline"),
    "CommentCard": on(""),
    "CounterCard": lambda app, plans, name: _of(name)(
        _proposal(app, plans), {**VALUES["support"], "who": "x"}
    ),
    "VersionScreen": lambda app, plans, name: _of(name)(
        app.plan_file(plans.open), "team_member", _proposal(app, plans)
    ),
    "AgreedScreen": on("agreed"),
    "SignScreen": on("agreed"),
    "HistoryScreen": on("agreed"),
    "ProgressScreen": on("agreed"),
    "CheckInScreen": on("agreed"),
    "ConfirmScreen": on("agreed"),
    "NotesScreen": on("agreed"),
    "NoteCard": on(""),
    "SummariesScreen": on("agreed"),
    "SummaryDraftScreen": on("agreed"),
    "SummaryNotesScreen": on("agreed"),
    "ItemForm": on("", values={"text": PLANTED, "owner": NAME, "due": "2026-12-10"}, problem=PLANTED),
    "AdaptScreen": on("agreed"),
    "StillTrueScreen": on("agreed"),
    "ClosingScreen": on("agreed"),
    "ClosingPageScreen": on("agreed", party="team_member"),
    "SurveyScreen": on("agreed", party="team_member"),
    "EvaluationScreen": on(""),
    "SearchScreen": on(""),
    "AloneScreen": on("alone"),
    "AloneInterview": on("answering"),
    "ReleaseScreen": on("answering"),
    "DifferScreen": on("alone"),
    "PeopleScreen": on(""),
    "SendScreen": on("agreed"),
    "ReceiveScreen": on(""),
    "PrivacyScreen": on("agreed"),
    "RecordScreen": on("agreed"),
    "ExportCard": lambda app, plans, name: _of(name)(Path("/"), NAME),
    "QuestionCard": lambda app, plans, name: _of(name)(PLANTED, PLANTED, [("a", PLANTED, PLANTED)]),
    "LineCard": on(""),
    "FieldsCard": _fields,
    "PassphraseCard": _passphrase,
    "ConsentScreen": _consent,
    "JoiningScreen": lambda app, plans, name: _of(name)(app.plan_file(plans.agreed)),
    "StatementCard": on(""),
    "CoverScreen": on(""),
    "HelpScreen": lambda app, plans, name: _of(name).of(app.screen, app.focused),
}
"""The class's name → how it is made."""
TYPED = {"SearchScreen": MARK}
"""What is typed on a screen before it shows anything."""
KEYS = (("down", "down", "pagedown"), ("tab", "end"))
"""Pressed on each screen, so that more than its first lines are drawn. None of them confirms anything."""


async def walk(
    app: CoachApp, plans: ForeignPlans, only: list[str], shown: dict[str, bool], pilot: Any
) -> None:
    """Show every screen over the plans, look at it from top to bottom, and take it away again."""
    hand = Hand(app, pilot, [])
    await hand.settle()
    for name in only or SCREENS:
        make = SCREENS[name]
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        app.push_screen(make(app, plans, name))
        await hand.settle()
        reached, seen = {type(one).__name__ for one in app.screen_stack}, hand.seen()
        if name == "InterviewScreen" and hand.asks:
            await hand.choose("Without a model")
        if name in TYPED:
            await hand.write(TYPED[name])
            await hand.press("enter")
        for keys in KEYS:
            await hand.press(*keys)
            reached |= {type(one).__name__ for one in app.screen_stack}
            seen += hand.seen()
        assert name in reached, f"{name} did not come up, but {reached}"
        shown[name] = MARK in seen
    app.say(PLANTED)
    await hand.settle()


def watched_net(app: CoachApp) -> set[str]:
    """Return the screens (as they come) on which the net caught what had passed no display function."""
    caught: set[str] = set()
    apply = EscapeNet.apply

    def watched(self: EscapeNet, segments: Any, background: Any) -> Any:
        given = list(segments)
        passed = apply(self, given, background)
        if passed != given:
            caught.add(type(app.screen).__name__)
        return passed

    EscapeNet.apply = watched  # type: ignore[method-assign]
    return caught


def main() -> None:
    """Walk through the screens of a workspace, and write what was seen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("plans")
    parser.add_argument("out", type=Path)
    parser.add_argument("only", nargs="*")
    given = parser.parse_args()
    from coach_assist.offline import go_offline

    go_offline()
    plans = ForeignPlans(**json.loads(given.plans))
    app = CoachApp(given.workspace)
    app.animation_level = "none"
    textual._wait.SLEEP_GRANULARITY, textual._wait.SLEEP_IDLE = 0.003, 0.001  # as in tests/tui/conftest.py
    caught = watched_net(app)
    shown: dict[str, bool] = {}
    problem = ""

    async def drive(pilot: Any) -> None:
        nonlocal problem
        try:
            await walk(app, plans, given.only, shown, pilot)
        except BaseException as error:
            problem = f"{type(error).__name__}: {error}"
        finally:
            app.exit()

    app.run(auto_pilot=drive)
    said = {"shown": shown, "caught": sorted(caught), "problem": problem}
    given.out.write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    main()
