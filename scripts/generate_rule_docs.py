"""Write docs/rules/*.md from the docstrings of the rules, or with --check say whether they are current.

python scripts/generate_rule_docs.py
python scripts/generate_rule_docs.py --check
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from coach_assist.checker.registry import Rule, rules

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
GROUPS = {
    "S": "Specific",
    "M": "Measurable",
    "A": "Achievable",
    "R": "Relevant",
    "T": "Time-bound",
    "B": "Behaviour and tone",
    "L": "Language of the plan",
    "P": "The whole plan",
    "X": "Housekeeping",
}


def page(rule: Rule) -> str:
    """Return the Markdown page of one rule."""
    state = "preview" if rule.preview else "stable"
    default = "on" if rule.on_by_default else "off"
    lines = [
        f"# {rule.code} {rule.name}",
        "",
        rule.title,
        "",
        f"Level: {rule.level} · {state} · {default} by default · checks: {rule.scope}",
        "",
        f"**What it flags.** {rule.what[:1].upper()}{rule.what[1:]}",
        "",
        f"**Why.** {rule.why[:1].upper()}{rule.why[1:]}",
        "",
        f"**Source.** {rule.source[:1].upper()}{rule.source[1:]}",
    ]
    for title, examples in (("Flagged", rule.bad), ("Not flagged", rule.good)):
        lines += ["", f"## {title}", "", *(f"- {shown(example)}" for example in examples)]
    return "\n".join(lines) + "\n"


def shown(example: str) -> str:
    """Return an example as Markdown code; the context of a goal stands after it in words."""
    text, mark, context = example.partition(" @ ")
    if not mark:
        return f"`{example}`"
    around = ", ".join(f"{name}: {value}" for name, value in json.loads(context).items())
    return f"`{text}` (with {around})"


def index() -> str:
    """Return the page that lists every rule."""
    lines = [
        "# The rules of the checker",
        "",
        "Made from the rules themselves by `scripts/generate_rule_docs.py`.",
        "`coach-assist rules CODE` prints the same.",
    ]
    for letter, title in GROUPS.items():
        lines += [
            "",
            f"## {letter}: {title}",
            "",
            "| code | name | level | what it is about |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.level} | {rule.title} |"
            for rule in rules()
            if rule.code.startswith(letter)
        ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return file name → text of every page."""
    return {"README.md": index(), **{f"{rule.code}.md": page(rule) for rule in rules()}}


def outdated() -> list[str]:
    """Return the names of the files that are missing, differ or belong to no rule."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> None:
    """Write the pages, or with --check end with 1 where they are not current."""
    if "--check" in sys.argv[1:]:
        if names := outdated():
            sys.exit("not current: " + ", ".join(names) + "; run python scripts/generate_rule_docs.py")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(wanted)} pages in docs/rules")


if __name__ == "__main__":
    main()
