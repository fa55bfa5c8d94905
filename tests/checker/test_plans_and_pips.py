"""Whole plans, and telling a performance improvement plan from a coaching plan."""

from __future__ import annotations

from coach_assist.checker import check_plan, recognise_pip

PLAN: dict[str, object] = {
    "units": [
        {
            "id": "u1",
            "kind": "frame",
            "value": {"title": "Delegation", "purpose": "x", "long_term_aim": "lead the lab"},
        },
        {"id": "u2", "kind": "development_area", "value": {"area": "Delegation"}},
        {
            "id": "u3",
            "kind": "current_state",
            "value": {"strengths": [], "gaps": [{"id": "g1", "text": "He is lazy"}]},
        },
        {
            "id": "u4",
            "kind": "goal",
            "value": {
                "statement": "Hand over two of the five weekly reports to Sam",
                "due": "2027-03-31",
                "metric": {"name": "reports handed over", "baseline": "0", "target": "2", "evidence": "rota"},
                "gap": "g1",
                "if_then": "If Sam is away, then Kim takes the report",
            },
        },
        {
            "id": "u5",
            "kind": "activity",
            "value": {"what": "List the reports", "gap": "g1", "owner": "Ana", "due": "2027-03-03"},
        },
        {
            "id": "u6",
            "kind": "support",
            "value": {"what": "Tell the branch", "who": "Jo", "due": "2027-03-05"},
        },
        {"id": "u7", "kind": "timeline", "value": {"start": "2027-03-01", "end": "2027-03-31"}},
        {"id": "u8", "kind": "cadence", "value": {"every": "week", "text": "Mondays"}},
    ]
}


def test_a_whole_plan_has_only_the_finding_that_it_deserves() -> None:
    report = check_plan(PLAN)
    assert [(f.code, f.where) for f in report.findings] == [
        ("B601", "u3.gaps[0].text"),
        ("B605", "u3.gaps[0].text"),
    ]
    assert report.kind == "coaching_plan"
    assert len(report.goals) == 1
    assert report.goals[0].smart
    assert report.goals[0].verdicts["R"] == "met"


def test_odd_plans_never_crash() -> None:
    for plan in (
        {},
        {"units": None},
        {"units": [1, {"kind": "goal"}]},
        {"goal": [None, 3, {"statement": 7}]},
        {"timeline": {"start": "x"}},
    ):
        check_plan(plan)  # type: ignore[arg-type]


PIP = """Performance Improvement Plan

Employee: N. N.
Failure to meet the required standard may lead to further disciplinary action, up to and including
termination of employment."""


def test_a_pip_is_recognised() -> None:
    signs = recognise_pip(PIP)
    assert signs[0] in {"performance improvement plan", "up to and including termination"}
    assert check_plan({"text": PIP}).kind == "pip"


def test_a_disciplinary_document_without_the_title() -> None:
    assert recognise_pip("This is a final written warning. Misconduct of this kind will lead to dismissal.")
    assert recognise_pip("Dies ist eine Abmahnung. Im Wiederholungsfall droht die Kündigung.", "de")


def test_a_coaching_plan_is_not_a_pip() -> None:
    for text in (
        "This is not a performance improvement plan. It is voluntary.",
        "Coaching plan for delegation, 30 days, weekly check-ins on Mondays.",
        "Reduce the number of written warnings from customers for late delivery",
        "",
    ):
        assert recognise_pip(text) == ()
