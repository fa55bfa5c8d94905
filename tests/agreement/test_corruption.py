"""Each good history is spoiled in every way; every spoiled one is refused, and nothing of it applied."""

from __future__ import annotations

import json
import random

import pytest
from history_maker import Copy, small_history

from coach_assist.agreement.canonical import encode
from coach_assist.agreement.faults import Damaged, NewerVersion
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import from_lines, to_lines


@pytest.fixture(scope="module")
def history() -> History:
    copy = small_history()
    left = copy.branch()
    left.propose("manager", "And write “thank you”", unit="goalgoal33")
    copy.propose("team_member", "Grüße 😀, and\ttabs", unit="goalgoal44")
    copy.merge(left)
    return copy.history


def refusal(data: bytes, **options: object) -> Damaged | NewerVersion:
    with pytest.raises((Damaged, NewerVersion)) as caught:
        from_lines(data, **options)
    return caught.value


def spoil(data: bytes, place: int, way: int) -> bytes:
    """One byte changed: a bit flipped, the case of a letter changed, or another digit."""
    byte = data[place]
    changed = {0: byte ^ 1, 1: byte ^ 0x20, 2: byte ^ 0x80, 3: 0x30 if byte != 0x30 else 0x31, 4: 0x0A}[way]
    return data[:place] + bytes([changed]) + data[place + 1 :]


def check_spoiled(data: bytes, places: list[int], history: History) -> int:
    line_starts = [0]
    for line in data.split(b"\n")[:-1]:
        line_starts.append(line_starts[-1] + len(line) + 1)
    ids = [event.id for event in history.in_order()]
    count = 0
    for place in places:
        for way in range(5):
            spoiled = spoil(data, place, way)
            if spoiled == data:
                continue
            error = refusal(spoiled, remembered=history.heads)
            count += 1
            if isinstance(error, Damaged) and place >= line_starts[1]:
                number = max(n for n, start in enumerate(line_starts) if start <= place)
                said = str(error)
                named = {ids[number - 1][:12], f"line {number + 1}"}
                if number < len(ids):
                    named |= {ids[number][:12], f"line {number + 2}"}
                assert any(one in said for one in named) or len(error.faults) > 5, (place, way, said)
    return count


def test_the_text_reads_back(history: History) -> None:
    data = to_lines(history)
    assert to_lines(from_lines(data)) == data
    assert from_lines(data, remembered=history.heads).heads == history.heads


def test_a_sample_of_changed_bytes_is_refused_and_named(history: History) -> None:
    data = to_lines(history)
    places = sorted(random.Random(5).sample(range(len(data)), 160))
    assert check_spoiled(data, places, history) > 600


@pytest.mark.slow
def test_every_changed_byte_is_refused_and_named(history: History) -> None:
    data = to_lines(history)
    assert check_spoiled(data, list(range(len(data))), history) > 4 * len(data)


def test_each_byte_dropped_or_doubled_in_one_event_is_refused(history: History) -> None:
    data = to_lines(history)
    start = data.index(b"\n") + 1
    for place in range(start, start + 900, 7):
        refusal(data[:place] + data[place + 1 :])
        refusal(data[:place] + data[place : place + 1] + data[place:])


def test_cut_after_every_event(history: History) -> None:
    lines = to_lines(history).split(b"\n")[:-1]
    for number in range(len(lines)):
        cut = b"".join(line + b"\n" for line in lines[:number])
        refusal(cut)
        # With a header made for the cut file, only who remembers the heads can tell, and does.
        if number > 1:
            part = History().extended([event.record for event in history.in_order()[: number - 1]])
            honest_looking = to_lines(part)
            assert from_lines(honest_looking).events
            assert "gone" in str(refusal(honest_looking, remembered=history.heads))


def test_lines_dropped_doubled_and_moved(history: History) -> None:
    lines = to_lines(history).split(b"\n")[:-1]

    def joined(some: list[bytes]) -> bytes:
        return b"".join(line + b"\n" for line in some)

    for number in range(1, len(lines)):
        refusal(joined([*lines[:number], *lines[number + 1 :]]))
        refusal(joined([*lines[: number + 1], *lines[number:]]))
        if number + 1 < len(lines):
            refusal(joined([*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]]))
    refusal(joined(lines[::-1]))
    refusal(joined([*lines, b""]))
    refusal(joined(lines) + b"more")
    refusal(joined([lines[0], b"", *lines[1:]]))
    refusal(b"\r\n".join(lines) + b"\r\n")
    refusal(b"")
    refusal(b"\n")
    refusal(joined(lines)[:-1])


def test_a_header_that_says_something_else(history: History) -> None:
    first, *rest = to_lines(history).split(b"\n")
    header = json.loads(first)
    for change in (
        {"v": 0}, {"v": 2}, {"v": True}, {"v": "1"}, {"plan": "b" * 26}, {"events": 1}, {"heads": []},
        {"bundle": "x"},
        {"more": 1}, {"events": True}, {"plan": None},
    ):  # fmt: skip
        refusal(encode({**header, **change}) + b"\n" + b"\n".join(rest))
    newer = refusal(encode({**header, "v": 2}) + b"\n" + b"\n".join(rest))
    assert isinstance(newer, NewerVersion) and "format 2" in str(newer)
    refusal(b"\n".join(rest))
    refusal(b"[]\n" + b"\n".join(rest))


def test_withheld_bodies_travel_and_verify(history: History) -> None:
    hidden = frozenset(event.id for event in history.events.values() if event.kind in ("comment", "propose"))
    data = to_lines(history, withheld=hidden)
    assert b"Answer" not in data
    read = from_lines(data, partial=True)
    assert {event.id for event in read.events.values() if event.body is None} == hidden
    refusal(data)  # a party's own copy is whole


def test_a_file_larger_than_any_plan_is_refused(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    data = to_lines(history)
    monkeypatch.setattr("coach_assist.agreement.lines.MAX_BUNDLE_BYTES", len(data) - 1)
    assert "larger than" in str(refusal(data))


def test_a_large_history_is_one_text_too() -> None:
    copy = Copy()
    for number in range(30):
        copy.propose("manager", f"Text {number}", unit=f"goalgoal{number % 6 + 2}{number // 6 + 2}")
    assert to_lines(from_lines(to_lines(copy.history))) == to_lines(copy.history)
