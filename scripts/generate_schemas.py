"""Write schemas/ from the models; `--check` only says whether they are current (exit 1 if not)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from coach_assist.assistant.notes.outputs import SummaryOutput
from coach_assist.assistant.outputs import DraftOutput, RewriteOutput
from coach_assist.exchange.plan_json import plan_schema
from coach_assist.exchange.schemas import written_schema
from coach_assist.flows.review_output import ReviewOutput
from coach_assist.interview.answers_schema import answers_schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return each schema by its name."""
    # Only findings on a whole plan name a place.
    optional = {"FindingOutput": {"where"}}
    made = {
        "answers": answers_schema(),
        "draft": written_schema(DraftOutput, optional),
        "plan": plan_schema(),
        "review": written_schema(ReviewOutput, optional),
        "rewrite": written_schema(RewriteOutput, optional),
        "summary": written_schema(SummaryOutput),
    }
    return {
        name: {"$schema": DIALECT, "$id": f"{name}.schema.json", **schema} for name, schema in made.items()
    }


def files() -> dict[Path, str]:
    """Return what each file of schemas/ must hold."""
    return {
        FOLDER / f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas().items()
    }


def main() -> int:
    stale = []
    for path, text in files().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name}: {'stale' if '--check' in sys.argv[1:] else 'written'}")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
