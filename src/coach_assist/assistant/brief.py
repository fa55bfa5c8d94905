"""The brief: what the answers say, in the form in which drafting needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from coach_assist.assistant.facts import Fact, facts_for_goals, measured_facts
from coach_assist.assistant.language import Language, language_of
from coach_assist.assistant.lexicon import word_list
from coach_assist.interview.answers import Answers
from coach_assist.shown import safe_text

MOST_GOALS = 3
"""More goals than these are not drafted: a plan of at most ten units has no room for them."""

_TITLES = word_list("titles")
_QUESTIONS = (
    "role", "aim", "vision", "values", "development_area", "current_state", "strengths", "situation",
    "behaviour", "impact", "goal", "measure", "why", "motivation", "obstacle", "options", "activities",
    "first_step", "support", "cadence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brief:
    """Answers for drafting. `texts` holds the joint answers by question id, exactly as given."""

    member: str
    manager: str
    start: date
    end: date
    goals: tuple[str, ...]
    texts: dict[str, str]
    language: Language = "en"
    facts: tuple[tuple[Fact, ...], ...] = ()
    """For each goal the measured facts that it may rest on."""
    undrafted_goals: int = 0
    private: tuple[str, ...] = field(default=(), repr=False)
    """One party's own answers: never sent or drafted from, but what they say is not invented."""

    @property
    def member_short(self) -> str:
        """How the team member is called in sentences: the first name, or the whole after a title."""
        return short_name(self.member)

    @property
    def manager_short(self) -> str:
        return short_name(self.manager)

    @property
    def weeks(self) -> int:
        """The whole weeks of the plan, at least one."""
        return max(1, (self.end - self.start).days // 7)

    def text(self, question: str) -> str:
        """Return the answer to a question, "" where there is none."""
        return self.texts.get(question, "")

    def line(self, question: str) -> str:
        """Return an answer as one harmless line, for a prompt."""
        return safe_text(self.text(question), one_line=True)

    @property
    def everything(self) -> str:
        """All that the answers hold, names and dates too: what a draft may say without inventing."""
        dates = f"{self.start.isoformat()} {self.end.isoformat()}" if not self.texts else ""
        return "\n".join([self.member, self.manager, *self.goals, *self.texts.values(), *self.private, dates])


def short_name(name: str) -> str:
    """Return the first name of a full name; a name with a title, or of a single word, stays whole."""
    words = safe_text(name, one_line=True).split()
    if not words:
        return ""
    if words[0].rstrip(".").lower() in _TITLES or len(words[0].rstrip(".")) < 2:
        return " ".join(words)
    return words[0]


def brief_of(answers: Answers) -> Brief:
    """Read the joint answers. A goal with several lines counts as several goals."""
    goals = [line.strip(" -*•\t") for given in answers.goals for line in given.splitlines()]
    goals = [goal for goal in goals if goal]
    texts = {question: answers.text(question) for question in _QUESTIONS if answers.text(question).strip()}
    texts |= {name: answers.text(name) for name in ("start", "end") if answers.text(name).strip()}
    private = tuple(
        text if isinstance(text, str) else "\n".join(text)
        for own in answers.by.values()
        for text in own.values()
    )
    kept = tuple(goals[:MOST_GOALS])
    pairs = [(question, safe_text(text, one_line=False)) for question, text in texts.items()]
    facts = facts_for_goals(measured_facts(pairs), kept, texts.get("development_area", ""))
    return Brief(
        member=answers.text("team_member").strip(),
        manager=answers.text("manager").strip(),
        start=answers.start,
        end=answers.end,
        goals=kept,
        texts=texts,
        language=language_of(
            [*kept, *(text for name, text in texts.items() if name not in ("start", "end"))]
        ),
        facts=tuple(tuple(own) for own in facts),
        undrafted_goals=len(goals) - len(kept),
        private=private,
    )
