"""While a person answers, the model drafts; the draft screen finds it done. Protected data is asked about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from scripted_drafting import ANSWERS, drafting_server
from scripted_server import ScriptedServer

from coach_assist.assistant.provider import Provider
from coach_assist.tui.draft.messages import DraftReady


class Session:
    """A model session over a scripted server."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def provider(self) -> Provider:
        return self._provider

    @property
    def warm(self) -> Provider:
        return self._provider

    async def close(self) -> None:
        return None


@asynccontextmanager
async def model(hand) -> AsyncIterator[ScriptedServer]:
    async def ready(**_options: object) -> None:
        return None

    async with drafting_server() as (provider, server):
        hand.app.desk._session = Session(provider)
        hand.app.desk.prepare = ready
        yield server
        await hand.app.desk.close()


def forms(server: ScriptedServer) -> list[str]:
    asked = [received.body.get("response_format") for received in server.received]
    return [form["json_schema"]["name"] for form in asked if form]


async def test_the_draft_is_there_when_the_last_question_is_answered(seat):
    async with seat() as hand, model(hand) as server:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        while (asked := hand.app.screen.interview.session.question) is not None:
            if ANSWERS.get(asked.id):
                await hand.paste(str(ANSWERS[asked.id]))
                await hand.press("ctrl+n")
                if hand.app.screen._probing:
                    await hand.press("ctrl+n")
            else:
                await hand.press("ctrl+o")
        await hand.until(lambda: forms(server) == ["MeasuredGoal", "Activities"], "drafting ahead")
        await hand.press("enter")
        await hand.until(lambda: bool(hand.got(DraftReady)), "the draft")
        assert forms(server) == ["MeasuredGoal", "Activities"]
        assert len(hand.got(DraftReady)[0].result.calls) == 2
        kept = [entry for entry in hand.app.screen.plan.calls.all() if "prompt" in entry]
        assert len(kept) == 2


async def test_protected_data_is_asked_about_once_before_it_is_kept(seat):
    told = "She was ill with depression in spring"
    async with seat() as hand:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        await hand.choose("Without a model")
        await hand.write("Ana")
        await hand.press("enter", "ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o")
        question = hand.app.screen.interview.session.question.id
        assert question == "current_state"
        await hand.write(told)
        await hand.press("ctrl+n")
        assert hand.place == "QuestionCard" and "depression" in hand.seen()
        await hand.choose("I change it")
        assert hand.app.screen.typed() == told
        assert hand.app.screen.interview.session.answers.get(question) is None
        await hand.press("ctrl+n")
        await hand.choose("Keep it as it is")
        assert hand.app.screen.interview.session.answers[question] == told


async def test_a_thin_answer_is_asked_about_by_the_warm_model_in_place_of_the_rules(seat):
    async with seat() as hand, model(hand) as server:
        await hand.new_plan()
        await hand.choose("I am not the team member")
        while (asked := hand.app.screen.interview.session.question).id != "goal":
            if asked.id in ("team_member", "manager"):
                await hand.paste(ANSWERS[asked.id])
                await hand.press("ctrl+n")
            else:
                await hand.press("ctrl+o")
        await hand.paste("better tickets")
        await hand.press("ctrl+n")
        assert hand.app.screen._probing, "the rules ask at once"
        await hand.until(lambda: "Which tickets were hard last week" in hand.seen(), "the better question")
        assert forms(server) == ["FollowUp"]
        (call,) = hand.app.screen.interview.plan.calls.all()
        assert (call["section"], call["prompt"]) == ("probe", "probe")
        await hand.press("ctrl+n")
        assert not hand.app.screen._probing and hand.app.screen.interview.session.question.id != "goal"
