"""The review beside deciding: comments, filters, the agenda, taking back, and another version for oneself."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from plan_maker import goal, named_plan
from scripted_drafting import OBSERVED, drafting_server
from scripted_server import Script, ScriptedServer, streamed

from coach_assist.errors import ModelError
from coach_assist.flows import decide
from coach_assist.flows.another import kept_version
from coach_assist.flows.comment import comment
from coach_assist.flows.history_words import history_words
from coach_assist.flows.propose import put_forward
from coach_assist.tui.review.messages import Decided, VersionReady
from coach_assist.workspace.store import Workspace

GOOD = "Cut the queue at the till from 9 to 5 minutes by 30 June 2027"
VAGUE = "Communicate better"
IDEA = {**{name: OBSERVED[name] for name in ("occasions", "action", "times", "evidence")},
        "occasions": "standups", "action": "let the others finish before answering"}  # fmt: skip
NASTY = "[@click=app.quit]x[/] [/b] \x1b[31mred\x1b]0;title\x07 \x9b2J \u202eabc"
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def two_goals(root: Path) -> str:
    workspace = Workspace(root)
    with named_plan(workspace) as plan:
        put_forward(workspace, plan, "team_member", [goal(VAGUE), goal(GOOD)], accept_own=False)
        return plan.id


async def sit_down_as(hand, name: str) -> None:
    await hand.press("o")
    await hand.choose(f"I am {name}, and I go on")
    if hand.place == "JoiningScreen":
        await hand.choose("I take part")
    assert hand.place == "ReviewScreen"
    await read_to_the_end(hand)


async def read_to_the_end(hand) -> None:
    for _ in range(20):
        if not hand.app.screen.was_whole:
            await hand.press("space")
    assert hand.app.screen.was_whole


async def to_the_good_one(hand) -> None:
    await hand.press("down")
    await read_to_the_end(hand)


@asynccontextmanager
async def model(hand, **answers: object) -> AsyncIterator[ScriptedServer]:
    """Let the app's desk hand out a scripted server."""
    async with drafting_server(**answers) as (provider, server):

        async def given():
            return provider

        async def ready(**_options: object) -> None:
            return None

        hand.app.desk.provider, hand.app.desk.prepare = given, ready
        yield server


async def test_a_comment_is_read_under_the_proposal_and_decides_nothing(seat, two_goals, root):
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Bo")
        await hand.press("k")
        assert hand.place == "CommentCard" and "decides nothing" in hand.seen()
        await hand.press("escape")
        assert hand.place == "ReviewScreen"
        await hand.press("k")
        await hand.press("ctrl+n")
        assert hand.place == "CommentCard" and "nothing in it yet" in hand.seen()
        await hand.paste(f"Better than {NASTY}?")
        await hand.press("escape")
        assert hand.place == "CommentCard" and "not kept yet" in hand.seen()
        await hand.press("ctrl+n")
        assert hand.place == "ReviewScreen" and "Comments" in hand.seen() and "Better than" in hand.seen()
        assert not ESCAPES.search(hand.raw().replace("\n", ""))
        assert "2 to decide" in hand.seen() and hand.got(Decided) == []
        with Workspace(root).open(two_goals) as plan:
            (said,) = [one for proposal in plan.state.proposals.values() for one in proposal.comments]
            assert said.text == f"Better than {NASTY}?" and said.by == "manager"
            assert plan.state.waits_for("manager") and len(plan.state.waits_for("team_member")) == 2
        await hand.press("k")
        await hand.choose("Erase mine")
        assert hand.place == "ReviewScreen" and "Better than" not in hand.seen()
        with Workspace(root).open(two_goals) as plan:
            assert any("comment, text erased by Bo" in one.what for one in history_words(plan.history))


