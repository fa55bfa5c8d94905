"""A check-in: its steps fit the plan, each answer is on disk at once, and it changes nothing agreed."""

from datetime import date

import pytest
from follow_maker import CLEAR, COURSE, GOAL, HALFWAY, LIST, SOFT_GOAL, WALK, agreed_plan, hold_check_in
from no_rights import read_only_home, said_without_rights, seal
from plan_maker import plan_with_goals

from coach_assist.agreement.follow_fold import follow
from coach_assist.errors import UsageError
from coach_assist.flows.check_in import begin, preview, record
from coach_assist.flows.progress import progress_view
from coach_assist.flows.reflective_questions import QUESTIONS, choose
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 2)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def answer_until(talk, wanted: str) -> None:
    while talk.step is not None and talk.step.id != wanted:
        talk.skip()


def test_the_steps_of_a_first_check_in(workspace) -> None:
    with agreed_plan(workspace) as plan:
        talk = begin(plan, "manager", DAY)
        assert [step.id for step in talk.steps] == [
            f"mark/{LIST}", f"mark/{WALK}", f"mark/{COURSE}", f"value/{GOAL}", f"words/{SOFT_GOAL}",
            "obstacle", "recognition", "reflection/first.different", "talk", "next/1/what", "notes",
        ]  # fmt: skip
        # Only what was due is asked of promises; the manager's own come before another person's.
        late = begin(plan, "manager", date(2026, 12, 12))
        assert [step.id for step in late.steps][:2] == [f"mark/{LIST}", f"mark/{CLEAR}"]
        assert f"mark/{HALFWAY}" in [step.id for step in late.steps]


def test_a_check_in_is_recorded_and_leaves_the_agreement_alone(workspace) -> None:
    with agreed_plan(workspace, signed=True) as plan:
        before = plan.state
        hold_check_in(
            workspace, plan, "manager", DAY,
            {
                f"mark/{LIST}": "kept", f"mark/{WALK}": "1", f"mark/{COURSE}": "let",
                f"value/{GOAL}": "5 of 10", f"evidence/{GOAL}": "The shared inbox, last week",
                f"words/{SOFT_GOAL}": "Two of three calls", "recognition": "A calm call with Kim",
                "talk": "The Friday report\nHolidays", "next/1/what": "Ask Kim", "next/1/who": "manager",
                "next/1/due": "2026-12-04", "notes": "my own thoughts",
            },
        )  # fmt: skip
        state, followed = plan.state, follow(plan.history)
        assert (state.agreed, state.plan_hash, state.revision) == (before.agreed, before.plan_hash, 1)
        assert state.proposals == before.proposals
        assert [(one.value, one.words, one.evidence) for one in followed.readings] == [
            ("5", None, "The shared inbox, last week"),
            (None, "Two of three calls", None),
        ]
        assert {of: said[0].mark for of, said in followed.marks.items()} == {LIST: "done", WALK: "helped"}
        assert [one.text for one in followed.notes_of("talk")] == [
            "Shadow Bo's inbox for a morning", "The Friday report", "Holidays",
        ]  # fmt: skip
        step = followed.notes_of("next_step")[0]
        assert (step.text, step.owner, step.due) == ("Ask Kim", "Bo", "2026-12-04")
        # What one noted for oneself is in no event, and in one's own drawer.
        assert plan.notes.get("manager", "check_in.2026-12-02.notes") == "my own thoughts"
        texts = b"".join(record.body or b"" for record in plan.history.records())
        assert b"my own thoughts" not in texts
        assert not any("begun" in entry.question for entry in plan.notes.all())


def test_a_next_step_comes_back_when_it_is_due(workspace) -> None:
    with agreed_plan(workspace) as plan:
        next_step = {"next/1/what": "Ask Kim", "next/1/who": "noor", "next/1/due": "2026-12-04"}
        hold_check_in(workspace, plan, "manager", DAY, next_step)
        note = follow(plan.history).notes_of("next_step")[0]
        assert note.owner == "Noor"
        talk = begin(plan, "team_member", date(2026, 12, 9))
        assert [step.about for step in talk.steps if step.id == f"mark/{note.id}"] == ["Ask Kim"]
        hold_check_in(workspace, plan, "team_member", date(2026, 12, 9), {f"mark/{note.id}": "done"})
        later = begin(plan, "team_member", date(2026, 12, 16))
        assert all(step.id != f"mark/{note.id}" for step in later.steps)


def test_an_answer_is_on_disk_before_the_next_step(workspace) -> None:
    with agreed_plan(workspace) as plan:
        talk = begin(plan, "team_member", DAY)
        talk.answer("1")
        answer_until(talk, "obstacle")
        talk.answer("Too many\ninterruptions")
        identity = plan.id
    with workspace.open(identity) as plan:
        again = begin(plan, "team_member", date(2026, 12, 5))
        assert again.day == DAY.isoformat()
        assert again.answers["obstacle"] == "Too many\ninterruptions"
        assert again.step.id == "recognition"
        assert begin(plan, "manager", DAY).answers == {}
        assert not follow(plan.history).check_ins


