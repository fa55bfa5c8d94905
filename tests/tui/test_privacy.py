"""Privacy in the app: the mark, the names, protected words, what would be sent, the records, the notice."""

from __future__ import annotations

import json

from plan_maker import named_plan

from coach_assist.assistant.calls import CallRecord
from coach_assist.flows import policy as policies
from coach_assist.flows.ai_record import CallKeeper
from coach_assist.flows.loose_record import PRINTED, LooseKeeper, loose_record
from coach_assist.flows.plan_privacy import local_only, other_people
from coach_assist.workspace.store import Workspace

CALL = CallRecord("goal_measured", "3", "embedded", 812, 640, 96, 4.21, 1, "stop")
ANSWERS = {
    "team_member": "Nadia Brandt", "manager": "Tom Okafor", "development_area": "Nadia plans tours",
    "current_state": "6 of 20 tours changed; some said so", "goal": ["Nadia gets better at planning"],
    "why": "Trucks", "obstacle": "She is pregnant", "support": "Tom closes the desk", "cadence": "Fridays",
}  # fmt: skip


def a_plan(root) -> str:
    with named_plan(Workspace(root)) as plan:
        for question, value in ANSWERS.items():
            plan.answers.put("joint", question, value)
        keeper = CallKeeper(plan, "this machine")
        for number in range(3):
            keeper.called(f"goal:{number}", CALL)
        keeper.made("goal:0", "goalgoal22", "goal", "model")
        return plan.id


async def test_what_may_go_where_is_shown_and_changed(seat, root, monkeypatch, tmp_path):
    identity = a_plan(root)
    policy = tmp_path / "policy.toml"
    policy.write_text('organisation = "Northwind"\n[model]\nallowed_endpoints = []\n', encoding="utf-8")
    monkeypatch.setenv(policies.POLICY_VARIABLE, str(policy))
    async with seat() as hand:
        await hand.press("p")
        assert "Any model: a remote one only where you chose it" in hand.app.screen.text_of_screen()
        await hand.press("enter")
        with Workspace(root).open(identity) as plan:
            assert local_only(plan)
        assert "local only" in hand.seen()
        await hand.press("down", "a")
        await hand.write("Marta")
        await hand.press("enter")
        assert "listed by you" in hand.seen()
        await hand.press("x", "enter")
        await hand.press("a", "enter")
        assert "A name is needed" in hand.seen()
        await hand.press("escape")
        with Workspace(root).open(identity) as plan:
            assert other_people(plan) == ()
        await hand.press("down")
        assert "answer: obstacle" in hand.seen() and "pregnant" in hand.seen()
        await hand.press("down", "enter")
        page = hand.app.screen.text_of_screen()
        assert "No remote model is set, so nothing goes anywhere" in page
        assert '"messages":' in page and "PersonA" in page and "Nadia" not in page and "Okafor" not in page
        await hand.press("down", "down")
        assert "Northwind" in hand.seen() and "model.allowed_endpoints" in hand.seen()
        await hand.press("end")
        assert "What the AI does in your plan" in hand.seen() and "**" not in hand.seen()
        await hand.press("escape")
        assert hand.place == "HomeScreen"


async def test_the_record_reads_at_80_columns_and_is_saved(seat, root, monkeypatch, tmp_path):
    identity = a_plan(root)
    monkeypatch.chdir(tmp_path)
    with LooseKeeper(root, "this machine") as keeper:
        keeper.called("rewrite:0", CALL)
        keeper.became("rewrite:0", "goal", PRINTED)
    async with seat(80, 24) as hand:
        hand.app.open_plan(identity, "agreed")
        await hand.settle()
        await hand.press("p", "down", "down", "down", "down", "enter")
        assert hand.place == "RecordScreen"
        seen = hand.seen()
        assert all(words in seen for words in ("When", "For what", "Tokens", "What became of it", "goal 3"))
        assert all(len(line) <= 80 for line in seen.splitlines())
        await hand.press("home")
        assert "Goal goalgoal22: not kept" in hand.seen()
        await hand.press("e", "enter")
        data = json.loads((tmp_path / f"ai-record-{identity[:6]}.json").read_text(encoding="utf-8"))
        assert len(data["calls"]) == 3 and "Nadia" not in json.dumps(data)
        await hand.press("e", "enter")
        assert "already" in hand.seen(), "an existing file is not replaced"
        await hand.press("escape")
        await hand.press("down", "down", "enter")
        assert "without a plan" in hand.seen() and "rewrite of a goal" in hand.seen()
        await hand.press("x", "down", "enter")
        assert loose_record(root).calls == () and "No model was asked without a plan" in hand.seen()
        await hand.press("escape", "escape")
        assert hand.place == "AgreedScreen"
