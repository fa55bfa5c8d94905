"""S: rules about what is to be done."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.fixes import replace
from coach_assist.checker.goal import VERB, Goal
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.registry import Spot, register
from coach_assist.checker.reports import Edit, Fix


def _spot(goal: Goal, letter: str, message: str, fix: Fix | None = None) -> Spot:
    judgement = goal.judgements[letter]
    if judgement.first < 0:
        start, end = goal.s.whole()
    else:
        start, end = goal.s.offsets(judgement.first, judgement.last)
    return Spot(start, end, message, fix)


def _caused(goal: Goal, code: str) -> bool:
    return goal.judgements["S"].cause == code


@register("S101", "generic-verb-generic-object", "error", explains=True)
def generic_verb(goal: Goal) -> Iterator[Spot]:
    """A generic verb with a generic object.

    Flags: a direction or a process verb (improve, support, work on) whose object is a field or a quality
    (communication, the team), with no value, artefact or named thing.
    Why: two colleagues would not agree on what is to be done, so nobody can help with it or see it done.
    Source: Locke and Latham 2002 (specific goals beat "do your best"); UNM HR, SMART goal guide.
    Good: Answer supplier questions in the shared inbox before noon
    Good: Write the handover checklist for the night shift
    Good: Reduce the time to close a claim from 9 to 6 days
    Good: Present the pricing test to the regional managers
    Bad: Improve communication
    Bad: Work on my organisational skills
    Bad: Support the sales team
    Bad: Deliver excellent service
    """
    if _caused(goal, "S101"):
        yield _spot(goal, "S", "could mean anything: name the action and the thing, or the value it moves")


@register("S102", "trait-not-behaviour", "error", explains=True)
def trait(goal: Goal) -> Iterator[Spot]:
    """A trait where a behaviour should stand.

    Flags: be, become or act with a trait or a state (proactive, confident, a better listener).
    Why: a trait cannot be done on Monday; a behaviour can, and a colleague can see it.
    Source: Center for Creative Leadership, SBI (describe behaviour, not character); Mager 1962.
    Good: Be the safety representative for the loading bay
    Good: Ask one open question before giving my view in each project meeting
    Good: Get certified in first aid
    Bad: Be more assertive
    Bad: Become a better listener
    Bad: I want to be more confident with clients
    """
    if _caused(goal, "S102"):
        start, end = goal.s.offsets(*goal.statement)
        fix = (
            None
            if "[" in goal.text
            else replace(start, end, "[what you will do, where and with whom]", "name the behaviour")
        )
        yield _spot(goal, "S", "a trait or a state: say what you will do that others can see", fix)


@register("S103", "unobservable-verb", "warning", explains=True)
def unobservable(goal: Goal) -> Iterator[Spot]:
    """A verb that nobody can observe.

    Flags: understand, know, become familiar with and the like, with nothing that shows the result.
    Why: learning is fine as a goal, but it needs something that shows it: a task done, a thing explained.
    Source: Mager, Preparing Instructional Objectives (1962); Anderson and Krathwohl 2001.
    Good: Learn enough Polish to take phone orders without help
    Good: Explain the new discharge process to the ward team
    Good: Complete module 2 of the negotiation course
    Bad: Understand the needs of our clients
    Bad: Gain confidence
    Bad: Become familiar with the way the department works
    """
    if _caused(goal, "S103"):
        yield _spot(goal, "S", "nobody can see this happen: add what will show it")


@register("S104", "several-goals-in-one", "warning")
def several_goals(goal: Goal) -> Iterator[Spot]:
    """Several goals in one sentence.

    Flags: two coordinated actions with different objects in one sentence. Coordinated verbs on one object
    ("prepare, host and sum up two tastings") are one goal.
    Why: one can be reached while the other is not; each needs its own measure and date.
    Source: Doran 1981; requirements guides on "one requirement a sentence" (INCOSE R18).
    Good: Prepare, host and sum up two tastings for guests
    Good: Draft and send the tender by 4 May
    Good: Hand over the rota to Priya and Tom
    Bad: Reduce the error rate to 2 % and launch the new supplier portal
    Bad: Complete the welding course and raise the pass rate of the team to 90 %
    Bad: Publish the style guide and hire two editors
    """
    s = goal.s
    if goal.verb < 0 or not goal.verb_bits & _DOING:
        return
    close = goal.verb
    while not s.ends_here(close):
        close += 1
    for place, last in s.spans(BIT["and_words"]):
        if place <= goal.verb_last or place in goal.time.claimed:
            continue
        if last >= close:
            return
        after = s.at(last, VERB)
        if not after or (s.tags(last) & _NOUN and not s.phrase(last, VERB)):
            continue
        if not s.tags(last) & _DOING and not s.phrase(last, _DOING):
            continue
        if s.low(last).endswith(("ing", "ed")):
            continue
        _, _, head = goal.noun_phrase(after)
        if (
            head < 0
            or goal.head < 0
            or head == goal.head
            or s.tokens[last].lemma == s.tokens[goal.verb].lemma
        ):
            continue
        if s.low(after) in {"it", "them", "the", "this", "sie", "es"} and s.low(after) != "the":
            continue
        start, end = s.offsets(place, last)
        second = s.tokens[last]
        edits = (Edit(goal.s.tokens[place - 1].end, second.start + 1, "\n" + second.raw[:1].upper()),)
        fix = Fix("split into two goals", edits, safe=False)
        yield Spot(start, end, "two goals in one: each needs its own measure and date", fix)
        return


@register("S105", "jargon", "warning", explains=True)
def jargon(goal: Goal) -> Iterator[Spot]:
    """Jargon where an action should stand.

    Flags: business phrases that name no action (move the needle, leverage synergies).
    Why: everybody nods and nobody knows what to do.
    Source: plainlanguage.gov and the GOV.UK style guide, words to avoid.
    Good: Close 12 renewals before the contract round in May
    Good: Agree one price list with the three branches
    Good: Use the shared template for all offers
    Bad: Move the needle on engagement
    Bad: Leverage synergies across departments
    Bad: Take our service to the next level
    """
    if _caused(goal, "S105"):
        start, end = goal.s.offsets(*next(goal.s.spans(BIT["jargon"])))
        yield Spot(start, end, "jargon: say what will be done")


@register("S106", "empty-object", "error", explains=True)
def empty_object(goal: Goal) -> Iterator[Spot]:
    """An object that stands for nothing in particular.

    Flags: things, stuff, it, issues, "key metrics": words that leave open what is meant.
    Why: the number or the verb is clear, but not what it belongs to.
    Source: INCOSE Guide to Writing Requirements, R7 and R6 (every number needs its unit).
    Good: Close the three audit issues of March
    Good: Record every near miss in the log
    Good: Raise the on-time rate to 95 %
    Bad: Improve key metrics by 10 %
    Bad: Fix things
    Bad: Deliver it
    """
    if _caused(goal, "S106"):
        yield _spot(goal, "S", "what exactly? the object stands for nothing in particular")


@register("S107", "topic-without-scope", "warning")
def topic(goal: Goal) -> Iterator[Spot]:
    """A topic without a scope.

    Flags: learn, study or explore with a whole field (Python, negotiation, data analysis).
    Why: a field has no end; a course, a level or a task to be done with it has.
    Source: Seijts and Latham on learning goals; UC performance goal guide ("bucket goals").
    Good: Complete the online SQL course and pass its final test
    Good: Learn enough Spanish to greet patients and take their details without help
    Good: Complete chapters 1 to 4 of the pricing handbook
    Bad: Learn Python
    Bad: Study data analysis
    Bad: Learn more about negotiation
    """
    if _caused(goal, "S107"):
        yield _spot(goal, "S", "a whole field: name the part, the course or what you will do with it")


_DOING = 0
for _kind in ("change_verbs", "finish_verbs", "make_verbs", "act_verbs", "reach_verbs"):
    _DOING |= BIT[_kind]
_NOUN = (
    BIT["artefact_nouns"]
    | BIT["thing_nouns"]
    | BIT["abstract_nouns"]
    | BIT["metric_nouns"]
    | BIT["generic_objects"]
)
