"""L: rules about what does not belong into a coaching plan."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.free_text import FreeText
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.pip import weighty_phrases
from coach_assist.checker.registry import Spot, register


@register("L701", "disciplinary-wording", "warning", scope="text")
def disciplinary(text: FreeText) -> Iterator[Spot]:
    """Wording of a performance improvement plan or a disciplinary document.

    Flags: written warning, up to and including termination, failure to improve.
    Why: a coaching plan is voluntary and developmental; one such phrase makes it a threat.
    Source: Acas code of practice on disciplinary and grievance procedures; HR templates of improvement plans.
    Good: This plan is voluntary and is not an evaluation
    Good: If the goal is not reached, we look at it again in May
    Good: Take part in the fire warden training
    Bad: Failure to improve will lead to a written warning
    Bad: Consequences up to and including termination of employment
    Bad: This performance improvement plan runs for 60 days
    """
    for first, last, _ in weighty_phrases(text.s, at_least=2):
        start, end = text.s.offsets(first, last)
        yield Spot(start, end, "this belongs to a disciplinary document, not to a coaching plan")


@register("L702", "special-category-data", "warning", scope="text")
def special_category(text: FreeText) -> Iterator[Spot]:
    """Special-category data about a person.

    Flags: health, religion, union membership, sexual orientation, family matters, said of a person.
    Why: the plan does not need it, and the law protects it; "needs flexible hours until June" is enough.
    Source: GDPR Article 9; EDPB guidance.
    Good: Works from home on Tuesdays until the end of June
    Good: Reduce medication errors on the ward by half
    Good: Complete the course on mental health first aid for staff
    Bad: She is pregnant and will be away from May
    Bad: He has ADHD
    Bad: My depression makes mornings hard
    """
    s = text.s
    if not s.has(BIT["special_category"]):
        return
    for first, last in text.sentences:
        if any(s.tags(p) & BIT["safe_contexts"] for p in range(first, last)):
            continue
        for place in range(first, last):
            end = s.at(place, BIT["special_category"])
            if end and end <= last and text.told_of_a_person(first, place):
                start, stop = s.offsets(place, end)
                yield Spot(start, stop, "specially protected data about a person: the plan does not need it")
                break


@register("L703", "rates-a-person", "warning", scope="text")
def rating(text: FreeText) -> Iterator[Spot]:
    """A rating or ranking of a person.

    Flags: low performer, exceeds expectations, 9-box, stack rank.
    Why: a coaching plan develops; a rating in it makes it an appraisal.
    Source: EU AI Act, annex III (evaluation of persons at work); own promise: no rating of a person, ever.
    Good: Nine of ten tickets were answered on the first day
    Good: Rank the supplier offers by total cost
    Good: The guide was rated 4 of 5 by the readers
    Bad: He is a low performer
    Bad: Her performance rating was 2
    Bad: We see him in the upper right of the 9-box
    """
    for first, last in text.s.spans(BIT["ratings"]):
        start, end = text.s.offsets(first, last)
        yield Spot(start, end, "this rates a person: a coaching plan names what was seen and what comes next")
