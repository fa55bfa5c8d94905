"""How long a person waits for the draft, and what our own code adds to the model's time.

    python benchmarks/latency.py [--yardstick SCRIPT] [--cases NAME,NAME,NAME] [--out FILE] [--words N]

Each case is typed into the interview in real time, at 40 words a minute (200 keys a minute), while the
model drafts; printed are the seconds from the last answer to the complete draft, beside those of the
yardstick (`SCRIPT URL ANSWERS.json KEY MODEL`, one call for a whole plan) on the same server. Then the
case is drafted once more with all answers at once: wall time over the sum of the server's own prompt and
generation times is the overhead. Results lie in --out (JSON Lines, with git revision, model and prompt
versions); a second run goes on where the first one stopped. The embedded model is used.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from drafting import HERE, TASKS, TODAY, revision, yardstick

from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.provider import Provider
from coach_assist.flows.draft import draft_answers, prefixes
from coach_assist.flows.live_draft import LiveDraft, answers_so_far, passed_in
from coach_assist.flows.model_session import ModelSession
from coach_assist.interview.answers import Answers, parse_answers
from coach_assist.interview.questions import questions_of
from coach_assist.interview.session import Session, begin
from coach_assist.workspace.store import Workspace

CASES = ("junior_designer", "site_manager", "sales_rep")
"""One goal that is seen on occasions, one with a measure, and two goals."""
KEYS_A_WORD = 5


class Timed:
    """An openai client that notes the server's own times ("timings" of llama.cpp), in seconds."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.server_seconds = 0.0
        self.chat = self
        self.completions = self

    async def create(self, **request: Any) -> Any:
        """Ask, and note the times that come with the answer."""
        answer = await self._client.chat.completions.create(**request)
        if request.get("stream"):
            return TimedStream(answer, self)
        self.note(answer)
        return answer

    def note(self, part: Any) -> None:
        """Add the times of one answer, where `part` of it holds them."""
        timings = (part.model_extra or {}).get("timings")
        if timings:
            self.server_seconds += (timings["prompt_ms"] + timings["predicted_ms"]) / 1000

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


class TimedStream:
    """A streamed answer whose last piece holds the times."""

    def __init__(self, stream: Any, timed: Timed) -> None:
        self._stream = stream
        self._timed = timed

    async def __aiter__(self) -> AsyncIterator[Any]:
        async for chunk in self._stream:
            self._timed.note(chunk)
            yield chunk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


async def typed_in(answers: Answers, provider: Provider, words_a_minute: int) -> tuple[float, float]:
    """Type the answers in real time while the model drafts; return typing seconds and seconds after."""
    session: Session = begin(questions_of("full"), {}, TODAY)
    live = LiveDraft(provider)
    typing = 0.0
    while session.question is not None:
        asked = session.question
        given = answers.joint.get(asked.id, "")
        text = given if isinstance(given, str) else "\n".join(given)
        if text.strip():
            seconds = len(text) / KEYS_A_WORD / words_a_minute * 60
            typing += seconds
            await asyncio.sleep(seconds)
            session = session.answer(text, keep=True).session
        else:
            session = session.skip().session
        live.take(answers_so_far(session.answers, TODAY), passed_in(session))
    ended = time.monotonic()
    result = await draft_answers(answers, provider=live.provider, today=TODAY)
    if result.failed is not None:
        raise result.failed
    after = time.monotonic() - ended
    await live.close()
    return typing, after


async def at_once(answers: Answers, provider: Provider) -> tuple[float, float]:
    """Draft from all answers at once; return wall seconds and the server's own seconds."""
    timed = Timed(await provider.client())
    before, provider._client = provider._client, timed
    started = time.monotonic()
    try:
        await draft_answers(answers, provider=provider, today=TODAY)
    finally:
        provider._client = before
    return time.monotonic() - started, timed.server_seconds


def show(row: dict[str, Any]) -> None:
    """Print one case."""
    ours, theirs = row["after_last_answer"], row.get("yardstick_seconds")
    print(
        f"{row['case']}: typed for {row['typing']:.0f} s; draft complete {ours:.1f} s after the last answer",
        end="",
    )
    if theirs:
        print(f"; yardstick {theirs:.1f} s = {ours / theirs:.2f} of it", end="")
    share = row["wall"] / row["server"]
    print(f"; at once {row['wall']:.1f} s, server {row['server']:.1f} s: overhead {share:.3f}", flush=True)


async def run(options: argparse.Namespace) -> None:
    """Run the cases that have no result yet, then print the figures."""
    done: dict[str, dict[str, Any]] = {}
    if options.out.exists():
        for line in options.out.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            done[row["case"]] = row
    async with ModelSession(Workspace().root, may_pull=True) as session:
        for name in options.cases.split(","):
            if name not in done:
                case = HERE / "drafting_cases" / f"{name}.json"
                answers = parse_answers(case, today=TODAY)
                session.start_in_background(prefixes())
                provider = await session.provider()
                typing, after = await typed_in(answers, provider, options.words)
                row = {"case": name, "typing": round(typing, 1), "after_last_answer": round(after, 2)}
                wall, server = await at_once(answers, provider)
                row |= {"wall": round(wall, 2), "server": round(server, 2)}
                if options.yardstick:
                    found = await asyncio.to_thread(
                        yardstick, options.yardstick, case, provider.endpoint, answers
                    )
                    row |= {"yardstick_seconds": found["own_seconds"], "yardstick_failed": found["failed"]}
                row["about"] = {
                    "revision": revision(),
                    "model": provider.endpoint.model,
                    "prompts": {task: load_prompt(task).version for task in ("system", *TASKS)},
                }
                done[name] = row
                with options.out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            show(done[name])
    rows = [done[name] for name in options.cases.split(",")]
    waits = [row["after_last_answer"] for row in rows]
    print(f"\nmedian wait after the last answer: {statistics.median(waits):.1f} s")
    pairs = [(row["after_last_answer"], row.get("yardstick_seconds")) for row in rows]
    timed = [wait / theirs for wait, theirs in pairs if theirs]
    if timed:
        print(f"of the yardstick's time: {statistics.median(timed):.2f} (median), {max(timed):.2f} (worst)")
    print(f"overhead: {sum(row['wall'] for row in rows) / sum(row['server'] for row in rows):.3f}")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--yardstick", type=Path)
    parser.add_argument("--words", type=int, default=40, help="typing speed in words a minute")
    parser.add_argument("--out", type=Path, default=Path("latency-results.jsonl"))
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