async def test_filters_show_their_count_and_an_empty_one_says_so(seat, two_goals, root):
    async with seat(80, 24) as hand:
        await sit_down_as(hand, "Bo")
        assert "all: 2" in hand.seen()
        await hand.press("a")  # a vague goal: one more key, and it is recorded
        assert hand.place == "QuestionCard" and "Accept it with this?" in hand.seen()
        await hand.press("escape")
        assert hand.got(Decided) == []
        await hand.press("a")
        await hand.choose("Accept it as it is")
        assert [one.decision for one in hand.got(Decided)] == ["accept"]
        seen = []
        for _ in range(5):
            await hand.press("slash")
            seen.append(next(line for line in hand.seen().splitlines() if "S shows all" in line))
        for line, words in zip(
            seen, ("waits for me: 1", "waits for the other: 2", "conflicts: 0", "open findings: 1",
                   "agreed, not signed: 0"), strict=True,
        ):  # fmt: skip
            assert words in line
        assert "Nothing is agreed that is not signed" in hand.seen()
        await hand.press("s")
        assert "all: 2" in hand.seen() and "S shows all" not in hand.seen()
        with Workspace(root).open(two_goals) as plan:
            bodies = [event.body for event in plan.history.events.values() if event.kind == "decide"]
            assert bodies[0].acknowledged and all(code != "" for code in bodies[0].acknowledged)


async def test_what_is_ones_own_can_be_taken_back(seat, two_goals, root):
    workspace = Workspace(root)
    with workspace.open(two_goals) as plan:
        for party in ("team_member", "manager"):
            good = next(one for one in decide.undecided(plan, party) if one.headline == GOOD)
            decide.accept(workspace, plan, party, good.id, good.shown)
    async with seat(120, 40) as hand:
        await sit_down_as(hand, "Noor")
        for _ in range(5):
            await hand.press("slash")
        assert "agreed, not signed: 1" in hand.seen() and "✓ Goal" in hand.seen()
        await hand.press("a", "d", "t", "m", "k")  # nothing of this is possible here
        assert hand.place == "ReviewScreen"
        await hand.press("w")
        assert "no longer agreed" in hand.seen()
        await hand.press("escape")
        with Workspace(root).open(two_goals) as plan:
            assert len(plan.state.agreed) == 1
        await hand.press("w")
        await hand.write("Too early")
        await hand.press("enter")
        assert [(one.party, one.decision) for one in hand.got(Decided)] == [("team_member", "withdraw")]
        with Workspace(root).open(two_goals) as plan:
            assert plan.state.agreed == {}
            (taken,) = [one for one in plan.state.proposals.values() if one.status == "withdrawn"]
            assert taken.reasons == {"team_member": "Too early"}
        await hand.press("s", "w")  # Noor put the other one forward, too
        assert "Withdraw your proposal" in hand.seen()


async def test_one_can_look_again_when_nothing_is_left_to_decide(seat, two_goals, root):
    workspace = Workspace(root)
    with workspace.open(two_goals) as plan:
        for party in ("team_member", "manager"):
            for one in decide.undecided(plan, party):
                codes = frozenset(one.to_acknowledge)
                decide.accept(workspace, plan, party, one.id, one.shown, acknowledged=codes)
        assert len(plan.state.agreed) == 2
    async with seat(60, 20) as hand:
        hand.app.open_plan(two_goals, "handover")
        await hand.settle()
        await hand.choose("I am Bo, and I look again")
        assert hand.place == "ReviewScreen" and "Nothing is left" in hand.seen()
        assert "Nothing is open." in hand.seen()
        await hand.press("slash", "slash", "slash", "slash", "slash", "w", "enter")
        assert [one.decision for one in hand.got(Decided)] == ["withdraw"]
        assert hand.place == "ReviewScreen"
    with workspace.open(two_goals) as plan:
        assert len(plan.state.agreed) == 1


