"""A summary by the embedded model, from its recorded answers; and live, with the real one."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.assistant.notes.condense import repeats
from coach_assist.assistant.provider import Provider
from coach_assist.flows.summarise import SummaryResult, summarise_notes

TODAY = date(2026, 11, 25)
NOTES = """# Check-in 12 November 2026

## What went well
- The new intake form has been live since Monday and 14 of the 20 clinics use it for every patient
- Ran the handover meeting on my own for the first time; the night shift called it the clearest so far
  - RK: The way you opened with the open cases was very clear, do keep that for the regional meeting

## What was difficult
- The export from IT still hasn't come, which means the quarterly figures for the board will be late once more
- I was off sick on Tuesday

## Next steps
- RK: I'll call IT about the export by Friday
- Letter to the six clinics that still use paper, asking what keeps them from changing over to the form
  - RK: please send me the draft before it goes out
"""


def holds(result: SummaryResult) -> None:
    """Hold what must be true whatever the model says."""
    lines = NOTES.splitlines()
    assert result.failed is None and result.method == "model" and result.calls
    assert all(lines[line.number - 1] == line.given for item in result.items for line in item.lines)
    quoted = {line.number for item in result.items for line in item.lines}
    assert quoted | set(result.uncovered) == {number for number, line in enumerate(lines, 1) if line.strip()}
    actions = {item.lines[0].number: (item.owner, item.due) for item in result.items if item.kind == "action"}
    assert actions == {13: ("RK", date(2026, 11, 13)), 14: ("I", None), 15: ("I", None)}
    assert result.withheld == ((10, "health"),)
    assert all(call.finish_reason == "stop" for call in result.calls)


@pytest.mark.vcr
async def test_a_check_in_is_summarised(recorded_provider: Provider) -> None:
    result = await summarise_notes(NOTES, provider=recorded_provider, today=TODAY)
    holds(result)
    worded = [item for item in result.items if item.by == "model"]
    assert len(worded) >= 3
    again = [item for item in result.items if repeats(item.text, list(item.quotes))]
    assert not again
    first = next(item for item in result.items if item.lines[0].number == 4)
    assert first.kind == "achievement" and len(first.text.split()) < len(first.lines[0].given.split()) / 2


@pytest.mark.live
async def test_the_real_model_summarises_it(live_provider: Provider) -> None:
    holds(await summarise_notes(NOTES, provider=live_provider, today=TODAY))
