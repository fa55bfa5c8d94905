"""The calendar file, read back by another library: right days, right hours, nothing smuggled in."""

from __future__ import annotations

import builtins
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from plan_samples import hostile_plan, plan, with_value

from coach_assist.errors import UsageError
from coach_assist.exchange.calendar import CalendarChoice, plan_calendar
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.plan.check_ins import check_in_days
from coach_assist.plan.units import Cadence, Timeline

NOW = datetime(2027, 1, 31, 12, tzinfo=UTC)


def written(data: PlanJson, **choice: object) -> bytes:
    return plan_calendar(data, CalendarChoice(**choice), sequence=7, now=NOW)  # type: ignore[arg-type]


def events(content: bytes) -> dict[str, object]:
    calendar = vobject.readOne(content.decode("utf-8"))
    return {event.uid.value: event for event in calendar.vevent_list}


def named(content: bytes, part: str):
    (found,) = [event for uid, event in events(content).items() if part in uid]
    return found


def test_every_date_of_the_plan_is_in_it_with_a_neutral_title() -> None:
    found = events(written(plan()))
    shown = {(event.summary.value, event.dtstart.value) for event in found.values()}
    assert shown == {
        ("Check-in", date(2027, 2, 5)),
        ("Goal due", date(2027, 3, 1)),
        ("Promise due", date(2027, 2, 8)),
        ("Milestone", date(2027, 2, 15)),
        ("Review", date(2027, 3, 3)),
    }
    for event in found.values():
        assert event.contents["class"][0].value == "CONFIDENTIAL"
        assert event.valarm.action.value == "DISPLAY"
        assert event.valarm.trigger.value < timedelta(0)


def test_texts_are_titles_only_where_asked_for() -> None:
    assert b"changed stops" not in written(plan())
    assert "changed stops" in named(written(plan(), titles=True), "bd.due").summary.value


def test_a_new_export_updates_the_old_entries() -> None:
    first = events(plan_calendar(plan(), CalendarChoice(), sequence=7, now=NOW))
    second = events(plan_calendar(plan(), CalendarChoice(titles=True), sequence=9, now=NOW))
    assert set(first) == set(second)
    assert all(event.sequence.value == "9" for event in second.values())


def test_the_hour_stays_across_a_clock_change() -> None:
    data = with_value("timeline", end="2027-05-01")
    check_in = named(written(data, at=time(16), zone="Europe/Berlin"), "check-in")
    begins = list(check_in.getrruleset(addRDate=True))
    berlin = ZoneInfo("Europe/Berlin")
    assert {one.time() for one in begins} == {time(16)}
    assert [one.date() for one in begins][-1] == date(2027, 4, 30)
    assert len(begins) == 13
    offset = {date(2027, 3, 26): 1, date(2027, 4, 2): 2}
    for one in begins:
        if one.date() in offset:
            assert one.replace(tzinfo=None).replace(tzinfo=berlin).utcoffset() == timedelta(
                hours=offset[one.date()]
            )
    content = written(data, at=time(16), zone="Europe/Berlin").decode()
    assert "DTSTART;TZID=Europe/Berlin:20270205T160000" in content
    assert content.count("BEGIN:VTIMEZONE") == 1
    assert check_in.dtend.value - check_in.dtstart.value == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("zone", "start", "end", "changes"),
    [
        ("Europe/Berlin", "2027-03-01", "2027-04-30", 2),
        ("America/New_York", "2027-10-15", "2027-12-01", 2),
        ("Australia/Sydney", "2027-03-15", "2027-04-30", 2),
        ("Asia/Kolkata", "2027-03-01", "2027-04-30", 1),
        ("Europe/Dublin", "2027-10-01", "2027-11-30", 2),
    ],
)
def test_the_rules_of_the_zone_in_the_file_are_right_by_themselves(
    zone: str, start: str, end: str, changes: int
) -> None:
    """Another library, with nothing but the file's own VTIMEZONE, finds the same moments."""
    data = with_value("timeline", start=start, end=end)
    check_in = named(written(data, at=time(9, 30), zone=zone), "check-in")
    begins = list(check_in.getrruleset(addRDate=True))
    offsets = {one.utcoffset() for one in begins}
    assert len(offsets) == changes
    for one in begins:
        known = datetime.combine(one.date(), time(9, 30), ZoneInfo(zone))
        assert one.astimezone(UTC) == known.astimezone(UTC), one


