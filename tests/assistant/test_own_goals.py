"""Goals in the person's own words, and what of the answers belongs to which goal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from scripted_drafting import ANSWERS

from coach_assist.assistant.brief import brief_of
from coach_assist.assistant.goal_task import GoalTask, about_goal, goal_values
from coach_assist.assistant.goal_units import is_idea
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of
from coach_assist.assistant.own_goals import kept_goal, only_says_today, own_fields
from coach_assist.assistant.targets import named_target
from coach_assist.interview.answers import parse_answers_data

TODAY = date(2026, 3, 2)


def task(number: int = 0, *, gaps: tuple[str, ...] = (), only: bool = False, **changes: Any) -> GoalTask:
    """The task of one goal of the sample pair, with other answers as named (`only` leaves the rest out)."""
    names = ("team_member", "manager", "start", "end", "development_area", "goal")
    given = {name: ANSWERS[name] for name in names} if only else ANSWERS
    brief = brief_of(parse_answers_data({**given, **changes}, today=TODAY))
    return GoalTask(brief, Grounds(brief.everything), brief.goals[number], brief.facts[number], gaps)


@pytest.mark.parametrize(
    ("text", "today_only"),
    [
        ("Currently at 62 picks per hour", True),
        ("Answer mails faster, it takes 3 days at the moment", True),
        ("Her error rate is 1.8 %", True),
        ("Talk to my two juniors more often", True),
        ("Now at 62 picks per hour, 70 by May", False),
        ("Cut the error rate from 1.8 % to 0.9 %", False),
        ("Give 3 talks to the team by 30 April 2026", False),
        ("Reach at least 70 picks an hour", False),
    ],
)
def test_a_sentence_that_only_says_today_is_no_finished_goal(text: str, today_only: bool) -> None:
    assert only_says_today(text) is today_only


def test_only_a_goal_with_a_target_is_kept_as_it_is() -> None:
    end = date(2026, 5, 1)
    assert kept_goal(task(goal="Currently at 62 picks per hour by the scanner"), end, "Ana") is None
    kept = kept_goal(task(goal="Cut the share of late parcels from 12 % to 6 % by 1 May 2026"), end, "Ana")
    assert kept is not None and kept.goal.metric is not None and kept.goal.metric.target == "6"


TWO = {
    "goal": ["Keep more volunteers", "Reply faster to mails"],
    "current_state": "A third of the volunteers leave. Mails are answered after four days on average.",
    "activities": "Call each new volunteer in week two; answer mails before lunch. Read the guide.",
    "support": "Tom takes the newsletter over.",
}


def test_each_goal_gets_what_speaks_of_it_and_what_speaks_of_none() -> None:
    first, second = task(0, **TWO), task(1, **TWO)
    assert about_goal(first, TWO["activities"]) == "Call each new volunteer in week two; Read the guide."
    assert about_goal(second, TWO["activities"]) == "answer mails before lunch. Read the guide."
    assert about_goal(task(), ANSWERS["activities"]) == ANSWERS["activities"], "one goal keeps all"
    fields, sources = own_fields(second)
    assert "volunteer" not in fields["achievable"] and "the newsletter" in fields["achievable"]
    assert [one.questions for one in sources if one.field == "achievable"] == [["support", "activities"]]
    assert "Call each" not in goal_values(second)["answers"]


def test_what_should_be_is_the_target() -> None:
    (fact,) = task(current_state="Closing takes eleven working days; six are planned.").facts
    assert named_target(fact, "less", []) == "6"
    assert named_target(fact, "more", []) is None, "the wrong way"
    assert named_target(fact, "less", ["down to 8 working days"]) == "8", "what is wanted comes first"


def test_thin_answers_ask_for_an_idea_that_is_listed_as_one() -> None:
    thin = task(only=True, goal="Be a better leader", development_area="Leading")
    assert thin.thin and thin.bare and thin.prompt == "rewrite"
    assert is_idea(thin, {"action": "let the others speak first", "occasions": "meetings"})
    told = task(gaps=("She answers before the others have spoken",), current_state="", goal="Lead better")
    assert not told.thin and told.prompt == "goal_observed"


def test_a_german_title_is_german_and_teams_are_no_tool() -> None:
    assert language_of(["Bessere Protokolle schreiben"]) == "de"
    assert language_of(["Learn Excel"]) == "en" and language_of(["Be better"]) == "en"
    assert Grounds("Mehr Verantwortung", german=True).inventions("die Aufgaben des Teams") == []
    known = Grounds("talk to both")
    assert known.inventions("talk to the teams") == [] and known.inventions("talk in Teams") != []
