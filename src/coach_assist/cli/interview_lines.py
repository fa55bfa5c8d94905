"""What the line-by-line interview says and does; the session itself is the one that the screen shows."""

from __future__ import annotations

from collections.abc import Callable

import click

from coach_assist.cli.line_answers import COMMANDS, LineReader, Typed
from coach_assist.cli.line_guard import LineGuard
from coach_assist.errors import UsageError
from coach_assist.flows.edit_text import edit_text, editor_command
from coach_assist.flows.interview import Interview
from coach_assist.interview.answers import Answer
from coach_assist.interview.questions import Question, group_title
from coach_assist.interview.session import Step
from coach_assist.shown import safe_text, shortened

Better = Callable[[Interview], str]
VALUES = "values"
"""The question about what the plan serves."""
_ONE_LINE = 400
"""Questions whose answers are at most this long are answered in one line."""


class Lines:
    """One interview, held in lines."""

    def __init__(
        self, interview: Interview, editor: str | None, *, alone: str = "", better: Better | None = None
    ) -> None:
        """`better` returns a better follow-up than the rules' own, "" where there is none at once."""
        self.interview = interview
        self._alone = alone
        """Who answers alone ("manager", "team-member"); "" where both answer at one keyboard."""
        self._editor = editor
        self._better = better
        self._reader = LineReader()
        self._guard = LineGuard(self._reader, say)
        self._group = ""
        self._rejected = ""
        """A text that was not taken as it was; the editor opens with it."""
        self._visiting = False
        """One answer is being changed after all were given; the end comes back after it."""

    def hold(self, *, ask_to_draft: bool = False) -> bool:
        """Ask until everything is answered or the person leaves.

        With `ask_to_draft`, ask at the end whether the answers become drafts now: True is a yes.
        """
        session = self.interview.session
        if self.interview.plan and self.interview.plan.demo:
            say("DEMO: this is a sample plan.")
        if session.before:
            self._show()
        if session.finished:
            self._visit()
        else:
            say("Answer each question and press Enter. :help shows what else can be typed.")
            if not self._ask_all():
                self._say_left()
                return False
            self._say_end()
        return ask_to_draft and not self.interview.missing and self._wants_drafts()

    def _wants_drafts(self) -> bool:
        say("")
        say("Turn the answers into drafts now? Type yes, or press Enter to do it later.")
        return self._reader.read(many=False).text.strip().lower() in ("y", "yes")

    def keep_unfinished(self) -> None:
        """Take over what was typed of an answer that was not ended (on Ctrl-C)."""
        text = "\n".join(self._reader.unfinished) or self._guard.pending
        if text.strip() and self.interview.session.question is not None:
            self._keep(text)

    def _ask_all(self) -> bool:
        """Ask question after question; False where the person leaves."""
        while (asked := self.interview.session.question) is not None:
            self._ask(asked)
            typed = self._reader.read(many=_many(asked))
            if self._act(asked, typed):
                return False
            moved = self.interview.session.question is not asked
            if self._visiting and moved and typed.command in ("", "edit", "skip"):
                self.interview.to_next_open()
        return True

    def _visit(self) -> None:
        """All is answered: change single answers for as long as the person likes."""
        self._visiting = True
        while True:
            self._say_end()
            say("To change an answer, type :go and its number; Enter leaves.")
            typed = self._reader.read(many=False)
            if typed.command == "help":
                say_help()
            elif typed.command == "show":
                self._show()
            elif typed.command in ("go", "full", "short"):
                self._go(typed.argument) if typed.command == "go" else self._switch(typed.command)
                if not self._ask_all():
                    return
            else:
                return

    def _ask(self, asked: Question) -> None:
        session = self.interview.session
        say("")
        if asked.group != self._group:
            self._group = asked.group
            say(f"{group_title(asked.group)}.")
        optional = "" if asked.required else ", optional"
        say(f"Question {session.number} of {session.total}: {asked.label}{optional}.")
        say(asked.prompt)
        say(f"Why: {asked.why}")
        say(f"Example: {asked.example}")
        if asked.id == VALUES:
            say_values()
        if session.value:
            say(f"Answered already: {_shown(session.value)}")
            say("Press Enter to keep it, or type another answer.")
        elif session.default:
            say(f"Press Enter for {session.default}.")
        if _many(asked):
            say("Several lines are fine; an empty line ends the answer.")

    def _act(self, asked: Question, typed: Typed) -> bool:
        """Do what was typed; True to leave."""
        interview = self.interview
        match typed.command:
            case "":
                self._answer(asked, typed.text)
            case "edit":
                self._edit(typed.text)
            case "skip":
                if typed.text.strip():
                    self._keep(typed.text)
                else:
                    interview.skip()
                    say("Skipped for now.")
            case "back":
                self._keep_begun(asked, typed.text)
                interview.back()
            case "go":
                self._keep_begun(asked, typed.text)
                self._go(typed.argument)
            case "full" | "short":
                self._keep_begun(asked, typed.text)
                self._switch(typed.command)
            case "show":
                self._keep_begun(asked, typed.text)
                self._show()
            case "help":
                self._keep_begun(asked, typed.text)
                say_help()
            case _:
                self._keep_begun(asked, typed.text)
                return True
        return False

    def _answer(self, asked: Question, text: str) -> None:
        session = self.interview.session
        if not text.strip() and not (session.value or session.default or asked.required):
            self.interview.skip()
            say("Skipped for now.")
            return
        chosen = self._guard.choose(text, many=_many(asked))
        if chosen is None:
            say("Left out. The question stays.")
            return
        self._follow(self.interview.answer(chosen), chosen)

    def _follow(self, step: Step, text: str) -> None:
        """Say what an answer led to; ask the follow-up to a thin one, once."""
        if step.problem:
            self._rejected = text
            say(f"Not taken: {safe_text(step.problem, one_line=True)}.")
            return
        self._rejected = ""
        if not step.probe:
            return
        probe = (self._better(self.interview) if self._better else "") or step.probe
        self.interview.ask_instead(probe)
        say("")
        say(f"Kept. One thing more: {safe_text(probe, one_line=True)}")
        say("Add to your answer, or press Enter to keep it as it is.")
        typed = self._reader.read(many=True)
        if typed.command == "edit":
            self._edit(typed.text)
        elif typed.text.strip() and (more := self._guard.choose(typed.text, many=True)):
            added = self.interview.add(more)
            self._follow(added, more)
        if typed.command == "back":
            self.interview.go_to(step.session.question.id if step.session.question else "")
        elif typed.command == "help":
            say_help()
        elif self.interview.session.probing:
            self._follow(self.interview.answer("", keep=True), "")

    def _edit(self, begun: str) -> None:
        session = self.interview.session
        value = session.value if isinstance(session.value, str) else "\n".join(session.value)
        try:
            text = edit_text(begun or self._rejected or value, editor_command(self._editor))
        except UsageError as error:
            say(safe_text(str(error)))
            self._rejected = begun or self._rejected
            return
        if text.strip() and (chosen := self._guard.choose(text, many=True)):
            self._follow(self.interview.answer(chosen, keep=session.probing is not None), chosen)

    def _keep(self, text: str) -> None:
        """Take a text as it is, without a follow-up."""
        self._follow(self.interview.answer(text, keep=True), text)

    def _keep_begun(self, asked: Question, text: str) -> None:
        """Keep an answer that a command cut short, and stay at its question."""
        if text.strip() and (chosen := self._guard.choose(text, many=True)):
            self._keep(chosen)
            if not self._rejected:
                self.interview.go_to(asked.id)
                say("What you typed is kept.")

    def _go(self, place: str) -> None:
        questions = self.interview.session.questions
        if place.isascii() and place.isdigit() and 1 <= int(place) <= len(questions):
            place = questions[int(place) - 1].id
        try:
            self.interview.go_to(place.lower().replace("-", "_"))
        except UsageError:
            say("Say :go and one of: " + ", ".join(asked.id for asked in questions) + ".")

    def _switch(self, path: str) -> None:
        session = self.interview.switch_path("full" if path == "full" else "short")
        say(f"Now on the {path} path: {session.total} questions.")

    def _show(self) -> None:
        session = self.interview.session
        answered = [asked for asked in session.questions if session.answers.get(asked.id)]
        say(f"Answered so far ({len(answered)} of {session.total}):")
        for asked in answered:
            say(f"{session.questions.index(asked) + 1}. {asked.label}: {_shown(session.answers[asked.id])}")

    def _say_left(self) -> None:
        say("")
        if self.interview.plan_id is None:
            say("You left before the first answer, so nothing was kept.")
            return
        say("You left the interview. Every answer is kept.")
        say(f"To go on: coach-assist interview {self.interview.short_id}{self._as}")

    @property
    def _as(self) -> str:
        return f" --as {self._alone}" if self._alone else ""

    def _say_end(self) -> None:
        say("")
        plan = self.interview.short_id
        if self._alone:
            say("All questions were asked, and every answer is kept, in your drawer alone.")
            say(f"To release them: coach-assist release {plan}{self._as}")
            return
        missing = self.interview.missing
        if missing:
            say(
                "All questions were asked. Still needed: " + ", ".join(asked.label for asked in missing) + "."
            )
            say(f"To answer them: coach-assist interview {plan}")
            return
        say("All questions are answered, and every answer is kept.")
        for line in NEXT_STEPS:
            say(line.format(plan=plan))


NEXT_STEPS = (
    "Next, turn the answers into drafts:  coach-assist interview {plan} --draft",
    "Then put drafts forward:             coach-assist propose {plan}",
    "To change an answer:                 coach-assist interview {plan}",
)


def say(text: str) -> None:
    """Write a line of talk to stderr."""
    click.echo(text, err=True)


def say_values() -> None:
    """Name the organisation's values, where its policy lists some."""
    from coach_assist.flows.policy import policy

    if values := policy().plans.company_values:
        say("Your organisation's values, to choose from: " + safe_text("; ".join(values), one_line=True))


def say_help() -> None:
    """Say what can be typed besides an answer."""
    for name, words in COMMANDS.items():
        say(f":{name}  {words}")
    say("A text that begins with a colon is typed with two. Ctrl-C leaves too; all answers are kept.")


def _many(asked: Question) -> bool:
    return asked.max_length > _ONE_LINE


def _shown(value: Answer) -> str:
    if isinstance(value, str):
        return shortened(value, 300)
    return " / ".join(shortened(entry, 300) for entry in value)
