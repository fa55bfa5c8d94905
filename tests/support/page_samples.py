"""An ordinary plan, as long as plans usually are: two goals, three activities, all kinds of unit."""

from __future__ import annotations

from typing import Any

from coach_assist.exchange.plan_json import PlanJson

FIRST, SECOND, GAP, OTHER_GAP = "goal222222", "goal333333", "gap2222222", "gap3333333"
KEYS: list[dict[str, Any]] = [
    {
        "party": "team_member", "name": "Ines Okafor", "at": "2027-03-02T15:10:00Z", "key": "ab" * 32,
        "words": "acid-acorn-actor-album-alley-amber-ankle-apple", "custody": "own machine",
    },
    {
        "party": "manager", "name": "Tomasz Brandt", "at": "2027-03-02T15:12:00Z", "key": "cd" * 32,
        "words": "star-stone-sugar-summer-sunset-swan-table-tailor", "custody": "this machine",
    },
]  # fmt: skip
ORDINARY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("frame", {
        "title": "A crew that starts on time", "plan_kind": "leadership",
        "purpose": "The early crew begins its shift with the plan in hand, and Ines leads it calmly.",
        "long_term_aim": "Ines wants to run the whole site one day.",
        "serves": "Fewer idle minutes make the harvest earlier and the evenings shorter.",
        "readers": ["Lea Sand"],
    }),
    ("development_area", {"area": "Handing work over before the shift begins, and trusting others with it."}),
    ("current_state", {
        "strengths": [
            {"id": "str2222222", "text": "Knows every machine and its moods"},
            {"id": "str3333333", "text": "People come to her when something breaks",
             "evidence": "9 of 11 call-outs in January", "source": "performance_data"},
        ],
        "gaps": [
            {"id": GAP, "text": "The crew waits for her decisions in the morning",
             "evidence": "40 idle minutes a shift, counted over two weeks", "source": "observation"},
            {"id": OTHER_GAP, "text": "Handovers are spoken and get lost", "source": "interview"},
        ],
    }),
    ("goal", {
        "statement": "Ines cuts the crew's idle minutes per shift from 40 to 15 by 30 April 2027.",
        "metric": {"name": "idle minutes per shift", "kind": "quantitative", "unit": "minutes",
                   "baseline": "40", "target": "15", "direction": "decrease", "evidence": "the shift log",
                   "collector": "Ines"},
        "due": "2027-04-30", "achievable": "The second lead takes over the fuel round.",
        "relevant": "Two harvest days are lost to waiting.", "gap": GAP,
        "if_then": "If somebody asks at the gate, then she points to the board and asks what it says.",
    }),
    ("goal", {
        "statement": "Ines hands each shift over in writing on 4 of 5 days by 16 April 2027.",
        "metric": {"name": "written handovers", "kind": "quantitative", "unit": "of 5 days", "baseline": "0",
                   "target": "4", "direction": "increase"},
        "due": "2027-04-16", "gap": OTHER_GAP,
    }),
    ("activity", {"what": "Draw the day's plan on the board the evening before", "activity_kind": "practice",
                  "gap": GAP, "goal": FIRST, "owner": "Ines", "due": "2027-03-08",
                  "time_needed": "20 minutes"}),
    ("activity", {"what": "Shadow Marek's handover for two mornings", "activity_kind": "shadowing",
                  "gap": OTHER_GAP, "owner": "Ines", "due": "2027-03-12"}),
    ("activity", {"what": "Read the chapter on delegation and pick one idea", "activity_kind": "reading",
                  "owner": "Ines", "due": "2027-03-26", "resource": "the site's library"}),
    ("support", {"what": "Frees the half hour after each shift", "who": "Tomasz Brandt",
                 "due": "2027-03-05"}),
    ("support", {"what": "Asks the second lead to take the fuel round", "due": "2027-03-10"}),
    ("milestone", {"what": "First week under 25 idle minutes", "date": "2027-04-02",
                   "success_criterion": "the log says so on four of five days"}),
    ("milestone", {"what": "The written handover is used by both crews", "date": "2027-04-09"}),
    ("feedback", {"who": "Marek and the early crew", "when": "in the week of 12 April",
                  "about": "whether they know at six what to do"}),
    ("roles", {"team_member": ["Counts the minutes with the crew, openly."],
               "manager": ["Comes to the site on Thursdays, and asks before advising."]}),
    ("timeline", {"start": "2027-03-01", "end": "2027-04-30"}),
    ("cadence", {"every": "week", "text": "Every Thursday after the shift", "weekday": "thursday",
                 "minutes": 20, "looked_at": "the log, the board, one thing that went well"}),
)  # fmt: skip


def ordinary_plan(**changes: Any) -> PlanJson:
    """Return the plan, agreed and signed by both; `changes` replace its fields."""
    ids = {3: FIRST, 4: SECOND}
    units = [
        {
            "id": ids.get(number, f"unit{'abcdefghijklmnopqrst'[number] * 6}"),
            "proposal": f"{number:064x}",
            "proposed_by": "manager",
            "kind": kind,
            "value": value,
        }
        for number, (kind, value) in enumerate(ORDINARY)
    ]
    names = ["Ines Okafor", "Tomasz Brandt"]
    data: dict[str, Any] = {
        "plan": "p" * 26, "demo": False,
        "parties": {"team_member": names[0], "manager": names[1]},
        "audience": [*names, "Lea Sand"], "confidential_to": [*names, "Lea Sand"], "readers": ["Lea Sand"],
        "revision": 1, "heads": ["1a" * 32], "takes_part": "joined", "statement": None, "closed": None,
        "units": units, "open": [], "plan_hash": "5e" * 32, "signatures": KEYS,
    }  # fmt: skip
    return PlanJson.model_validate({**data, **changes})
