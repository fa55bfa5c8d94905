"""What a model adds to a review: it places text that no rule placed, and rewrites vague goals as drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.outputs import CallOutput, RewriteUnit
from coach_assist.assistant.reviewing import place_passages
from coach_assist.errors import CoachError, ModelError
from coach_assist.exchange.readers.read import read_document
from coach_assist.flows.loose_record import REPORTED, LooseKeeper
from coach_assist.flows.plan_privacy import people_in
from coach_assist.flows.review import ReviewOptions, review_document
from coach_assist.flows.review_output import FileEntry, FileReview, RewrittenGoal, UnplacedText

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

MOST_PASSAGES = 60
"""Texts of one document that the model is asked about; the rest stays listed."""
MOST_REWRITES = 3
PLACING = "placing"
_SHORT = 4
"""Words below which a text is no part of a plan."""


@dataclass(frozen=True, slots=True)
class ModelWork:
    """An entry with what the model added; `failed` is what it could not do."""

    entry: FileEntry
    failed: ModelError | None = None


def unplaced_for_model(review: FileReview) -> list[UnplacedText]:
    """Return the texts of a review about which a model would be asked."""
    if review.reads_as not in ("plan", "other"):
        return []
    asked = [one for one in review.unplaced if not one.about and len(one.text.split()) >= _SHORT]
    return asked[:MOST_PASSAGES]


def of_this_goal_only(error: ModelError) -> bool:
    """Say whether a failure lies in one answer, so that the next goal is worth asking for."""
    return isinstance(error, ModelFailed) and error.kind == "reask"


def _has_gaps(verdicts: Mapping[str, str]) -> bool:
    return "unmet" in (verdicts["S"], verdicts["M"], verdicts["T"])


def goals_to_rewrite(review: FileReview) -> list[tuple[str, str]]:
    """Return (unit, statement) of the vague goals, at most three. Of a PIP none is rewritten."""
    if review.reads_as != "plan":
        return []
    vague = [
        (unit.id, str(unit.value["statement"]))
        for unit in review.units
        if unit.kind == "goal"
        and unit.verdicts
        and "unmet" in (unit.verdicts.S, unit.verdicts.M, unit.verdicts.T)
    ]
    return vague[:MOST_REWRITES]


async def review_with_model(
    path: Path,
    entry: FileEntry,
    options: ReviewOptions,
    provider: Provider,
    *,
    place: bool,
    rewrite: bool,
    keeper: LooseKeeper,
    on_progress: Callable[[str], None] | None = None,
) -> ModelWork:
    """Return the entry of `path` with the model's help: text that no rule places, rewrites, or both.

    Every call is in `keeper`'s record as soon as it ended.

    A failure of the model leaves what the rules say.
    """
    review = entry.review
    if review is None:
        return ModelWork(entry)
    say = on_progress or (lambda _: None)
    provider.know((*review.names.values(), *people_in(unit.value for unit in review.units)))
    try:
        if place and (asked := unplaced_for_model(review)):
            say(f"{len(asked)} texts that no rule places")
            review = await _placed(path, review, asked, options, provider, keeper)
    except ModelError as error:
        keeper.called(PLACING, None, failed=error.what)
        return ModelWork(entry, error)
    except CoachError:
        return ModelWork(entry)  # the file changed or went away meanwhile
    failed = None
    if rewrite:
        review, failed = await _rewritten(review, options, provider, keeper, say)
    return ModelWork(entry.model_copy(update={"review": review}), failed)


async def _placed(
    path: Path,
    review: FileReview,
    asked: list[UnplacedText],
    options: ReviewOptions,
    provider: Provider,
    keeper: LooseKeeper,
) -> FileReview:
    document = read_document(path)
    if document.digest != review.digest:
        return review

    def called(call: CallRecord) -> None:
        keeper.called(PLACING, call)
        keeper.became(PLACING, "passage", REPORTED)

    roles, calls = await place_passages([one.text for one in asked], provider, called)
    placed = {(asked[index].place, asked[index].text): role for index, role in roles.items()}
    better = review_document(document, options, placed)
    records = [CallOutput.model_validate(call.to_json()) for call in calls]
    return better.model_copy(update={"method": "model", "calls": [*review.calls, *records]})


async def _rewritten(
    review: FileReview,
    options: ReviewOptions,
    provider: Provider,
    keeper: LooseKeeper,
    say: Callable[[str], None],
) -> tuple[FileReview, ModelError | None]:
    """Return the review with rewrites of its vague goals, as far as the model came, and what stopped it."""
    from coach_assist.flows.rewrite import rewrite_goal

    rewrites, calls = list(review.rewrites), list(review.calls)
    failed: ModelError | None = None
    goals = {unit.id: unit.value for unit in review.units}
    member, manager = review.names.get("team_member"), review.names.get("manager")
    for number, (unit, statement) in enumerate(todo := goals_to_rewrite(review), start=1):
        say(f"rewriting goal {number} of {len(todo)}")
        due = goals[unit].get("due")
        result = await rewrite_goal(
            statement,
            provider=provider,
            today=options.today or date.today(),
            due=date.fromisoformat(due) if isinstance(due, str) else None,
            names=(member, manager) if member and manager else None,
            on_event=keeper.hear,
        )
        data = result.to_json()
        calls += [CallOutput.model_validate(call) for call in data["calls"]]
        # Gaps that rules marked are no rewrite; a date that rules added may have been all that was missing.
        usable = [one for one in result.rewrites if not (one.by_rules and _has_gaps(one.verdicts))]
        made = [RewriteUnit.model_validate(one.to_json()) for one in usable]
        if made:
            keeper.became("rewrite", "goal", REPORTED)
            rewrites.append(RewrittenGoal(unit=unit, original=statement, rewrites=made))
        else:
            say(f"no usable rewrite of goal {number}")
        failed = failed or result.failed
        if result.failed is not None and not of_this_goal_only(result.failed):
            break
    method = "model" if calls else review.method
    return review.model_copy(update={"rewrites": rewrites, "calls": calls, "method": method}), failed
