"""The questions as a Markdown form, for somebody who can install nothing; and reading it back.

Each question has a marker line that names it; what stands between "Answer:" and the next marker is the
answer, exactly as it was typed. Everything else in a returned file is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coach_assist.errors import UsageError
from coach_assist.exchange.inert import markdown_line
from coach_assist.interview.answers import Answer, problem_of
from coach_assist.interview.questions import Question, group_title
from coach_assist.shown import shortened

LARGEST = 1024 * 1024
_MARKER = re.compile(r"^\s*\\?<!--\s*question:\s*([a-z_]{1,40})\s*-->\s*$")
_ANSWER = re.compile(r"^\s*\*{0,2}Answer:\*{0,2}\s?(.*)$")


def form_markdown(questions: Iterable[Question], name: str, page: str) -> str:
    """Return the form for one person: the page on joining, then each question with room for an answer."""
    parts = [f"# Questions for {markdown_line(name)}"]
    parts.append("\n".join(f"> {markdown_line(line)}" if line else ">" for line in page.splitlines()))
    parts.append(
        "Write below “Answer:”, as much or as little as you like, and leave out what you like. Leave the "
        "lines with <!-- --> as they are. Your answers count only once you have confirmed them in person."
    )
    group = ""
    for asked in questions:
        if asked.group != group:
            group = asked.group
            parts.append(f"## {group_title(group)}")
        lines = [f"<!-- question: {asked.id} -->", f"**{asked.prompt}**", "", f"Why: {asked.why}"]
        if asked.type == "list":
            lines.append("One a line, please.")
        parts.append("\n".join([*lines, "", "Answer:", "", ""]))
    return "\n\n".join(parts) + "\n<!-- question: end -->\n"


def read_form(data: bytes, questions: Iterable[Question]) -> dict[str, Answer]:
    """Return the answers of a returned form. Raises UsageError with every fault; nothing is taken then."""
    if len(data) > LARGEST:
        raise UsageError("The form is larger than one megabyte.", kept="Nothing was taken over.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("The form is not UTF-8 text.", kept="Nothing was taken over.") from None
    known = {asked.id: asked for asked in questions}
    found: dict[str, Answer] = {}
    problems: list[str] = []
    for question, lines in _sections(text):
        if question == "end" or not (given := "\n".join(lines).strip("\n").strip()):
            continue
        asked = known.get(question)
        if asked is None:
            problems.append(f"{shortened(question, 40)} is no question of this form")
            continue
        answer = _typed(asked, given)
        if question in found:
            problems.append(f"{question} stands twice")
        elif problem := problem_of(asked, answer):
            problems.append(f"{question} {problem}")
        found[question] = answer
    if problems:
        raise UsageError(
            f"The form cannot be taken: {'; '.join(problems)}.",
            kept="Nothing was taken over.",
            next_step="Correct these answers in the file, then read it once more.",
        )
    if not found:
        raise UsageError("There is no answer in this form.", kept="Nothing was taken over.")
    return found


def _typed(asked: Question, given: str) -> Answer:
    if asked.type != "list":
        return given
    return tuple(line.strip(" -*•\t") for line in given.splitlines() if line.strip(" -*•\t"))


def _sections(text: str) -> Iterable[tuple[str, list[str]]]:
    question, lines, answering = "", list[str](), False
    for line in text.splitlines():
        if marker := _MARKER.match(line):
            if question:
                yield question, lines
            question, lines, answering = marker[1], [], False
        elif not answering:
            if (begun := _ANSWER.match(line)) is not None:
                answering = True
                lines.append(begun[1])
        elif not re.match(r"^##\s", line):
            lines.append(line)
    if question:
        yield question, lines


def answers_shown(answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return (question, text) of answers for showing them, as given."""
    return [(key, one if isinstance(one, str) else "\n".join(one)) for key, one in answers.items()]
