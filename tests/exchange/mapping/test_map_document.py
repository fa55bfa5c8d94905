"""A document becomes units by its headings, labels and columns; what no rule places is listed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from document_maker import PIP, PLAN
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.exchange.mapping.assemble import Assembler
from coach_assist.exchange.mapping.dates import cadence_value, is_period, rhythm_in, span_in
from coach_assist.exchange.mapping.document import map_document
from coach_assist.exchange.mapping.forms import is_blank, is_instruction, is_question
from coach_assist.exchange.mapping.mapped import Mapped
from coach_assist.exchange.mapping.passages import FIELD_ROLES, UNIT_ROLES
from coach_assist.exchange.mapping.vocabulary import label_role, own_title, role_of
from coach_assist.exchange.readers.read import document_of


def mapped(text: str, name: str = "a.md") -> Mapped:
    return map_document(document_of(text.encode(), name))


def values(text: str, kind: str, name: str = "a.md") -> list[dict[str, Any]]:
    return [unit.value for unit in mapped(text, name).units if unit.kind == kind]


def test_a_whole_plan_is_mapped() -> None:
    found = mapped(PLAN)
    assert found.reads_as == "plan"
    assert [unit.kind for unit in found.units] == [
        "frame", "development_area", "current_state", "goal", "goal", "activity", "support", "timeline",
        "cadence",
    ]  # fmt: skip
    assert found.names == {"team_member": "Ines Okafor", "manager": "Tomasz Brandt"}
    assert [one.text for one in found.unplaced] == ["The new tractor arrives in June."]
    by_kind = {unit.kind: unit for unit in reversed(found.units)}
    goal = by_kind["goal"].value
    assert goal["statement"] == "Reduce the idle minutes of the crew per shift from 40 to 15"
    assert (goal["due"], goal["relevant"]) == ("2027-04-30", "earlier harvest")
    assert goal["metric"]["name"] == "idle minutes"  # type: ignore[index,call-overload]
    activity = by_kind["activity"].value
    assert (activity["owner"], activity["due"], activity["resource"]) == ("Ines", "2027-03-08", "board")
    assert by_kind["timeline"].value == {"start": "2027-03-01", "end": "2027-04-30"}
    assert by_kind["cadence"].value["every"] == "week"
    assert by_kind["support"].value["who"] == "Tomasz Brandt"
    assert by_kind["frame"].lacks == ("purpose",)


def test_every_role_of_a_section_or_a_field_is_taken_in() -> None:
    told_elsewhere = {"skill", "level", "answer", "baseline", "target"}
    for role in (UNIT_ROLES | FIELD_ROLES) - told_elsewhere:
        assert hasattr(Assembler, f"_on_{role}"), role


def test_texts_are_taken_word_for_word() -> None:
    plain = " ".join(PLAN.replace("**", "").split())
    for unit in mapped(PLAN).units:
        for source in unit.sources:
            assert source.text in plain or " | " in source.text


def test_a_pip_and_a_template_are_told() -> None:
    assert mapped(PIP).reads_as == "pip"
    blank = "# Plan\n\n## Goals\n- [Goal 1]\n- [Goal 2]\n\n## Activities\n- [Step]\n\n**Start:** YYYY-MM-DD\n"
    assert mapped(blank).reads_as == "template"
    assert not mapped(blank).units or {unit.kind for unit in mapped(blank).units} <= {"frame"}
    assert mapped("# Minutes\n\nWe talked about the weather.\n").reads_as == "other"


def test_a_goal_of_its_own_heading_takes_the_fields_below_it() -> None:
    text = (
        "## Goal 1: Hand over the rota\n**Specific:** Hand the rota to Ana\n**Measurable:** 4 rotas "
        "without me\n"
        "**Evidence:** the rota file\n**Why:** I can plan ahead\n**Time-bound:** 30 June 2027\n"
        "**Obstacles:** If Ana is ill, Bo does it\n- Show Ana the file\n\n## Goal 2: Learn the till\n"
    )
    first, second = values(text, "goal")
    assert first["statement"] == "Hand the rota to Ana"
    assert first["metric"]["name"] == "4 rotas without me"
    assert first["metric"]["evidence"] == "the rota file"
    assert (first["due"], first["relevant"], first["if_then"]) == (
        "2027-06-30",
        "I can plan ahead",
        "If Ana is ill, Bo does it",
    )
    assert second["statement"] == "Learn the till"
    assert [step["what"] for step in values(text, "activity")] == ["Show Ana the file"]


def test_questions_of_a_form_are_headings_and_their_answers_one_text() -> None:
    text = "# Form\n\n## What do you want to achieve?\n\nRun the till alone.\n\nAlso on Saturdays.\n"
    assert [goal["statement"] for goal in values(text, "goal")] == ["Run the till alone.\nAlso on Saturdays."]


def test_strengths_and_gaps_under_one_heading_are_told_sentence_by_sentence() -> None:
    text = (
        "## Strengths / weaknesses\nMy strength is patience. I listen. My weakness: the till. It is hard.\n"
    )
    state = values(text, "current_state")[0]
    assert [one["text"] for one in state["strengths"]] == ["My strength is patience. I listen."]
    assert [one["text"] for one in state["gaps"]] == ["My weakness: the till. It is hard."]


def test_a_rated_skill_is_a_gap_only_where_something_is_missing() -> None:
    text = (
        "## Skill gap analysis\n| Skill | Required | Current | Gap |\n|---|---|---|---|\n"
        "| Till | 4 | 2 | -2 |\n| Stock | 3 | 3 | 0 |\n"
    )
    state = values(text, "current_state")[0]
    assert [(one["text"], one["evidence"]) for one in state["gaps"]] == [("Till", "Required: 4; Current: 2")]


def test_paragraphs_around_a_list_of_goals_are_no_goals() -> None:
    text = (
        "# Objectives\n\nMarch to June 2027\n\n1. Run the till\n   1. Ask Bo\n\nThis went well last year.\n"
    )
    assert [goal["statement"] for goal in values(text, "goal")] == ["Run the till"]
    assert [step["what"] for step in values(text, "activity")] == ["Ask Bo"]
    assert values(text, "timeline") == [{"start": "2027-03-01", "end": "2027-06-30"}]


def test_an_overlong_text_is_left_over_and_never_cut() -> None:
    long = "word " * 1000
    found = mapped(f"## Goals\n- {long}\n- Run the till\n")
    assert [unit.value["statement"] for unit in found.units if unit.kind == "goal"] == ["Run the till"]
    assert found.unplaced[0].text == long.strip()


def test_german_headings_are_known() -> None:
    text = "# Entwicklungsplan\n\n## Ziele\n- Die Kasse allein führen\n\n## Maßnahmen\n- Bo fragen\n"
    assert [unit.kind for unit in mapped(text).units] == ["frame", "goal", "activity"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Long-term goals", "aim"), ("2. SMART Goals", "goal"), ("Areas for improvement", "gap"),
        ("Week 1", "period"),
        ("30-Day Goals (Impact)", "goal"), ("Benefits of an IDP", "other"), ("Learning plan", "plan"),
        ("Weather", ""),
        ("Catering, travel and training requests for the whole region", ""),
        ("What skills do you want to develop?", "area"),
    ],
)  # fmt: skip
def test_titles(title: str, role: str) -> None:
    assert role_of(title) == role


def test_labels_must_be_mostly_their_phrase() -> None:
    assert label_role("Due date") == "due"
    assert label_role("Success measure") == "metric"
    assert label_role("The goal keeper of the team said") == ""
    assert own_title("Goal 2 - Hand over the rota") == "Hand over the rota"
    assert own_title("Goals") == ""


def test_blanks_instructions_and_questions() -> None:
    assert all(
        map(
            is_blank,
            ["[date]", "YYYY-MM-DD", "{{NAME}}", "____", "TBD", "WRITE GOALS HERE", "[Who] to [What]", "..."],
        )
    )
    assert not any(map(is_blank, ["Reduce scrap to [target] by [date]", "2027-03-01", "Ask Bo"]))
    assert is_instruction("Describe your goals in two sentences.")
    assert not is_instruction("Describe the till to Bo")
    assert is_question("What do you want? (one line)")
    assert not is_question("What we do matters. Do you?")


def test_periods_and_rhythms() -> None:
    assert span_in("June to September 2027") == (date(2027, 6, 1), date(2027, 9, 30))
    assert span_in("until 30 June 2027") == (None, date(2027, 6, 30))
    assert is_period("From July 2026 to June 2027")
    assert not is_period("Reduce idle minutes from 40 to 15 by 30 April 2027")
    assert (
        rhythm_in("Hello. We meet every other week for a check-in. Bye.")
        == "We meet every other week for a check-in."
    )
    assert rhythm_in("The shop is cleaned weekly.") == ""
    assert cadence_value("Every other Tuesday, 45 min")["weekday"] == "tuesday"
    assert cadence_value("every two weeks")["every"] == "fortnight"


def test_a_place_that_somebody_names_is_taken_only_for_text_that_no_rule_placed() -> None:
    document = document_of(PLAN.encode(), "a.md")
    placed = {(one.place, one.text): "obstacle" for one in map_document(document).unplaced}
    one = document_of(b"# Notes\n\nRun the till alone by May.\n\n## Goals\n- Lead\n", "a.md")
    found = map_document(one, placed={(3, "Run the till alone by May."): "goal", (6, "Lead"): "activity"})
    goals = [unit for unit in found.units if unit.kind == "goal"]
    assert [(goal.value["statement"], goal.sources[0].by_model) for goal in goals] == [
        ("Run the till alone by May.", True), ("Lead", False),
    ]  # fmt: skip
    assert map_document(document, placed=placed).units[0].kind == "frame"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600), st.sampled_from(["a.md", "a.txt"]))
def test_any_text_is_mapped_without_an_error_and_nothing_is_invented(text: str, name: str) -> None:
    source = f"## Goals\n- {text}\n\n## Due\n{text}\n"
    if "\0" in source or any("\ud800" <= character <= "\udfff" for character in source):
        return
    document = document_of(source.encode(), name)
    for unit in map_document(document).units:
        if unit.kind == "goal":
            words = {word for word in str(unit.value["statement"]).split() if word.isalnum()}
            assert all(word in source for word in words)
