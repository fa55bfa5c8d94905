"""The agenda and the guides: what is due, whose promise comes first, and nothing that acts."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from plan_samples import hostile_plan, plan, with_value

from coach_assist.exchange.agenda import agenda_page
from coach_assist.exchange.guide import STEPS, guide_page
from coach_assist.exchange.page_markdown import page_markdown
from coach_assist.exchange.plan_json import PlanJson

TODAY = date(2027, 2, 10)
TALKS = tuple(STEPS)


def agenda_markdown(data: PlanJson, today: date) -> str:
    return page_markdown(agenda_page(data, today))


def guide_markdown(data: PlanJson, talk) -> str:
    return page_markdown(guide_page(data, talk))


class Tags(HTMLParser):
    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(MarkdownIt("gfm-like", {"html": True}).render(markdown))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_the_agenda_begins_with_what_was_promised_to_the_team_member() -> None:
    text = agenda_markdown(plan(), TODAY)
    assert "Next check-in: 2027-02-12. Agreed: Every Friday at four" in text
    assert text.index("Tom: Close the order desk at eight (due 2027-02-08, overdue)") < text.index(
        "Sit beside Marta"
    )
    assert "(due 2027-02-15)" in text
    assert "helped ☐ did not help" in text
    assert "changed stops, from 6 a week to 2 a week" in text


def test_the_agenda_knows_when_there_is_no_check_in_any_more() -> None:
    assert "Next check-in" not in agenda_markdown(plan(), date(2027, 3, 4))
    assert "not agreed yet" in agenda_markdown(plan(units=[]), TODAY)


def test_open_units_are_on_the_agenda_by_name() -> None:
    waiting = {"id": "c" * 10, "kind": "goal", "state": "proposed", "waits_for": ["manager"]}
    assert "A goal: proposed, waits for Tom" in agenda_markdown(plan(open=[waiting]), TODAY)


@pytest.mark.parametrize("talk", TALKS)
def test_a_guide_fits_a_page_names_both_and_says_what_it_is(talk) -> None:
    text = guide_markdown(plan(), talk)
    assert "This is not an evaluation." in text
    assert "Nadia" in text
    assert "Tom" in text
    assert "- Promise: Tom: Close the order desk at eight (by 2027-02-08)" in text
    assert "{" not in text
    assert len(text.split()) < 420
    minutes = [int(title.split("(")[1].split()[0]) for title, _ in STEPS[talk]]
    assert f"({sum(minutes)} minutes)" in text.splitlines()[0]


@pytest.mark.parametrize("page", ["agenda", *TALKS])
def test_hostile_texts_stay_text(page: str) -> None:
    def made(data: PlanJson) -> str:
        return agenda_markdown(data, TODAY) if page == "agenda" else guide_markdown(data, page)  # type: ignore[arg-type]

    text = made(hostile_plan())
    assert "\x1b" not in text
    # Lines of a text stay lines; nothing else comes of it.
    assert [tag for tag in Tags(text).tags if tag != "br"] == [
        tag for tag in Tags(made(plan())).tags if tag != "br"
    ]


def test_a_demo_is_marked() -> None:
    assert "DEMO" in agenda_markdown(plan(demo=True), TODAY)
    assert "DEMO" in guide_markdown(plan(demo=True), "opening")


def test_a_promise_without_a_name_is_the_managers() -> None:
    assert "Tom: Close the order desk" in guide_markdown(with_value("support", who=None), "closing")
