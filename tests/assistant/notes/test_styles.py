"""Notes as people write them: chats, mails, minutes, tables, signs, dictation, German, one line."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.assistant.notes.passages import Passage, read_notes

TODAY = date(2026, 11, 25)

CHAT = """[09:04] Tess: done 6 of 8, the last two cancelled on me
[09:05] Omar: that's a great find, nobody spotted it in two years
[09:06] Omar: could you write that up for the product board?
[09:06] Tess: sure, draft will be with you on Monday
[09:07] Omar: I'll get you a slot on the agenda
[09:08] Tess: one thing, I can't book the rooms in the Delft office
[09:08] Omar: ok let me chase facilities
[09:11] Tess: let's move the survey to January instead
"""
MAIL = """From: Nadia
To: Wim
Subject: Re: our talk

Hi Wim,

> The audit file is complete apart from the two contracts from legal.

Great work. Can you send legal a reminder today?
I'll find out about the budget by Friday, 27 November.

Best,
Nadia

On 24 Nov 2026, Wim wrote:
> My main worry is that the new template doubles the work per order.
> I will count the minutes for ten orders by 4 December.
"""
MINUTES = """1-2-1 AB / CD 05/11/26

1. AB to circulate the risk log - done
2. CD to get quotes for the shelving - not done, supplier closed. Carry over, CD by 20/11
3. CD reported that the picking error rate fell from 3.1% to 2.2% in October.
4. The scanner batteries do not last a shift. AB to log with IT.
5. CD asked whether the rota could be published earlier. AB agreed to publish it by 27 Nov.
6. It was agreed that the Friday huddle moves to 7:30.
"""
PROSE = """Supervision, Monday 9 November 2026. Present: Grace Owusu (GO), Daniel Reyes (DR).

Daniel has closed seven of the eleven open files. Grace noted that his reports have become shorter.

It was decided that Daniel leaves out the duty meeting. Grace will inform the duty manager. Grace asked
Daniel to bring one anonymised case. Daniel raised the question of whether visits can be done in pairs.

Daniel mentioned that he has been sleeping poorly.
"""
TABLE = """| Topic | Notes | Action | Who | When |
|---|---|---|---|---|
| Onboarding | 3 of 5 modules rewritten | Rewrite module 4 | Priya | 24 December |
| Budget | Waiting for the finance team | | | |
"""
SIGNS = """✅ shipped the returns page 🎉
🚧 search still times out on mobile
👉 @lena fix search timeout before friday
👉 draft the retro agenda (Lena)
❓ do we need a second tester
💡 pairing on Tuesdays
😴 lena sleeps badly since the move
"""
GERMAN = """Gespräch mit Jonas, 16.11.2026

Erledigt:
- Leitfaden für die Einarbeitung an alle Filialen verschickt

Schwierig:
- Die Schnittstelle zur Kasse fehlt immer noch

