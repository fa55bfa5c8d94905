"""A guided talk in plain lines: one question, one answer, no cursor movement. All talk goes to stderr."""

from __future__ import annotations

from coach_assist.cli.line_answers import LineReader, Typed
from coach_assist.cli.numbered import say
from coach_assist.errors import UsageError
from coach_assist.flows.edit_text import edit_text, editor_command
from coach_assist.flows.guided import Guided, Step
from coach_assist.shown import safe_text, shortened

COMMANDS = {
    "back": "go back to the question before",
    "skip": "leave this question unanswered",
    "edit": "write the answer in your editor (EDITOR), good for long ones",
    "show": "show what is answered so far",
    "leave": "leave; everything is kept, and it can be taken up again",
    "help": "show this",
}


class GuidedLines:
    """Asks the steps of one talk."""

    def __init__(self, talk: Guided, editor: str | None) -> None:
        self._talk = talk
        self._editor = editor
        self._reader = LineReader(commands=COMMANDS)
        self._group = ""

    def hold(self) -> bool:
        """Ask until all steps are answered (True) or the person leaves (False)."""
        if self._talk.begun:
            say("This goes on where it was left.")
        say("Answer and press Enter; Enter alone skips. :help shows what else can be typed.")
        while (step := self._talk.step) is not None:
            self._ask(step)
            if not self._act(step, self._reader.read(many=step.kind == "lines")):
                return False
        return True

    def keep_unfinished(self) -> None:
        """Keep what was typed of an answer that was not ended (on Ctrl-C)."""
        text = "\n".join(self._reader.unfinished)
        if text.strip() and self._talk.step is not None:
            self._talk.answer(text)

    def _ask(self, step: Step) -> None:
        say()
        if step.group != self._group:
            self._group = step.group
            say(f"{step.group}.")
        if step.about:
            say(safe_text(step.about))
        say(step.prompt)
        if step.hint:
            say(step.hint)
        if step.choices:
            say(", ".join(f"{number} {words}" for number, (_, words) in enumerate(step.choices, start=1)))
        if answered := self._talk.answers.get(step.id):
            say(f"Answered already: {shortened(dict(step.choices).get(answered, answered), 300)}")
            say("Press Enter to keep it, or type another answer.")
        if self._talk.rejected(step.id):
            say("A text of yours was not taken here and is kept: :edit opens it.")
        if step.kind == "lines":
            say("Several lines are fine; an empty line ends the answer.")

    def _act(self, step: Step, typed: Typed) -> bool:
        """Do what was typed; False to leave."""
        match typed.command:
            case "edit":
                self._edit(step, typed.text)
            case "" | "skip" | "end" if typed.text.strip():
                self._take(typed.text)
            case "" | "skip":
                self._talk.skip()
            case "back":
                if typed.text.strip():
                    self._take(typed.text)
                    self._talk.go_to(step.id)
                self._talk.back()
            case "show":
                self._show()
            case "help":
                for name, words in COMMANDS.items():
                    say(f":{name}  {words}")
                say("A text that begins with a colon is typed with two. Ctrl-C leaves too.")
            case _:
                if typed.text.strip():
                    self._take(typed.text)
                return False
        if typed.command in ("show", "help") and typed.text.strip():
            self._take(typed.text)
        return typed.command != "end"

    def _take(self, text: str) -> None:
        problem = self._talk.answer(text)
        if problem:
            say(f"Not taken: {problem}.")

    def _edit(self, step: Step, begun: str) -> None:
        try:
            before = begun or self._talk.rejected(step.id) or self._talk.answers.get(step.id, "")
            text = edit_text(before, editor_command(self._editor))
        except UsageError as error:
            say(str(error))
            if begun.strip():
                self._take(begun)
            return
        if text.strip():
            self._take(text)

    def _show(self) -> None:
        answers = self._talk.answers
        for number, step in enumerate(self._talk.steps, start=1):
            if answers.get(step.id):
                words = dict(step.choices).get(answers[step.id], answers[step.id])
                about = f"{shortened(step.about, 60)}: " if step.about else f"{step.group}: "
                say(f"{number}. {about}{shortened(words, 300)}")