def test_reminders_come_before_what_they_remind_of() -> None:
    timed = events(written(plan(), at=time(16), zone="Europe/Berlin"))
    for uid, event in timed.items():
        before = timedelta(minutes=15) if "check-in" in uid else timedelta(hours=15)
        assert event.valarm.trigger.value == -before  # an all-day entry: nine o'clock on the day before
        assert event.valarm.description.value == event.summary.value


def test_it_says_once_for_whom_it_is_and_no_entry_says_more_than_its_title() -> None:
    content = written(plan())
    about = vobject.readOne(content.decode()).contents["x-wr-caldesc"][0].value
    assert about == "This is not an evaluation. For Nadia and Tom. Confidential to Nadia and Tom."
    for event in events(content).values():
        assert not {"description", "location", "attendee", "organizer", "url", "attach"} & set(event.contents)
    support = with_value("frame", plan_kind="performance_support", prompted_by="Two complaints")
    assert b"complaints" not in written(support) and b"evaluation" not in written(support)


def test_lines_end_and_fold_as_the_standard_says_also_within_long_foreign_texts() -> None:
    typed = "Größe 値段 \U0001f642 " * 30
    content = written(with_value("support", what=typed), titles=True)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode("utf-8")  # no character is torn by a fold that would not come together again
    assert named(content, "bf.due").summary.value == f"Promise due: {typed.strip()}"


def test_uids_are_those_of_the_units_whatever_their_order() -> None:
    data = plan()
    turned = plan(units=list(reversed(data.model_dump(mode="json")["units"])))
    assert set(events(written(data))) == set(events(written(turned)))
    later = with_value("goal", due="2027-02-20", statement="Another text")
    assert named(written(later), "bd.due").dtstart.value == date(2027, 2, 20)


@pytest.mark.parametrize("every", ["week", "fortnight", "month"])
@pytest.mark.parametrize("weekday", [None, "monday", "friday", "sunday"])
@pytest.mark.parametrize("start", ["2027-02-01", "2027-02-26", "2027-01-29", "2027-12-31"])
def test_the_repetition_is_the_cadence(every: str, weekday: str | None, start: str) -> None:
    first = date.fromisoformat(start)
    timeline = Timeline(start=first, end=first + timedelta(days=200))
    cadence = Cadence(every=every, text="x", weekday=weekday)  # type: ignore[arg-type]
    data = with_value("timeline", start=start, end=timeline.end.isoformat())
    units = data.model_dump(mode="json")["units"]
    units[-1]["value"] |= {"every": every, "weekday": weekday}
    check_in = named(written(plan(units=units)), "check-in")
    days = [one.date() for one in check_in.getrruleset(addRDate=True)]
    assert tuple(days) == check_in_days(cadence, timeline)
    assert len(days) >= 6


def test_hostile_texts_make_no_entry_of_their_own() -> None:
    content = written(hostile_plan(), titles=True)
    assert set(events(content)) == set(events(written(plan())))
    assert b"\x1b" not in content
    assert b"\x00" not in content
    lines = content.decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 5
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any("\n" in line for line in lines)


def test_a_demo_is_marked() -> None:
    assert all(
        event.summary.value.startswith("DEMO: ") for event in events(written(plan(demo=True))).values()
    )


def test_wrong_choices() -> None:
    with pytest.raises(UsageError, match="time zone"):
        written(plan(), at=time(16))
    for zone in ("Europe/Atlantis", "../../etc/passwd", "\x1b", ""):
        with pytest.raises(UsageError, match="time zone") as caught:
            written(plan(), at=time(16), zone=zone)
        assert "\x1b" not in str(caught.value)
    with pytest.raises(UsageError, match="no date"):
        written(plan(units=[]))


def test_without_its_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: object, **more: object):
        if name.startswith("icalendar"):
            raise ImportError(name)
        return whole(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as caught:
        written(plan())
    assert "coach-assist[calendar]" in caught.value.next_step
