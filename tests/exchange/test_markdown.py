"""The Markdown export: complete, in reading order, with its header, and inert whatever a text holds."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from plan_samples import hostile_plan, plan, with_value

from coach_assist.exchange.page_markdown import page_markdown
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import plan_page

OUR_TAGS = {"h1", "h2", "p", "blockquote", "ul", "ol", "li", "strong", "br", "hr"}


def plan_markdown(data: PlanJson) -> str:
    return page_markdown(plan_page(data))


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_it_says_what_it_is_before_anything_else() -> None:
    text = plan_markdown(plan())
    assert text.startswith("# Tours that hold\n\n> This is not an evaluation.")
    assert "It is voluntary." in text
    assert "For Nadia and Tom. Confidential to Nadia and Tom." in text
    assert "DEMO" not in text


def test_every_text_of_every_unit_is_in_it_in_reading_order() -> None:
    text = plan_markdown(plan())
    shown = [
        "Drivers can rely",
        "Planning the tours early",
        "Knows every street",
        "Tours change late",
        "6 of 20 last week",
        "observation",
        "Nadia cuts changed stops",
        "changed stops, from 6 a week to 2 a week",
        "dispatch log",
        "2027-03-01",
        "next day's first tour",
        "Sit beside Marta",
        "shadowing",
        "Close the order desk",
        "First week with four",
        "whether tours hold",
        "The drivers",
        "Counts the changes",
        "Looks at the tours",
        "**Start:** 2027-02-01",
        "**End:** 2027-03-03",
        "Every Friday at four",
        "15 minutes",
        "Nothing is open.",
    ]
    places = [text.index(words) for words in shown]
    assert places == sorted(places)


def test_a_gap_is_named_by_its_text() -> None:
    assert plan_markdown(plan()).count("**Closes the gap:** Tours change late") == 2


def test_a_performance_support_plan_says_what_both_accepted_about_it() -> None:
    said = {"plan_kind": "performance_support", "prompted_by": "Two complaints", "formal_use": "No"}
    text = plan_markdown(with_value("frame", **said))
    assert "not an evaluation" not in text
    assert "What prompted it: Two complaints" in text
    assert "If its goals are not reached: nothing is agreed" in text
    assert "Use in a formal process: No" in text


def test_open_units_are_named_with_who_they_wait_for() -> None:
    waiting = {"id": "c" * 10, "kind": "goal", "state": "proposed", "waits_for": ["team_member", "manager"]}
    talk = {"id": "d" * 10, "kind": "support", "state": "conflict", "waits_for": []}
    text = plan_markdown(plan(open=[waiting, talk]))
    assert "- A goal (cccccccccc): proposed, waits for Nadia and Tom" in text
    assert "to be talked about" in text


def test_nothing_agreed() -> None:
    text = plan_markdown(plan(units=[]))
    assert text.startswith("# Coaching plan of Nadia\n")
    assert "Nothing is agreed yet." in text


@pytest.mark.parametrize("preset", ["commonmark", "js-default", "gfm-like"])
def test_hostile_texts_in_every_field_stay_text(preset: str) -> None:
    text = plan_markdown(hostile_plan())
    assert "\x1b" not in text
    html = MarkdownIt(preset, {"html": True}).render(text)
    tags = Tags(html).tags
    assert set(tags) <= OUR_TAGS
    tame = Tags(MarkdownIt(preset, {"html": True}).render(plan_markdown(plan()))).tags
    for block in ("h1", "h2", "blockquote", "ul", "ol", "li", "hr"):
        assert tags.count(block) == tame.count(block), block