def test_going_back_and_changing_an_answer(workspace) -> None:
    with agreed_plan(workspace) as plan:
        talk = begin(plan, "manager", DAY)
        talk.answer("1")
        talk.back()
        assert talk.step.id == f"mark/{LIST}"
        assert talk.answer("not yet") == ""
        assert talk.answers[f"mark/{LIST}"] == "open"
        assert "none of the numbers" in talk.answer("9")
        assert talk.step.id == f"mark/{WALK}"
        answer_until(talk, f"value/{GOAL}")
        assert "is not a number" in talk.answer("seven")
        assert talk.answer("7.5") == ""
        assert talk.step.id == f"evidence/{GOAL}"
        talk.go_to("talk")
        assert talk.step.id == "talk"
        assert "longer than 4000" in talk.answer("x" * 4001)
        assert begin(plan, "manager", DAY).rejected("talk") == "x" * 4001
        assert talk.answer("shorter") == ""
        assert talk.rejected("talk") == ""
        with pytest.raises(UsageError):
            talk.go_to("nowhere")


def test_the_question_stays_the_one_that_was_asked(workspace) -> None:
    with agreed_plan(workspace) as plan:
        hold_check_in(workspace, plan, "manager", DAY, {"obstacle": "Time"})
        talk = begin(plan, "manager", date(2026, 12, 9))
        answer_until(talk, "talk")
        asked = [step.id for step in talk.steps if step.id.startswith("reflection/")]
        assert asked[0].startswith("reflection/stalled.")
        talk.go_to(f"mark/{WALK}")
        talk.answer("helped")
        assert [step.id for step in talk.steps if step.id.startswith("reflection/")] == asked


def test_both_add_to_one_check_in(workspace) -> None:
    with agreed_plan(workspace) as plan:
        hold_check_in(workspace, plan, "manager", DAY, {"obstacle": "Time"})
        hold_check_in(workspace, plan, "team_member", date(2026, 12, 3), {"obstacle": "Tools"})
        followed = follow(plan.history)
        assert [(one.day, one.by) for one in followed.check_ins] == [
            ("2026-12-02", ("manager", "team_member"))
        ]
        assert [one.text for one in followed.notes_of("obstacle")] == ["Time", "Tools"]


def test_what_is_shown_before_recording_is_what_is_recorded(workspace) -> None:
    with agreed_plan(workspace) as plan:
        talk = begin(plan, "manager", DAY)
        talk.answer("kept")
        talk.put("notes", "mine")
        answer_until(talk, f"value/{GOAL}")
        talk.answer("6")
        talk.answer("the inbox")
        answer_until(talk, "")
        shown = preview(plan, talk)
        assert ("Kept", "Send the list of partners") in shown.shared
        assert any(text == "6 (seen in: the inbox)" for _, text in shown.shared)
        assert shown.private == (("Notes", "mine"),)


def test_notes_of_two_check_ins_on_one_day_are_both_kept(workspace) -> None:
    with agreed_plan(workspace) as plan:
        for text in ("in the morning", "in the evening"):
            hold_check_in(workspace, plan, "manager", DAY, {"obstacle": "Time", "notes": text})
        kept = plan.notes.get("manager", "check_in.2026-12-02.notes")
        assert kept == "in the morning\n\nin the evening"


def test_nothing_answered_records_nothing(workspace) -> None:
    with agreed_plan(workspace) as plan:
        with pytest.raises(UsageError, match="Nothing was answered"):
            hold_check_in(workspace, plan, "manager", DAY, {})
        assert not follow(plan.history).check_ins


def test_the_same_check_in_is_recorded_once_by_two_processes(workspace) -> None:
    with agreed_plan(workspace) as plan, workspace.open(plan.id) as other:
        talk = begin(plan, "manager", DAY)
        talk.answer("kept")
        twin = begin(other, "manager", DAY)
        answer_until(twin, "")
        record(workspace, other, "manager", twin)
        with pytest.raises(UsageError):
            record(workspace, plan, "manager", talk)
        assert len(follow(plan.history).check_ins) == 1


def test_a_text_that_cannot_be_signed_is_kept(workspace) -> None:
    with agreed_plan(workspace) as plan:
        with pytest.raises(UsageError, match="cannot be signed"):
            hold_check_in(workspace, plan, "manager", DAY, {"obstacle": "half an emoji \ud83d"})
        assert begin(plan, "manager", DAY).answers["obstacle"] == "half an emoji \ud83d"


def test_where_nothing_is_agreed_there_is_nothing_to_check(workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan, pytest.raises(UsageError, match="Nothing of"):
        begin(plan, "manager", DAY)


def test_a_read_only_plan_is_read_and_says_why_it_is_not_written(tmp_path) -> None:
    def act(workspace: Workspace) -> str:
        with workspace.open(identity) as plan:
            talk = begin(plan, "manager", DAY)
            assert len(progress_view(plan, DAY).goals) == 2
            return f"asked; {talk.answer('kept')}"

    with read_only_home(tmp_path) as home:
        with agreed_plan(Workspace(home)) as plan:
            identity = plan.id
            progress_view(plan, DAY)
        seal(home)
        said = said_without_rights(home, act)
    assert said.startswith("Refused") and "read-only" in said


def test_the_reflective_question_depends_on_the_plan_alone() -> None:
    assert choose(["helped", "first"], []).fit == "first"
    assert choose(["helped"], []).fit == "helped"
    assert choose([], []).fit == "any"
    asked: list[str] = []
    for _ in QUESTIONS:
        asked.append(choose(["helped"], asked).id)
    fitting = {one.id for one in QUESTIONS if one.fit in ("helped", "any")}
    assert set(asked[: len(fitting)]) == fitting
    assert choose(["helped"], asked[: len(fitting)]).id == asked[0]
