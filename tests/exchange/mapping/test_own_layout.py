"""What was exported for people comes back as the same units: from Markdown, from Word, from JSON."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document as word_document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from page_samples import FIRST, GAP, OTHER_GAP, ordinary_plan
from plan_samples import HOSTILE, plan, with_value

from coach_assist.exchange.inert import json_text
from coach_assist.exchange.mapping.document import map_document
from coach_assist.exchange.mapping.mapped import Mapped
from coach_assist.exchange.page_markdown import page_markdown
from coach_assist.exchange.page_word import page_word
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import plan_page
from coach_assist.exchange.readers.read import document_of
from coach_assist.shown import safe_text


def written(data: PlanJson, form: str) -> bytes:
    page = plan_page(data)
    return {
        "md": lambda: page_markdown(page).encode(),
        "docx": lambda: page_word(page),
        "json": lambda: json_text(data.model_dump(mode="json")).encode(),
    }[form]()


def read(data: PlanJson, form: str) -> Mapped:
    return map_document(document_of(written(data, form), f"a.{form}"))


def told(units: Any) -> list[tuple[str, Any]]:
    """The units without their ids: a reference is told by what it points at, white space as blanks."""
    names: dict[str, str] = {}
    for unit in units:
        if unit.kind == "goal":
            names[unit.id] = f"the goal {_plain(unit.value['statement'], {})}"
        if unit.kind == "current_state":
            for entry in (*unit.value["strengths"], *unit.value["gaps"]):
                names[entry["id"]] = f"the gap {_plain(entry['text'], {})}"
    return [(unit.kind, _plain(unit.value, names)) for unit in units]


def _plain(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, names) for inner in value]
    if isinstance(value, str):
        return names.get(value) or " ".join(safe_text(value).replace("\ufffe", "\ufffd").split())
    return value


def of(data: PlanJson) -> list[tuple[str, Any]]:
    class Shown:
        def __init__(self, unit: Any) -> None:
            self.id, self.kind, self.value = unit.id, unit.kind, unit.value.model_dump(mode="json")

    return told([Shown(unit) for unit in data.units])


@pytest.mark.parametrize("form", ["md", "docx", "json"])
def test_an_ordinary_plan_comes_back_whole(form: str) -> None:
    data = ordinary_plan(statement="I want this to be about mornings only.")
    found = read(data, form)
    assert found.reads_as == "plan"
    assert told(found.units) == of(data)
    assert not found.unplaced and not any(unit.lacks for unit in found.units)
    if form != "json":
        assert found.names == {"team_member": "Ines Okafor", "manager": "Tomasz Brandt"}


def test_a_performance_support_plan_comes_back_as_one() -> None:
    data = with_value(
        "frame", plan_kind="performance_support", prompted_by="Two complaints in May", formal_use="No",
        second_party="coach",
    )  # fmt: skip
    for form in ("md", "docx"):
        found = read(data, form)
        assert (found.reads_as, told(found.units)) == ("plan", of(data))


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split())).filter(lambda text: bool(safe_text(text).strip()))  # fmt: skip
MARKS = (
    "1. x", "- y", "# z", "a: b", "**c:** d", ":smile:", "<!-- e", "&lt;", "[ ] f", "> g", "_h_", "\\", "x\\",
    "`i`", "~~~", "[j](k)", "| l |",
)  # fmt: skip
LINES = st.one_of(WORDS, st.sampled_from(MARKS))
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
NAMES = st.sampled_from(["changed stops", "mails answered in a day", "how calls open", "share of orders"])
NUMBERS = st.one_of(
    st.none(), st.integers(-999, 999).map(str), st.decimals(0, 99, places=1).map(lambda one: f"{one:f}")
)
METRICS = st.fixed_dictionaries({
    "name": NAMES, "kind": st.sampled_from(["quantitative", "qualitative"]),
    "unit": st.sampled_from([None, "%", "a week", "of 10"]), "baseline": NUMBERS, "target": NUMBERS,
    "direction": st.sampled_from([None, "increase", "decrease", "reach", "keep"]),
    "evidence": st.none() | TEXTS, "collector": st.none() | LINES,
})  # fmt: skip
DAYS = st.none() | st.dates().map(lambda day: day.replace(year=2027).isoformat() if day.day < 29 else None)


GENERATED = st.tuples(
    st.fixed_dictionaries({"statement": TEXTS, "metric": st.none() | METRICS, "due": DAYS,
                           "achievable": st.none() | TEXTS, "if_then": st.none() | TEXTS}),
    st.fixed_dictionaries({"what": TEXTS, "owner": st.none() | LINES, "due": DAYS,
                           "resource": st.none() | TEXTS}),
    st.fixed_dictionaries({"text": LINES, "every": st.sampled_from(["week", "fortnight", "month", "other"]),
                           "minutes": st.none() | st.integers(1, 480), "looked_at": st.none() | TEXTS}),
    st.lists(TEXTS, max_size=3),
)  # fmt: skip
QUICK = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a Word file a try: shrinking takes minutes
)


def generated_plan(parts: tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[str]]) -> PlanJson:
    goal, activity, cadence, promised = parts
    units = ordinary_plan().model_dump(mode="json")["units"]
    changes: dict[str, dict[str, Any]] = {
        "goal": {"gap": OTHER_GAP, **goal},
        "activity": {"gap": GAP, "goal": FIRST, **activity},
        "cadence": {"weekday": None, **cadence},
        "roles": {"team_member": promised},
    }
    for kind, change in changes.items():
        unit = next(one for one in units if one["kind"] == kind)
        unit["value"] |= change
    return ordinary_plan(units=units)


@given(GENERATED.map(generated_plan))
@settings(QUICK, max_examples=25)
def test_whatever_is_typed_comes_back_from_markdown_and_json(data: PlanJson) -> None:
    for form in ("md", "json"):
        assert told(read(data, form).units) == of(data), form


@given(GENERATED.map(generated_plan))
@settings(QUICK, max_examples=4)
def test_whatever_is_typed_comes_back_from_word(data: PlanJson) -> None:
    assert told(read(data, "docx").units) == of(data)


@pytest.mark.parametrize("form", ["md", "docx"])
def test_hostile_texts_come_back_as_texts(form: str) -> None:
    data = with_value("development_area", area=HOSTILE.replace("\uffff", "").replace("\ufffe", ""))
    assert told(read(data, form).units) == of(data)


def test_what_somebody_changed_in_the_file_is_taken_over_and_the_rest_is_listed() -> None:
    document = word_document(io.BytesIO(page_word(plan_page(plan()))))
    for paragraph in document.paragraphs:
        if paragraph.text == "Due: 2027-03-01":
            paragraph.runs[-1].text = "15 March 2027"
        if paragraph.text == "Promised by: Tom":
            paragraph.runs[0].text = "Our canteen: "
    changed = io.BytesIO()
    document.save(changed)
    found = map_document(document_of(changed.getvalue(), "a.docx"))
    by_kind = {unit.kind: unit.value for unit in found.units}
    assert by_kind["goal"]["due"] == "2027-03-15"
    assert by_kind["support"]["who"] is None
    assert [one.text for one in found.unplaced] == ["Our canteen: Tom"]
