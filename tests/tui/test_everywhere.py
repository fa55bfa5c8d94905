"""What works on every screen: help, palette, own keys, themes, copy and save, small windows, NO_COLOR."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from plan_maker import goal, named_plan
from textual.binding import Binding
from textual.screen import Screen

import coach_assist.tui
from coach_assist.flows.plan_drafts import save_draft
from coach_assist.flows.propose import put_forward
from coach_assist.tui.app import CoachApp
from coach_assist.workspace.store import Workspace

GOAL = "Cut the queue at the till from 9 to 5 minutes by 30 June 2027"


@pytest.fixture
def plan_id(root: Path) -> str:
    workspace = Workspace(root)
    with named_plan(workspace) as plan:
        put_forward(workspace, plan, "team_member", [goal(GOAL)], accept_own=False)
        save_draft(plan, None, "support", {"what": "Free an hour"})
        return plan.id


def screens() -> list[type[Screen]]:
    for module in pkgutil.walk_packages(coach_assist.tui.__path__, "coach_assist.tui."):
        importlib.import_module(module.name)
    found, wanted = set(), [Screen]
    while wanted:
        for kind in wanted.pop().__subclasses__():
            found.add(kind)
            wanted.append(kind)
    return sorted(
        (kind for kind in found if kind.__module__.startswith("coach_assist")), key=lambda kind: kind.__name__
    )


def test_every_binding_has_an_id_and_words():
    owners = [CoachApp, *screens()]
    assert len(owners) > 12
    for owner in owners:
        for binding in owner.__dict__.get("BINDINGS", []):
            assert isinstance(binding, Binding) and binding.id and binding.description, (owner, binding)


def test_every_screen_says_what_it_is_for():
    for kind in screens():
        is_shown = not kind.__subclasses__()  # what others build on is no screen by itself
        if is_shown and kind.__name__ not in {"CoverScreen", "HelpScreen"}:
            assert len(getattr(kind, "ABOUT", "")) > 40, kind


async def test_help_says_what_a_screen_is_for_and_its_keys(seat, plan_id):
    async with seat(80, 40) as hand:
        await hand.press("f1")
        assert "Your plans on this machine" in hand.seen() and "New plan" in hand.seen()
        await hand.press("f1")
        assert hand.place == "HomeScreen"
        hand.app.open_plan(plan_id, "draft")
        await hand.press("f1")
        assert "Drafts are yours" in hand.seen() and "Put forward" in hand.seen()


async def test_the_palette_holds_every_action_that_applies(seat, plan_id):
    async with seat(100, 40) as hand:
        hand.app.open_plan(plan_id, "draft")
        await hand.settle()
        commands = {command.title for command in hand.app.get_system_commands(hand.app.screen)}
        shown = {
            active.binding.description
            for active in hand.app.screen.active_bindings.values()
            if active.enabled and active.binding.id
        }
        assert shown <= commands and {"Put forward", "Add", "Help", "Cover", "Interview"} <= commands


async def test_own_keys_from_the_settings(seat, own_home, monkeypatch):
    from coach_assist.workspace.settings_file import settings_path

    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('theme = "coach-light"\n[keymap]\n"home.new" = "b"\n', encoding="utf-8")
    async with seat() as hand:
        assert hand.app.theme == "coach-light"
        assert "b New plan" in hand.seen()
        await hand.press("b")
        await hand.choose("Development")
        await hand.choose("I am not the team member")
        assert hand.asks or hand.place == "InterviewScreen"


async def test_broken_settings_are_said_and_the_app_opens(seat):
    from coach_assist.workspace.settings_file import settings_path

    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("theme = [", encoding="utf-8")
    async with seat() as hand:
        assert hand.place == "HomeScreen" and "start with the defaults" in hand.words()


async def test_save_writes_the_shown_text_for_its_owner_only(seat, plan_id, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with seat(120, 40) as hand:
        hand.app.open_plan(plan_id, "draft")
        await hand.press("ctrl+s")
        (path,) = tmp_path.iterdir()
        assert "Free an hour" in path.read_text(encoding="utf-8") and path.stat().st_mode & 0o777 == 0o600
        await hand.press("ctrl+y")
        assert "Sent to the terminal's clipboard" in hand.seen() and "copied" not in hand.seen().lower()


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_place_shows_what_matters_at_every_size(seat, plan_id, width, height):
    async with seat(width, height) as hand:
        assert "Plan of Noor" in hand.seen() and "f1 Help" in hand.seen()
        hand.app.open_plan(plan_id, "draft")
        await hand.settle()
        assert "Free an hour" in hand.seen() and "p Put forward" in hand.seen() and "f1 Help" in hand.seen()
        await hand.press("e")
        assert "What" in hand.seen() and "Keep" in hand.seen()
        await hand.press("escape")
        hand.app.open_plan(plan_id, "handover")
        await hand.settle()
        await hand.choose("I am Bo, and I go on")
        assert "Cut the queue" in hand.seen() and "a Accept" in hand.seen() and "f1 Help" in hand.seen()


async def test_a_window_that_changes_its_size_keeps_its_place(seat, plan_id):
    async with seat(120, 40) as hand:
        hand.app.open_plan(plan_id, "draft")
        await hand.settle()
        await hand.pilot.resize_terminal(60, 20)
        await hand.settle()
        assert hand.place == "DraftScreen" and "Free an hour" in hand.seen()
        await hand.pilot.resize_terminal(120, 40)
        await hand.settle()
        assert "Free an hour" in hand.seen()


async def test_without_colour_everything_has_signs_and_words(seat, plan_id, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with seat(120, 40) as hand:
        hand.app.open_plan(plan_id, "handover")
        await hand.settle()
        await hand.choose("I am Bo, and I go on")
        assert "●" in hand.seen() and "to decide" in hand.seen()


async def test_a_theme_that_was_chosen_is_there_next_time(seat):
    async with seat() as hand:
        assert hand.app.theme == "coach-dark"
        await hand.press("ctrl+t")
        assert hand.app.theme == "coach-light"
    async with seat() as hand:
        assert hand.app.theme == "coach-light"
