"""`coach-assist demo`: the whole main job once, with a sample pair and the real model."""

from __future__ import annotations

import asyncio
import sys
from datetime import date

import click

from coach_assist.shown import safe_text


@click.command("demo")
@click.option("--plain", is_flag=True, help="Print every stage instead of opening the app; asks nothing.")
def command(plain: bool) -> None:
    """Run the main job with a sample pair's answers and the real model.

    In a terminal the app opens on the sample plan: you decide for both. With --plain, or when the output
    is no terminal, every stage is printed without questions and the pair's decisions are scripted. It
    runs in a throw-away workspace with keys made for it, and every screen and export is marked DEMO.
    """
    from coach_assist.demo.sample import sample_answers, sample_plan, throw_away_workspace

    with throw_away_workspace() as workspace:
        if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
            from coach_assist.cli.model_options import open_session
            from coach_assist.demo.plain import run_plain_demo

            async def run() -> None:
                async with open_session(workspace.root, may_pull=True) as session:
                    await run_plain_demo(workspace, session, _say, today=date.today())

            asyncio.run(run())
        else:
            from coach_assist.cli.app import open_app

            with sample_plan(workspace, sample_answers(date.today())) as plan:
                plan_id = plan.id
            open_app(workspace.root, start_plan=plan_id, demo=True)


def _say(line: str) -> None:
    click.echo(safe_text(line))
