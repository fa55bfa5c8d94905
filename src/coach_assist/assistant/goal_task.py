"""One vague goal with what is known around it, and what of it the prompt is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from coach_assist.assistant.asking import Slots
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.facts import Fact
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.targets import Pace
from coach_assist.assistant.words import content_stems, sentences, similarity
from coach_assist.shown import safe_text


@dataclass(frozen=True, slots=True)
class GoalTask:
    """One vague goal with what is known around it."""

    brief: Brief
    grounds: Grounds
    goal: str
    facts: tuple[Fact, ...]
    gaps: tuple[str, ...] = ()
    pace: Pace = "fair"
    alone: bool = False
    """Whether nothing is known but the goal itself, so that what one does is for the model to suggest."""

    @property
    def measured(self) -> bool:
        return bool(self.facts)

    @property
    def thin(self) -> bool:
        """Whether no answer says what is missing today, so that what one does is the model's idea."""
        told = ("behaviour", "situation", "impact", "measure", "activities", "first_step")
        return self.alone or not (self.facts or self.gaps or any(self.brief.text(name) for name in told))

    @property
    def bare(self) -> bool:
        """Whether only what one does is asked for, since nothing but the goal itself says anything."""
        only_goal = self.thin and not self.brief.text("obstacle")
        return self.alone or (only_goal and not self.facts)

    @property
    def prompt(self) -> str:
        """The task whose prompt asks for it: German answers have examples of their own."""
        german = "_de" if self.brief.language == "de" else ""
        if self.measured:
            return f"goal_measured{german}"
        return f"rewrite{german}" if self.bare else f"goal_observed{german}"

    @property
    def people(self) -> list[str]:
        """Who may collect evidence: the two parties, as they are called in sentences."""
        names = [self.brief.member_short or "the team member", self.brief.manager_short or "the manager"]
        if names[0] == names[1]:
            names = [self.brief.member or names[0], self.brief.manager or names[1]]
        return list(dict.fromkeys(name[:60] for name in names))

    def fact(self, slots: Slots) -> Fact:
        """Return the fact that the slots chose."""
        return next((fact for fact in self.facts if listed(fact) == slots.get("fact")), self.facts[0])


def listed(fact: Fact) -> str:
    """Return a fact as the model sees and copies it: one plain line."""
    return re.sub(r"[\"\\|<>{}]", "", safe_text(fact.text, one_line=True))


def goal_values(task: GoalTask) -> dict[str, str]:
    """Return what the prompt of the goal needs: the answers around it, its data last."""
    brief, people = task.brief, task.people
    lines = [f"team member: {people[0]}", f"manager: {people[-1]}", f"goal: {short_line(task.goal, 300)}"]
    if brief.text("development_area"):
        lines.append(f"development area: {short_line(brief.text('development_area'), 300)}")
    if task.measured:
        parts = [("current_state", "current state", 500), ("measure", "measure", 200), ("why", "why", 200),
                 ("obstacle", "obstacle", 250), ("activities", "activities", 300)]  # fmt: skip
    else:
        missing = missing_today(task)
        parts = [("behaviour", "behaviour", 200), ("measure", "measure", 200), ("why", "why", 200),
                 ("obstacle", "obstacle", 250)]  # fmt: skip
        if missing:
            lines.append(f"missing today: {short_line(missing, 300)}")
        elif len(brief.goals) > 1:
            # What stands in the state belongs to the other goals; what is planned may belong to this one.
            parts.append(("activities", "activities", 300))
        elif task.gaps:
            lines.append(f"current state: {short_line(brief.text('current_state'), 300)}")
    told = {name: about_goal(task, brief.text(name)) for name, _, _ in parts}
    lines += [f"{label}: {short_line(told[name], most)}" for name, label, most in parts if told[name]]
    if task.measured:
        return {"answers": "\n".join(lines), "facts": " | ".join(listed(fact) for fact in task.facts)}
    lines.append(f"weeks: {brief.weeks}")
    return {"answers": "\n".join(lines)}


def about_goal(task: GoalTask, answer: str) -> str:
    """Return an answer without the sentences that speak of another goal more than of this one.

    What speaks of none stays with all of them; a plan of one goal keeps everything.
    """
    brief = task.brief
    if len(brief.goals) < 2 or not answer.strip():
        return answer
    topics = {
        goal: content_stems(" ".join([goal, *(fact.text for fact in facts)]))
        for goal, facts in zip_longest(brief.goals, brief.facts, fillvalue=())
        if isinstance(goal, str)
    }
    pieces = sentences(answer)
    kept = []
    for piece in pieces:
        stems = content_stems(piece)
        shared = {goal: len(stems & topic) for goal, topic in topics.items()}
        most = max(shared.values(), default=0)
        if most == 0 or shared.get(task.goal, 0) == most:
            kept.append(piece)
    if len(kept) == len(pieces):
        return answer
    return " ".join(piece if piece[-1] in ".!?" else f"{piece};" for piece in kept).rstrip(";")


def missing_today(task: GoalTask) -> str:
    """Return the gap that the goal speaks of; one that another goal moves only if words are shared."""
    numbered = [fact.text for own in task.brief.facts for fact in own]
    free = [gap for gap in task.gaps if not any(similarity(gap, text) > 0.8 for text in numbered)]
    related = [gap for gap in task.gaps if similarity(gap, f"{task.goal} {task.brief.text('measure')}") > 0]
    return max(related or free, key=lambda gap: similarity(gap, task.goal), default="")


def short_line(text: str, most: int) -> str:
    """Return a text as one harmless line of about `most` characters, cut at a word end."""
    line = safe_text(text, one_line=True)
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
