"""Start-up: how long the light commands take beside `import click`, and the TUI beside a bare app.

    python benchmarks/startup.py [--runs 15]

Prints one line a case: median milliseconds, the yardstick's median and their ratio, with the limit.
The cases of one comparison take turns in one run, so that the machine's load falls on both alike.
Ends with exit code 1 where a ratio is over its limit.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = b"Cut the median waiting time from 9 to 3 minutes by 2027-03-01\n"
PROGRAM = str(Path(sys.executable).with_name("coach-assist"))
CLICK = [sys.executable, "-c", "import click"]
FIRST_SCREEN = """
import sys, time
async def painted(pilot):
    sys.stderr.write(str(time.monotonic()))
    pilot.app.exit()
{app}
app.run(headless=True, size=(80, 24), auto_pilot=painted)
"""
"""Runs an app without a terminal, tells when its first screen stands, and ends it."""
BARE_APP = FIRST_SCREEN.format(
    app="""
from textual.app import App
from textual.widgets import Footer, Header, Static
class Bare(App):
    def compose(self):
        yield Header()
        yield Static("first screen")
        yield Footer()
app = Bare()
"""
)
OUR_APP = FIRST_SCREEN.format(app="from coach_assist.tui.app import CoachApp\napp = CoachApp()")


def seconds(command: list[str], data: bytes, home: str) -> float:
    """Run a command once; return the seconds until it ended, or until the time that it tells on stderr.

    Raises where it fails.
    """
    environment = {**os.environ, "HOME": home, "COACH_ASSIST_HOME": f"{home}/coach-assist"}
    # Both sides run from cached bytecode, as any program does from its second start on.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = f"{home}/bytecode"
    begun = time.monotonic()
    ran = subprocess.run(command, input=data, capture_output=True, env=environment, cwd=home, check=True)
    ended = time.monotonic()
    return (
        float(ran.stderr) - begun if b"run(headless" in b"".join(map(os.fsencode, command)) else ended - begun
    )


def compare(
    name: str, command: list[str], yardstick: list[str], limit: float, runs: int, data: bytes = b""
) -> bool:
    """Time both in turns, print their medians and the ratio, and say whether it is within the limit."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as home:
        seconds(command, data, home)
        seconds(yardstick, b"", home)
        for _ in range(runs):
            ours.append(seconds(command, data, home))
            theirs.append(seconds(yardstick, b"", home))
    one, other = statistics.median(ours), statistics.median(theirs)
    ratio = one / other
    figures = f"{one * 1000:7.1f} ms   yardstick {other * 1000:7.1f} ms"
    print(f"{name:<22} {figures}   ratio {ratio:4.2f} (limit {limit})")
    return ratio <= limit


def main() -> int:
    """Run every comparison; return 1 where one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    within = [
        compare("--version", [PROGRAM, "--version"], CLICK, 2.0, runs),
        compare("check of one line", [PROGRAM, "check", "-"], CLICK, 2.0, runs, GOAL),
        compare("rules", [PROGRAM, "rules"], CLICK, 2.0, runs),
        compare("first screen", [sys.executable, "-c", OUR_APP], [sys.executable, "-c", BARE_APP], 1.4, runs),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
