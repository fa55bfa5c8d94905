"""Rewriting any text in the app: several goals, verdicts before and after, stopping, what follows."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from pathlib import Path

from scripted_drafting import OBSERVED
from scripted_server import Naps, Received, Script, ScriptedServer, streamed

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.loose_record import loose_record
from coach_assist.workspace.store import Workspace

GOALS = "Give better reasons for designs\nExplain design decisions better\nBe nicer"


class Session:
    """A model session over a scripted server."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def provider(self) -> Provider:
        return self._provider

    async def close(self) -> None:
        return None


@asynccontextmanager
async def model(hand, behaviour):
    async def ready(**_options: object) -> None:
        return None

    async with ScriptedServer([behaviour]) as server:
        provider = Provider(Endpoint(server.url, "k", "scripted"), sleep=Naps())
        hand.app.desk._session = Session(provider)
        hand.app.desk.prepare = ready
        yield server
        await provider.close()


def answered(received: Received) -> Script:
    told = json.dumps(received.body)
    if "Be nicer" in told:
        return Script([*streamed('{"occasions": ')[:1], 30.0])
    return Script(streamed(json.dumps(OBSERVED)))


def record(root: Path) -> list[tuple[bool, list[str]]]:
    return [(bool(call.failed), [one.fate for one in call.units]) for call in loose_record(root).calls]


async def test_several_goals_from_typing_to_a_plan(seat, root, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    async with seat(120, 40) as hand, model(hand, answered) as server:
        await hand.press("w")
        await hand.press("ctrl+n")
        assert "There is no goal yet" in hand.seen()
        await hand.paste(GOALS)
        await hand.pilot.press("ctrl+n")
        await hand.until(lambda: len(server.received) == 3, "the third request")
        await hand.pilot.press("escape")
        await hand.until(lambda: server.received[2].gone.is_set(), "the slot to be free")
        await hand.settle()
        seen = hand.seen()
        assert "Stopped. What had come is kept." in seen and seen.count("✓") == 2 and "○ Be nicer" in seen
        assert "not stated yet → met" in seen and "◇" in seen and "[+" in seen
        assert record(root) == [(False, ["printed"]), (False, ["printed"]), (True, [])]

        await hand.press("m")
        page = hand.app.screen._page(hand.app.screen.chosen).plain
        assert "Modest" in page and "Ambitious" in page
        await hand.press("x")
        assert hand.place == "ExplainCard" and "What each part rests on" in hand.seen()
        await hand.press("escape", "s", "enter")
        saved = (tmp_path / "rewrites.txt").read_text(encoding="utf-8")
        assert "(modest)" in saved and "Suggested, not in the goal" in saved
        assert (tmp_path / "rewrites.txt").stat().st_mode & 0o777 == 0o600

        await hand.press("down", "b", "enter")
        assert hand.place == "JoiningScreen"
        (identity,) = Workspace(root).ids()
        assert [fates for _, fates in record(root)][1] == ["begun"]
        with Workspace(root).open(identity) as plan:
            assert plan.answers.get("joint", "goal") == ["Explain design decisions better"]
            for question, value in {
                "team_member": "Ana", "manager": "Bo", "development_area": "Design",
                "current_state": "Few ask", "why": "Work", "obstacle": "Time",
                "support": "Bo listens", "cadence": "Fridays",
            }.items():  # fmt: skip
                plan.answers.put("joint", question, value)
            result = await draft_plan(plan, provider=None, on_event=lambda event: None)
            (goal,) = [unit.draft for unit in result.units if unit.draft.kind == "goal"]
            assert goal.origin == "model" and goal.suggested, "what the model wrote stays marked"
            assert "design reviews" in goal.value["statement"]
            assert any(call.get("prompt") for call in plan.calls.all())


async def test_without_a_model_the_rules_version_comes_and_is_said(seat, root):
    async with seat(60, 20) as hand:
        await hand.press("w")
        await hand.paste("Communicate better")
        await hand.press("tab", "tab", "enter")
        seen = " ".join(hand.seen().split())
        assert "By rules: what is not stated yet is marked" in seen and "[date]" in seen
        await hand.press("e")
        assert "Communicate better" in hand.app.screen.query_one("#goals").text
        await hand.press("escape")
        assert hand.place == "HomeScreen"
    assert loose_record(root).calls == () and not (root / "ai-record.sqlite").exists()