Nächste Schritte:
- Jonas schreibt bis 30.11. einen Entwurf für den Dienstplan
- Ich frage bei der IT nach (bis Freitag)
"""
DICTATED = (
    "so we met today and the training for the scanners is finished for the morning shift and i said i would "
    "talk to the vendor about a second trainer and we decided to test it with the evening shift first and "
    "what we don't know yet is who pays for the extra hours"
)


def told(notes: str) -> list[tuple[int, str | None, str, str]]:
    def day(passage: Passage) -> str:
        return passage.due.isoformat() if passage.due else ""

    found = read_notes(notes, today=TODAY).passages
    return [(passage.number, passage.kind, passage.owner, day(passage)) for passage in found]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (
            CHAT,
            [
                (1, "progress", "", ""),
                (2, "feedback", "", ""),
                (3, "action", "Tess", ""),
                (4, "action", "Tess", "2026-11-30"),
                (5, "action", "Omar", ""),
                (6, "obstacle", "", ""),
                (7, "action", "Omar", ""),
                (8, "adjustment", "", ""),
            ],
        ),
        (
            MAIL,
            [
                (7, "progress", "", ""),
                (9, "action", "Wim", "2026-11-25"),
                (10, "action", "Nadia", "2026-11-27"),
                (16, "obstacle", "", ""),
                (17, "action", "Wim", "2026-12-04"),
            ],
        ),
        (
            MINUTES,
            [
                (3, "achievement", "", ""),
                (4, "action", "CD", "2026-11-20"),
                (5, "progress", "", ""),
                (6, "obstacle", "", ""),
                (6, "action", "AB", ""),
                (7, "action", "AB", "2026-11-27"),
                (8, "decision", "", ""),
            ],
        ),
        (
            PROSE,
            [
                (3, "progress", "", ""),
                (3, "feedback", "", ""),
                (5, "decision", "", ""),
                (5, "action", "Grace", ""),
                (5, "action", "Daniel", ""),
                (6, "question", "", ""),
            ],
        ),
        (TABLE, [(3, "action", "Priya", "2026-12-24"), (3, "progress", "", ""), (4, "obstacle", "", "")]),
        (
            SIGNS,
            [
                (1, "achievement", "", ""),
                (2, "obstacle", "", ""),
                (3, "action", "lena", "2026-11-27"),
                (4, "action", "Lena", ""),
                (5, "question", "", ""),
                (6, "adjustment", "", ""),
            ],
        ),
        (
            GERMAN,
            [
                (4, "achievement", "", ""),
                (7, "obstacle", "", ""),
                (10, "action", "Jonas", "2026-11-30"),
                (11, "action", "I", "2026-11-20"),
            ],
        ),
        (
            DICTATED,
            [
                (1, "achievement", "", ""),
                (1, "action", "I", ""),
                (1, "decision", "", ""),
                (1, "question", "", ""),
            ],
        ),
    ],
    ids=["chat", "mail", "minutes", "prose", "table", "signs", "german", "dictated"],
)
def test_every_style_is_read(notes: str, expected: list[tuple[int, str | None, str, str]]) -> None:
    assert told(notes) == expected


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("finish it tomorrow", "2026-11-13"),
        ("read it over the weekend", "2026-11-15"),
        ("they meet on the 19th", "2026-11-19"),
        ("on the 3rd", "2026-12-03"),
        ("bis 30.11. einen Entwurf", "2026-11-30"),
        ("bis Freitag", "2026-11-13"),
        ("am Montag", "2026-11-16"),
        ("bis Ende November", "2026-11-30"),
        ("nächste Woche", "2026-11-22"),
        ("24 Nov", "2026-11-24"),
        ("before the appraisal on Friday", "2026-11-13"),
        ("the 2018 paper", ""),
        ("31 Feb", ""),
    ],
)
def test_a_day_to_be_done_by(words: str, day: str) -> None:
    from coach_assist.assistant.notes.due import due_in

    due = due_in(words, date(2026, 11, 12))
    assert (due.day.isoformat() if due else "") == day


def test_a_private_sentence_keeps_its_whole_line_out() -> None:
    notes = "Reports are done. She was crying again. I will call IT."
    read = read_notes(notes, today=TODAY)
    assert read.passages == () and read.withheld == ((1, "mood"),)


LOG = """Mentoring log
Session 3, 12 May 2026, Ewa + Joan

What Ewa takes away:
- cut the budget to 40k

What Joan will do:
- look for a sample budget (this week)

Next session 9 June.
"""
REPLIES = """### Date: 5 February 2020

#### What did you achieve?
* Registered report: introduction done, methods half way
  * MB: Could you send me the intro by Friday so I can read it on the train?

#### What would you like to work on next week?
* Methods section!!
* Talk to Priya re data access

#### Where do you need help from Mona?
* Which journal would you send this to?
  * MB: Let's look at this together next time.
* signature on the travel form
  * MB: Happy to!

  LC sounds good to me
"""


SUBTITLES = """WEBVTT

00:00:04.500 --> 00:00:09.000
<v Pavel>I will write the checklist for the evening round by Monday.

00:00:14.500 --> 00:00:17.000
<v Iris>Great, please show it to Dunja as well.
"""
GERMAN_CHAT = """Anke: Super! Kannst du die Folien ins Wiki stellen?
Murat: Nur der Beamer ist wieder ausgefallen.
Anke: Ich bestelle bis Freitag einen neuen.
"""


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (SUBTITLES, [(4, "action", "Pavel", "2026-11-30"), (7, "action", "Pavel", "")]),
        (
            GERMAN_CHAT,
            [(1, "action", "Murat", ""), (2, "obstacle", "", ""), (3, "action", "Anke", "2026-11-27")],
        ),
        (LOG, [(5, "action", "Ewa", ""), (8, "action", "Joan", "2026-05-17")]),
        (
            REPLIES,
            [
                (4, "achievement", "", ""),
                (5, "action", "I", "2020-02-07"),
                (8, "action", "I", ""),
                (9, "action", "I", ""),
                (12, "question", "", ""),
                (13, "feedback", "", ""),
                (14, "action", "MB", ""),
            ],
        ),
    ],
    ids=["subtitles", "german chat", "log", "replies"],
)
def test_whose_lists_and_replies_they_are(
    notes: str, expected: list[tuple[int, str | None, str, str]]
) -> None:
    assert told(notes) == expected
