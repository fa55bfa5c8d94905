"""The agreement to print: the agreed text whole, with room for both signatures, keys and hash in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach_assist.exchange.page import Block, Details, Page, Section, Signature, Text
from coach_assist.exchange.plan_json import PlanJson, SignatureJson
from coach_assist.exchange.plan_page import plan_page, plan_sections, statement_section
from coach_assist.exchange.plan_words import in_a_row, second_party

CUSTODY = {
    "this machine": "a key on the machine where the plan was opened",
    "own machine": "a key of their own",
}


def agreement_page(plan: PlanJson) -> Page:
    """Return the agreement, for the audience that it was made for."""
    sections = [*statement_section(plan), *plan_sections(plan)]
    if not plan.units:
        sections.append(Section("The plan", (Text("Nothing is agreed yet."),)))
    if plan.open:
        words = "Something else is put forward and not agreed; it is no part of this text."
        sections.append(Section("Not agreed yet", (Text(words, quiet=True),)))
    sections.append(Section("Signatures", tuple(_signatures(plan))))
    page = plan_page(plan)
    return replace(page, kind=f"Agreement: {page.kind.lower()}", sections=tuple(sections))


def _signatures(plan: PlanJson) -> Iterator[Block]:
    names = in_a_row((plan.parties.team_member, plan.parties.manager))
    yield Text(
        f"{names} have read the text above and agree to it. Each can ask for a change at any time; a change "
        "holds once both have accepted it."
    )
    for one in plan.signatures:
        role = "Team member" if one.party == "team_member" else second_party(plan)
        yield Signature(one.name, role, _signed(one, plan), one.words)
    if plan.plan_hash:
        what = "both have signed" if plan.revision else "would be signed now"
        yield Details(
            (("Revision", str(plan.revision) if plan.revision else "none yet"),
             (f"Hash of the plan that {what}", plan.plan_hash))
        )  # fmt: skip


def _signed(one: SignatureJson, plan: PlanJson) -> str:
    if one.at is None:
        return "Not signed with a key yet."
    revision = f", as revision {plan.revision}" if plan.revision else "; the other signature is missing"
    return f"Signed on {one.at[:10]} with {CUSTODY[one.custody]}{revision}."
