"""Names: replaced in every spelling, back exactly as typed, whole and in pieces cut anywhere."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.assistant.privacy.names import forms_of
from coach_assist.assistant.privacy.pseudonyms import UNKNOWN, Pseudonyms
from coach_assist.errors import Refused

PAIR = ("Maya Lindqvist", "Jürgen von der Müller-Öst")


def knowing(*names: str) -> Pseudonyms:
    pseudonyms = Pseudonyms()
    pseudonyms.know(names or PAIR)
    return pseudonyms


@pytest.mark.parametrize(
    "text",
    [
        "Maya", "MAYA", "maya", "Maya's", "Maya’s", "Mayas Ziel", "Maya-led", "(Maya)", "_Maya_", "**Maya**",
        "Lindqvist", "Ms Lindqvist", "Lindqvist, Maya", "Lind-\nqvist", "maya_lindqvist@corp.example",
        "mlindqvist", "mayal", "@mayalindqvist", "Ma\u00adya", "M\u200baya", "Ｍａｙａ", "Maya\u200bwrote",
        "x\nMaya\ty", "Maya\x00Lindqvist", "Maya\x07wrote", '{"who": "Maya"}', "Jürgen",
        "Ju\u0308rgen", "JUERGEN", "Jurgen",
        "J\\u00fcrgen", "Müller-Öst", "Mueller", "Muller", "Ost", "Oest",
    ],
)  # fmt: skip
def test_a_known_name_never_leaves(text: str) -> None:
    pseudonyms = knowing()
    hidden = pseudonyms.hide(text)
    folded = unicodedata.normalize("NFKD", hidden).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    for name in ("maya", "lindqvist", "jurgen", "juergen", "muller", "mueller", "oest", "u00fc"):
        assert name not in plain
    assert "Person" in hidden
    if "\\u" not in text:
        assert pseudonyms.restore(hidden) == text


@pytest.mark.parametrize(
    ("names", "text", "hidden"),
    [
        (("Will Park",), "Will will park by May", "PersonA will park by May"),
        (("Bob Smith",), "Robert and Bobby; bob the boat", "PersonA and PersonAb; bob the boat"),
        (("O'Brien",), "OBrien, O’Brien and Brien", "PersonA, PersonAb and PersonAc"),
        (("田中太郎",), "田中太郎さんはGitで", "PersonAさんはGitで"),
        (("Иван Петров",), "Ивана Петрова нет", "PersonAа PersonAbа нет"),
        (("Anna-Lena Berg",), "Anna Lena, Annalena, Lena", "PersonA, PersonAb, PersonAc"),
        (("Ute Mueller",), "Müller and Mueller", "PersonA and PersonAb"),
        (("maya.l@corp.example",), "corp and maya.l@corp.example", "corp and PersonA"),
    ],
)
def test_forms(names: tuple[str, ...], text: str, hidden: str) -> None:
    pseudonyms = knowing(*names)
    assert pseudonyms.hide(text) == hidden
    assert pseudonyms.restore(hidden) == text


@pytest.mark.parametrize("text", ["", "Four of ten tickets", "the personas met", "A person met Person 7"])
def test_other_text_goes_as_it_is(text: str) -> None:
    assert knowing().hide(text) == text


@pytest.mark.parametrize("name", ["", "   ", "42", "—", "\u200b"])
def test_what_is_no_name_has_no_form(name: str) -> None:
    assert forms_of(name) == ()


@pytest.mark.parametrize(
    "typed", ["PersonA", "PersonAb", "Person A", "personB", "Person_C", "Person-A", "PersonAs"]
)
def test_a_typed_look_alike_is_defused_and_comes_back(typed: str) -> None:
    pseudonyms = knowing()
    hidden = pseudonyms.hide(f"Maya met {typed}.")
    assert hidden.startswith("PersonA met Person") and typed not in hidden.removeprefix("PersonA")
    assert pseudonyms.restore(hidden) == f"Maya met {typed}."


@pytest.mark.parametrize(
    "given_back", ["PersonA", "Person A", "personA", "Person_A", "Person-A", "*PersonA*"]
)
def test_what_a_model_makes_of_a_stand_in_is_understood(given_back: str) -> None:
    pseudonyms = knowing()
    pseudonyms.hide("Maya")
    assert pseudonyms.restore(given_back) == given_back.replace(given_back.strip("*"), "Maya")


def test_a_stand_in_that_stands_for_nobody_is_shown_as_such_and_reported() -> None:
    heard: list[str] = []
    pseudonyms = Pseudonyms(heard.append)
    pseudonyms.know(PAIR)
    pseudonyms.hide("Maya")
    assert (
        pseudonyms.restore("PersonA asks PersonZ, Person Z and PersonAk")
        == f"Maya asks {UNKNOWN}, Person Z and {UNKNOWN}"
    )
    assert heard == ["PersonZ", "PersonAk"]


def test_names_in_json_are_escaped_on_the_way_back() -> None:
    pseudonyms = knowing('Anna "Annie" Berg')
    hidden = pseudonyms.hide("Ask Anna-\nLena Berg, Anna\tBerg")
    answer = json.dumps({"who": hidden})
    assert json.loads(pseudonyms.restore(answer, quoted=True)) == {"who": "Ask Anna-\nLena Berg, Anna\tBerg"}


@pytest.mark.parametrize("text", ["zPersonA.", "aPersonA PersonA", "éPersonA"])
def test_inside_a_word_nothing_is_restored_wherever_it_is_cut(text: str) -> None:
    pseudonyms = knowing()
    pseudonyms.hide("Maya")
    stream = pseudonyms.stream()
    assert "".join(map(stream.feed, text)) + stream.end() == pseudonyms.restore(text)
    assert pseudonyms.restore(text).startswith(text[:8])


def test_right_after_an_escape_of_json_a_name_is_a_name() -> None:
    pseudonyms = knowing()
    typed = r'{"a": "one\nMaya\tJürgen\u201cMaya", "path": "corp\maya"}'
    hidden = pseudonyms.hide(typed)
    assert hidden == r'{"a": "one\nPersonA\tPersonB\u201cPersonA", "path": "corp\PersonAb"}'
    for cut in range(len(hidden) + 1):
        stream = pseudonyms.stream(quoted=True)
        assert stream.feed(hidden[:cut]) + stream.feed(hidden[cut:]) + stream.end() == typed


def test_what_is_left_is_refused() -> None:
    with pytest.raises(Refused, match="would have been sent"):
        knowing().refuse_known("then maya said")


ANSWER = 'PersonA, PersonAb and PersonAs plan; {"who": "PersonB", "x": "PersonQ person A perso"}'


def test_an_answer_cut_anywhere_is_restored_alike() -> None:
    pseudonyms = knowing()
    pseudonyms.hide("Maya MAYA Jürgen")
    whole = pseudonyms.restore(ANSWER, quoted=True)
    assert whole == 'Maya, MAYA and Mayas plan; {"who": "Jürgen", "x": "[name] Maya perso"}'
    for cut in range(len(ANSWER) + 1):
        stream = pseudonyms.stream(quoted=True)
        shown = [stream.feed(ANSWER[:cut]), stream.feed(ANSWER[cut:]), stream.end()]
        assert "".join(shown) == whole, cut
        assert not re.search(r"\bPerson?A", shown[0]), "nothing that is shown is taken back"
    stream = pseudonyms.stream(quoted=True)
    assert "".join(map(stream.feed, ANSWER)) + stream.end() == whole


NAMES = st.lists(
    st.text("aábcdeößlmnorstuyzABÖMÉ'- ", min_size=2, max_size=24).filter(lambda name: bool(forms_of(name))),
    min_size=1,
    max_size=4,
)
SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(
            [" ", "'s ", "s ", "-", ", ", "\n", "-\n", "\u200b", "_", "@", "PersonA", "Person", "", "é", "田"]
        ),
        st.text("aábcdeösuyzAB .,'-\n", max_size=6),
        st.integers(0, 50),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(NAMES, SCRAPS, st.integers(0, 2**16))
def test_no_known_form_is_left_and_all_comes_back(
    names: list[str], scraps: list[str | int], salt: int
) -> None:
    forms = [form.text for name in names for form in forms_of(name)] + names
    text = "".join(
        scrap if isinstance(scrap, str) else forms[(scrap + salt) % len(forms)] for scrap in scraps
    )
    pseudonyms = knowing(*names)
    hidden = pseudonyms.hide(text)
    assert pseudonyms.restore(hidden) == text
    left = re.sub(
        r"(?<![A-Za-zÀ-ɏ0-9])[Pp]erson[ _-]?[A-HJ-NP-Z]{1,3}[a-rt-z]{0,3}(?=s?(?![A-Za-zÀ-ɏ0-9]))",
        "·",
        hidden,
    )
    for form in forms:
        if len(form) > 1 and form.isascii() and form.isalpha() and form == form.lower():
            assert not re.search(rf"(?<![^\W_]){form}(?![^\W_])", left) or any(
                one.capital for name in names for one in forms_of(name) if one.text == form
            )
    cut = salt % (len(hidden) + 1)
    stream = pseudonyms.stream()
    assert stream.feed(hidden[:cut]) + stream.feed(hidden[cut:]) + stream.end() == text
