"""Searching one's plans by words: titles, names, agreed texts, from the index; no plan is opened for it."""

from __future__ import annotations

from dataclasses import dataclass

from coach_assist.flows.plans import PlanSummary, plans
from coach_assist.workspace.index import Index
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Hit:
    """A plan in which all words stand. Texts are as stored."""

    plan: PlanSummary
    where: str
    """The agreed text with most of the words that no title or name has; "" where all are there."""


def search(workspace: Workspace, words: str) -> tuple[Hit, ...]:
    """Return the plans in which each of the words stands, the title's first, else as in the list.

    Upper and lower case are the same; a word may be a part of one. No words find nothing. Raises
    Refused only where the folder itself cannot be read.
    """
    wanted = words.casefold().split()
    if not wanted:
        return ()
    found = plans(workspace)  # brings the index up to date; what has not changed is not opened
    texts = Index(workspace.index_path).texts()
    hits: list[tuple[int, Hit]] = []
    for plan in found:
        title, names = plan.title.casefold(), f"{plan.team_member}\n{plan.manager}".casefold()
        elsewhere = [word for word in wanted if word not in title and word not in names]
        text = texts.get(plan.id, "")
        if elsewhere:
            folded = text.casefold()
            if not all(word in folded for word in elsewhere):
                continue
        where = max(text.split("\n"), key=lambda line: _words_in(line, elsewhere)) if elsewhere else ""
        rank = 0 if all(word in title for word in wanted) else 1 if not elsewhere else 2
        hits.append((rank, Hit(plan, where)))
    hits.sort(key=lambda one: one[0])
    return tuple(hit for _, hit in hits)


def _words_in(line: str, words: list[str]) -> int:
    folded = line.casefold()
    return sum(word in folded for word in words)
