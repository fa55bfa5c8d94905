"""How often a better follow-up comes in time: `python benchmarks/probes.py [--seconds N]`.

Six thin answers of our own are asked about, each given up to --seconds (15). The model is warm, as it is
while somebody answers: it has read what its requests begin with, and between two answers it reads the
beginning of a goal's request again, as drafting ahead makes it do. Printed are seconds, question, and why
one was refused; then how many came within the limit that the product sets.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time

from coach_assist.assistant.probing import SECONDS, ask_probe
from coach_assist.assistant.prompts import load_prompt, warm_messages
from coach_assist.flows.draft import prefixes
from coach_assist.flows.model_session import ModelSession
from coach_assist.interview.questions import all_questions
from coach_assist.workspace.store import Workspace

THIN = (
    ("goal", "better handovers"),
    ("current_state", "It is mostly fine"),
    ("goal", "be quicker"),
    ("why", "customers complain"),
    ("obstacle", "no time"),
    ("current_state", "Die Berichte kommen oft zu spät"),
)


async def run(seconds: float) -> None:
    """Ask about every thin answer and print what came."""
    asked = {one.id: one for one in all_questions()}
    took: list[float] = []
    good = 0
    async with ModelSession(Workspace().root, may_pull=True) as session:
        provider = await session.provider()
        for prefix in prefixes():
            await provider.warm(prefix)
        for question, answer in THIN:
            await provider.warm(warm_messages("goal_measured"))
            started = time.monotonic()
            found = await ask_probe(provider, asked[question].prompt, answer, seconds=seconds)
            took.append(time.monotonic() - started)
            said = found.question or f"none: {found.why_not}" if found else "busy"
            good += bool(found and found.question and took[-1] <= SECONDS)
            print(f"{took[-1]:5.1f} s  {answer!r} → {said}", flush=True)
        print(f"\nmodel {provider.endpoint.model}, prompt probe {load_prompt('probe').version}")
    print(f"within {SECONDS:g} s: {sum(one <= SECONDS for one in took)} of {len(took)}; used: {good}")
    print(f"median {statistics.median(took):.1f} s")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=15.0)
    asyncio.run(run(parser.parse_args().seconds))


if __name__ == "__main__":
    main()
