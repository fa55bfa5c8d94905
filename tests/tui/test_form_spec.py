"""The form of a unit: every field of every kind goes in and comes out unchanged."""

from __future__ import annotations

import pytest

from coach_assist.plan.units import VALUE_MODELS
from coach_assist.tui.draft.form_spec import blank_value, form_fields, from_texts, to_texts

VALUES = {
    "frame": {
        "title": "Calmer handovers",
        "plan_kind": "onboarding",
        "purpose": "So that nights start without a hunt.",
        "long_term_aim": None,
        "serves": "the depot",
        "readers": ["Ida Roth", "Lee Moss"],
        "second_party": "mentor",
        "prompted_by": None,
        "if_not_reached": None,
        "formal_use": None,
    },
    "development_area": {"area": "Handing over a shift"},
    "current_state": {
        "strengths": [
            {"id": "abcdefghij", "text": "Knows every tour", "evidence": "drew the map", "source": "survey"}
        ],
        "gaps": [{"id": "klmnopqrst", "text": "Notes are missing", "evidence": None, "source": None}],
    },
    "goal": {
        "statement": "By 2027-03-31, 9 of 10 handovers have a written note.",
        "metric": {
            "name": "handovers with a note",
            "kind": "quantitative",
            "unit": "of 10",
            "baseline": "4",
            "target": "9",
            "direction": "increase",
            "evidence": "the log",
            "collector": "Ida",
        },
        "due": "2027-03-31",
        "achievable": "a template exists",
        "relevant": "nobody is called at night",
        "gap": "klmnopqrst",
        "if_then": "If it is late, then I write three words.",
    },
    "activity": {
        "what": "Write the note with Lee",
        "activity_kind": "shadowing",
        "gap": None,
        "goal": "abcdefghij",
        "owner": "Nadia",
        "due": "2027-02-01",
        "resource": "the template",
        "time_needed": "1 hour",
    },
    "support": {"what": "Free an hour", "who": "Tom", "due": None},
    "milestone": {"what": "Half of the notes", "date": "2027-02-20", "success_criterion": "5 of 10"},
    "feedback": {"who": "the night crew", "when": "monthly", "about": "whether notes help"},
    "roles": {"team_member": ["I write the note"], "manager": ["I read it", "I ask"]},
    "timeline": {"start": "2027-01-01", "end": "2027-03-31"},
    "cadence": {
        "every": "week",
        "text": "Mondays, 20 minutes",
        "weekday": "monday",
        "minutes": 20,
        "looked_at": None,
    },
}


@pytest.mark.parametrize("kind", VALUE_MODELS)
def test_every_kind_goes_through_its_form_unchanged(kind):
    value, wrong = from_texts(kind, to_texts(kind, VALUES[kind]), VALUES[kind])
    assert wrong == {}
    assert value == VALUES[kind]


@pytest.mark.parametrize("kind", VALUE_MODELS)
def test_every_field_of_the_model_is_asked(kind):
    asked = {field.path.split(".")[0] for field in form_fields(kind)}
    assert asked == set(VALUE_MODELS[kind].model_fields)


def test_a_goal_without_metric_keeps_it_null():
    value, wrong = from_texts("goal", {"statement": "Write better notes"}, {})
    assert wrong == {}
    assert value["metric"] is None


def test_what_is_wrong_is_said_by_field_in_words():
    texts = {
        "statement": " ",
        "due": "soon",
        "metric.name": "notes",
        "metric.kind": "quantitative",
        "metric.target": "x",
    }
    _value, wrong = from_texts("goal", texts, {})
    assert wrong == {"statement": "This is needed."}
    _value, wrong = from_texts("goal", {**texts, "statement": "Write"}, {})
    assert wrong == {
        "due": "A date such as 2027-03-31.",
        "metric.target": "A plain number, such as 4 or 12.5.",
    }


def test_a_metric_field_without_a_name_asks_for_the_name():
    _value, wrong = from_texts(
        "goal", {"statement": "Write", "metric.target": "3", "metric.kind": "quantitative"}, {}
    )
    assert wrong == {"metric.name": "This is needed."}


def test_an_observation_keeps_its_id_while_its_words_stay():
    before = VALUES["current_state"]
    value, wrong = from_texts(
        "current_state", {"strengths": "Knows every tour | drew two maps\nIs calm", "gaps": ""}, before
    )
    assert wrong == {}
    assert value["strengths"][0]["id"] == "abcdefghij"
    assert value["strengths"][0]["evidence"] == "drew two maps"
    assert value["strengths"][1]["text"] == "Is calm"
    assert value["gaps"] == []


def test_a_text_is_kept_to_the_character():
    odd = "  two\n\nlines [/b] \x1b[31m \u202eabc  "
    value, wrong = from_texts("development_area", {"area": odd}, {})
    assert wrong == {} and value["area"] == odd


def test_a_blank_value_has_every_field():
    assert set(blank_value("goal")) == set(VALUE_MODELS["goal"].model_fields)
