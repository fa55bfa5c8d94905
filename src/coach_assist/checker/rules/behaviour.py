"""B: rules about behaviour and tone, for every free text of a plan. They judge the sentence,
never its writer."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.fixes import replace
from coach_assist.checker.free_text import FreeText
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.registry import Spot, register

_QUESTION = "[what did the person do or say, and when?]"


@register("B601", "judges-the-person", "warning", scope="text")
def judges_person(text: FreeText) -> Iterator[Spot]:
    """A judgement of the person instead of the behaviour.

    Flags: lazy, abrasive, unprofessional and the like, said of a person.
    Why: nobody can change what they "are"; a behaviour in a situation can be talked about and changed.
    Source: Kluger and DeNisi 1996 (feedback on the self lowers performance); SBI.
    Good: In Monday's stand-up he interrupted Ana three times
    Good: The timeline is aggressive
    Good: She answered two of the six client mails within a day
    Bad: He is lazy
    Bad: She comes across as abrasive in meetings
    Bad: You are careless with the records
    """
    for first, last in text.judgements():
        start, end = text.s.offsets(first, last)
        fix = None if "[" in text.text else replace(start, end, _QUESTION, "ask for the behaviour")
        yield Spot(start, end, "this judges the person: what did they do or say, in which situation?", fix)


@register("B602", "guesses-a-motive", "warning", scope="text")
def guesses_motive(text: FreeText) -> Iterator[Spot]:
    """A guess about a motive or a mood.

    Flags: does not care, lacks motivation, seems bored, said of another person.
    Why: what somebody meant or felt can only be asked, not seen.
    Source: Center for Creative Leadership, SBI(I): ask for the intent.
    Good: He left the last two retrospectives before the end
    Good: I don't want to lose the client
    Good: She said that she would rather work on the data model
    Bad: He doesn't care about the team
    Bad: She lacks motivation
    Bad: You just want to avoid work, it seems
    """
    for first, last in text.said_of_a_person(BIT["motives"]):
        start, end = text.s.offsets(first, last)
        yield Spot(start, end, "a guess about what somebody thinks or feels: ask, or say what you saw")


@register("B603", "coded-wording", "warning", scope="text")
def coded(text: FreeText) -> Iterator[Spot]:
    """Wording coded by gender or age.

    Flags: bossy, feisty, digital native, set in his ways.
    Why: such words are said of one group only, and hurt trust; in many countries they are a legal risk.
    Source: Correll and Simard 2016; Textio's studies of feedback language; Acas and EEOC guidance on age.
    Good: She decided without asking the two other leads
    Good: He prefers the paper form to the app
    Good: The team needs somebody who knows the new till
    Bad: She can be bossy
    Bad: We need a digital native for this
    Bad: He is set in his ways
    """
    for first, last in text.s.spans(BIT["coded_words"]):
        start, end = text.s.offsets(first, last)
        yield Spot(start, end, "wording coded by gender or age: name the behaviour or the skill")


@register("B604", "absolute-about-a-person", "warning", scope="text")
def person_absolute(text: FreeText) -> Iterator[Spot]:
    """An absolute about a person.

    Flags: always late, never listens, constantly interrupts.
    Why: one exception refutes it, and the talk turns to the exception.
    Source: Center for Creative Leadership, SBI (one situation).
    Good: He was late on 3, 5 and 9 May
    Good: I always start with the list of the night shift
    Good: Always lock the cabinet
    Bad: He is always late
    Bad: You never listen
    Bad: She constantly interrupts the others
    """
    for first, last in text.absolutes():
        start, end = text.s.offsets(first, last)
        yield Spot(start, end, "an absolute about a person: how often, and when last?")


@register("B605", "no-situation-or-impact", "note", scope="text")
def no_situation(text: FreeText) -> Iterator[Spot]:
    """Feedback without situation or impact.

    Flags: a judgement, a guess or an absolute about a person in a text that names neither a situation nor
    an impact.
    Why: situation, behaviour and impact together make feedback that can be used.
    Source: Center for Creative Leadership, SBI.
    Good: In Monday's client call he interrupted Ana, so the client asked her to start again
    Good: You are careless when the shift ends, which led to two open cabinets last week
    Good: Please send the list before noon
    Bad: He is lazy
    Bad: You never listen
    Bad: She lacks motivation
    """
    for sentence in text.sentences:
        blamed = [
            *text.judgements(sentence),
            *text.said_of_a_person(BIT["motives"], sentence),
            *text.absolutes(sentence),
        ]
        if blamed and not text.near(sentence, BIT["impact_words"] | BIT["situation_words"]):
            start, end = text.s.offsets(*blamed[0])
            yield Spot(start, end, "in which situation, and with what effect?")