async def test_the_agenda_is_a_list_that_leads_to_its_proposals(seat, two_goals):
    async with seat(80, 24) as hand:
        await sit_down_as(hand, "Bo")
        await hand.press("g")
        assert "Nothing is on the agenda yet" in hand.seen()
        await to_the_good_one(hand)
        await hand.press("t")
        await hand.press("slash", "slash", "slash")
        await hand.press("g")
        assert hand.place == "QuestionCard" and "Bo: let us talk" in hand.seen()
        await hand.choose("Cut the queue")
        assert hand.app.screen._chosen.headline == GOOD and "all: 2" in hand.seen()
        await hand.press("x")
        assert "Where this comes from" in hand.seen()


async def test_another_version_is_private_can_be_changed_and_becomes_a_counter(seat, two_goals, root):
    async with seat(120, 40) as hand, model(hand, ObservedGoal=IDEA) as server:
        await sit_down_as(hand, "Bo")
        await hand.press("m")
        await hand.until(lambda: hand.got(VersionReady) != [], "the version")
        assert hand.place == "VersionScreen" and "[+" in hand.seen() and "let the others" in hand.seen()
        with Workspace(root).open(two_goals) as plan:
            count = len(plan.history.events)
            assert kept_version(plan, "manager", hand.app.screen._view.id) is not None
            assert plan.drafts.of_plan() == ()
        await hand.press("enter")  # no stray Enter puts it forward
        assert hand.place == "VersionScreen" and hand.got(Decided) == []
        await hand.press("escape", "m")  # it was kept, and nobody asks again
        assert hand.place == "VersionScreen" and len(server.received) == 1
        await hand.press("e")
        await hand.write(" at Bo's")
        await hand.press("ctrl+n")
        assert "You have changed it" in hand.seen()
        await hand.press("c")
        (decided,) = hand.got(Decided)
        assert decided.decision == "counter"
        with Workspace(root).open(two_goals) as plan:
            assert len(plan.history.events) == count + 3 and plan.drafts.all() == ()
            (made,) = [one for one in plan.state.proposals.values() if one.counters]
            assert made.origin == "person" and made.decisions["manager"] == "accept"
            assert made.decisions["team_member"] is None and plan.state.agreed == {}


async def test_escape_stops_the_model_and_without_one_the_rules_write(seat, two_goals, root):
    held = Script([*streamed(json.dumps(IDEA))[:2], 60.0])
    async with seat(80, 24) as hand:
        async with model(hand, ObservedGoal=held):
            await sit_down_as(hand, "Bo")
            await hand.pilot.press("m")
            await hand.until(lambda: "tokens" in hand.seen(), "the model's first words")
            await hand.press("escape")
            assert hand.place == "ReviewScreen" and hand.got(VersionReady) == []
        with Workspace(root).open(two_goals) as plan:
            assert plan.drafts.all() == () and len(plan.calls.all()) == 1

        async def none():
            raise ModelError("There is no model here.", next_step="Fetch it later.")

        hand.app.desk.provider = none
        await hand.press("m")
        assert "There is no model here." in hand.seen() and "By rules" in hand.seen()
        assert "[+" in hand.seen()
        await hand.press("c")  # the rules' text is only put forward
        with Workspace(root).open(two_goals) as plan:
            (made,) = [one for one in plan.state.proposals.values() if one.counters]
            assert made.decisions == {"manager": None, "team_member": None} and made.origin == "model"
        await hand.press("up", "up", "m", "d")
        with Workspace(root).open(two_goals) as plan:
            assert plan.drafts.all() == ()


async def test_reading_alone_comments_and_asks_nothing(seat, two_goals, root):
    workspace = Workspace(root)
    with workspace.open(two_goals) as plan:
        view = decide.undecided(plan, "team_member")[0]
        comment(workspace, plan, "team_member", view.id, view.shown, "Read this first")
        count = len(plan.history.events)
    async with seat(60, 20) as hand:
        await hand.press("o")
        await hand.choose("I am Bo, and I will read this alone first")
        for key in ("k", "m", "w", "a"):
            await hand.press(key)
            assert hand.place == "ReviewScreen"
        await hand.press("slash")
        assert "Reading alone" in hand.seen()
    with workspace.open(two_goals) as plan:
        assert len(plan.history.events) == count
