"""No text becomes markup: neither in Markdown, nor in the HTML made from it, nor in JSON."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach_assist.exchange.inert import json_text, markdown_line, markdown_text
from coach_assist.shown import safe_text

PRESETS = (
    MarkdownIt("js-default", {"html": True, "linkify": True}).enable("linkify"),
    MarkdownIt("commonmark", {"html": True}),
    MarkdownIt("gfm-like", {"html": True}),
)
SHOWN_TAGS = {"p", "ul", "li", "strong", "br", "blockquote"}
HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "<https://example.org>",
    "https://example.org www.example.org me@example.org example.org ftp://x.example",
    "mailto:me@example.org",
    "[x]: http://example.org\n\n[x]",
    "# heading\n===\n---\n***",
    "```\ncode\n```\n~~~\nx\n~~~",
    "    indented\n\tindented",
    "- a\n+ b\n* c\n1. d\n2) e",
    "> quote",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &#60;i&#62; &copy;",
    "*a* _b_ **c** ~~d~~ `e` ^f^ $g$",
    "<!-- x --> <?php ?> <![CDATA[x]]> <b>",
    "a\\\n<b>\\",
    "\x1b]0;title\x07\x1b[2J\x9b31m",
    "[@click=app.quit]x[/] [/b]",
    "=cmd|' /C calc'!A0",
    "x​y‮z",
    ":-: \n:-: | :-:",
    "word\n: definition",
)


class Tags(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.other: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


def shown_words(text: str) -> list[str]:
    return safe_text(text).split()


def assert_inert(source: str, text: str, allowed: set[str]) -> None:
    for markdown in PRESETS:
        page = Tags(markdown.render(source))
        assert set(page.tags) <= allowed, (page.tags, source)
        assert not page.other
        assert page.text.split() == text.split(), source


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(HOSTILE),
    st.sampled_from(
        ["\n", " ", "<", "[", "](", "www.", "http://", "@", "1. ", "    ", "\\", "&", "a.b", "://"]
    ),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)


@given(TEXTS)
@settings(deadline=None)
def test_a_line_shows_its_words_and_nothing_else(text: str) -> None:
    assert_inert(f"x {markdown_line(text)}", "x " + " ".join(shown_words(text)), {"p"})


@given(TEXTS)
@settings(deadline=None)
def test_a_text_is_one_paragraph_wherever_it_stands(text: str) -> None:
    words = " ".join(shown_words(text))
    assert_inert(f"x\n\n{markdown_text(text)}", f"x {words}", {"p", "br"})
    assert_inert(f"- **x:** {markdown_text(text, '  ')}", f"x: {words}", {"ul", "li", "strong", "br"})
    assert_inert(f"1. x {markdown_text(text, '   ')}", f"x {words}", {"ol", "li", "br"})
    assert_inert(f"> x {markdown_line(text)}", f"x {words}", {"blockquote", "p"})


@pytest.mark.parametrize("text", HOSTILE)
def test_known_attacks_are_inert(text: str) -> None:
    assert_inert(markdown_text(text), " ".join(shown_words(text)), {"p", "br"})
    assert "\x1b" not in markdown_text(text)


@given(st.text())
@settings(deadline=None)
def test_json_keeps_the_text_and_holds_no_terminal_character(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    assert all(safe_text(character) == character for character in written)


def test_json_stays_readable() -> None:
    assert json_text({"goal": "Größe 値 🙂"}) == '{\n  "goal": "Größe 値 🙂"\n}\n'


def test_the_readers_of_these_tests_would_see_markup() -> None:
    raw = "<b>x</b> [x](http://example.org) ![x](y.png) https://example.org example.org"
    for markdown in PRESETS[::2]:
        assert {"b", "a", "img"} <= set(Tags(markdown.render(raw)).tags)
        assert Tags(markdown.render(raw)).tags.count("a") == 3
