"""Reviewing a document: parts missing, verdicts, questions; PIPs explained; many files; saved as drafts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from document_maker import PIP, PLAN
from process_ender import ending_review

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.plan_drafts import drafts_of
from coach_assist.flows.review import NEEDED, ReviewOptions, review_file
from coach_assist.flows.review_batch import ENDED, ReviewState, review_files
from coach_assist.flows.review_model import goals_to_rewrite, unplaced_for_model
from coach_assist.flows.review_output import FileEntry, FileReview
from coach_assist.flows.review_save import LEFT_OVER, save_review
from coach_assist.workspace.store import Workspace

OPTIONS = ReviewOptions()


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def reviewed(
    folder: Path, text: str | bytes, name: str = "a.md", options: ReviewOptions = OPTIONS
) -> FileReview:
    entry = review_file(written(folder, name, text), options)
    assert entry.review is not None, entry.fault
    return entry.review


def test_a_plan_is_reviewed_by_rules(tmp_path: Path) -> None:
    review = reviewed(tmp_path, PLAN)
    assert (review.reads_as, review.method, review.missing, review.calls) == ("plan", "rules", [], [])
    good, vague = [unit for unit in review.units if unit.kind == "goal"]
    assert good.verdicts is not None and good.verdicts.S == good.verdicts.M == good.verdicts.T == "met"
    assert vague.verdicts is not None and vague.verdicts.M == "unmet"
    assert {finding.where for finding in vague.findings} >= {"statement"}
    assert all(finding.code != "P801" for finding in review.findings)
    assert any("by which day" in one.text for one in review.questions_for_manager)
    assert any("what exactly" in one.text for one in review.questions_for_team_member)
    assert "feedback" in review.absent


def test_what_is_missing_is_named_and_asked(tmp_path: Path) -> None:
    review = reviewed(tmp_path, "# Plan\n\n## Goals\n- Run the till alone by 30 June 2027\n")
    assert review.missing == [kind for kind in NEEDED if kind != "goal"]
    asked = {one.about for one in [*review.questions_for_manager, *review.questions_for_team_member]}
    assert asked >= {"support", "cadence", "timeline", "activity", "development_area", "current_state"}


def test_a_finding_is_said_once(tmp_path: Path) -> None:
    review = reviewed(tmp_path, PLAN)
    for unit in review.units:
        keys = [(finding.code, finding.where, finding.start, finding.end) for finding in unit.findings]
        assert len(keys) == len(set(keys))


def test_a_pip_is_explained_and_never_mapped(tmp_path: Path) -> None:
    text = PIP + "\n## Goals\n- Reach the standard\n"
    review = reviewed(tmp_path, text)
    assert review.reads_as == "pip" and review.signs and "formal" in review.explanation
    assert (review.units, review.missing, review.findings) == ([], [], [])
    assert goals_to_rewrite(review) == [] and unplaced_for_model(review) == []
    with pytest.raises(Refused, match="performance improvement plan"):
        save_review(Workspace(), "a.md", review)
    assert Workspace().ids() == ()
    person_says = reviewed(tmp_path, text, options=ReviewOptions(not_a_pip=True))
    assert person_says.reads_as == "plan" and person_says.signs


def test_own_json_is_reviewed_and_open_units_are_not_called_missing(tmp_path: Path) -> None:
    goal = {"id": "g", "kind": "goal", "value": {"statement": "Communicate better"}}
    data = {"units": [goal], "open": [{"kind": "support"}]}
    review = reviewed(tmp_path, json.dumps(data), "a.json")
    assert (review.format, review.place_word) == ("drafts", "unit")
    assert "support" not in review.missing and review.not_agreed == ["support"]
    assert review.units[0].verdicts is not None and review.units[0].verdicts.S == "unmet"


@pytest.mark.parametrize(
    "value",
    [{}, {"statement": 5}, {"statement": None, "due": "soon"}, {"metric": "x"}, {"statement": "x" * 9000}],
)
def test_values_of_the_wrong_shape_are_named_and_break_nothing(tmp_path: Path, value: object) -> None:
    review = reviewed(tmp_path, json.dumps({"units": [{"kind": "goal", "value": value}]}), "a.json")
    assert review.units[0].lacks


def test_saving_makes_drafts_and_proposes_nothing(tmp_path: Path) -> None:
    workspace = Workspace()
    saved = save_review(workspace, "a.md", reviewed(tmp_path, PLAN))
    with workspace.open(saved.plan) as plan:
        assert not plan.has_opened
        assert {draft.origin for draft in plan.drafts.all()} == {"import"}
        assert len(drafts_of(plan)) == saved.drafts == 9
        assert plan.answers.get("joint", "manager") == "Tomasz Brandt"
        assert plan.notes.get("joint", LEFT_OVER) == ["The new tractor arrives in June."]
    assert saved.incomplete == ("frame",)


def test_a_review_is_the_same_each_time_and_two_plans_saved_from_it_share_no_id(tmp_path: Path) -> None:
    text = "## Skill gaps\n| Gap | Action |\n|---|---|\n| The till takes long | Watch Bo |\n"
    review = reviewed(tmp_path, text)
    assert reviewed(tmp_path, text) == review
    step = next(unit for unit in review.units if unit.kind == "activity")
    state = next(unit for unit in review.units if unit.kind == "current_state")
    assert step.value["gap"] == state.value["gaps"][0]["id"]  # type: ignore[index,call-overload]
    seen: list[str] = [unit.id for unit in review.units]
    for _ in range(2):
        with Workspace().open(save_review(Workspace(), "a.md", review).plan) as plan:
            drafts = {draft.kind: draft for draft in plan.drafts.all()}
            gap = drafts["current_state"].value["gaps"][0]["id"]  # type: ignore[index,call-overload]
            assert drafts["activity"].value["gap"] == gap
            seen += [str(gap), *(draft.id for draft in drafts.values())]
    assert len(seen) == len(set(seen))


def test_an_empty_document_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        save_review(Workspace(), "a.md", reviewed(tmp_path, "# Minutes\n\nThe weather was fine.\n"))


def test_one_bad_file_hides_no_other_and_the_order_stays(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "b.md", PLAN), written(tmp_path, "bad.docx", b"PK\x03\x04x"), tmp_path / "none.md",
        written(tmp_path, "a.md", PIP),
    ]  # fmt: skip
    alone = list(review_files(paths, OPTIONS))
    together = list(review_files(paths, OPTIONS, jobs=2))
    assert (
        [entry.file for entry in alone] == [str(path) for path in paths] == [entry.file for entry in together]
    )
    assert [entry.review is None for entry in together] == [False, True, True, False]
    assert together[1].fault is not None and "damaged" in together[1].fault.what


def test_a_file_that_ends_its_process_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [written(tmp_path, name, PLAN) for name in ("a.md", "killer.md", "c.md")]
    monkeypatch.setattr("coach_assist.flows.review_batch.review_file", ending_review)
    entries = list(review_files(paths, OPTIONS, jobs=2))
    assert [entry.review is not None for entry in entries] == [True, False, True]
    assert entries[1].fault is not None and entries[1].fault.what == ENDED


def test_reviews_are_taken_up_after_an_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [written(tmp_path, f"{number}.md", PLAN + f"\nSeen {number} times.\n") for number in range(3)]
    state = ReviewState(tmp_path / "state", OPTIONS.mark)
    going = review_files(paths, OPTIONS, state=state)
    first = next(going)
    going.close()
    with (tmp_path / "state").open("ab") as stream:
        stream.write(b'{"key": "half')
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o600
    again = ReviewState(tmp_path / "state", OPTIONS.mark)
    read: list[Path] = []

    def counted(path: Path, options: ReviewOptions) -> FileEntry:
        read.append(path)
        return review_file(path, options)

    monkeypatch.setattr("coach_assist.flows.review_batch.review_file", counted)
    entries = list(review_files(paths, OPTIONS, state=again))
    assert read == paths[1:]
    assert entries[0] == first
    assert len(ReviewState(tmp_path / "state", OPTIONS.mark).known) == 3
    paths[0].write_text("# Changed\n", encoding="utf-8")
    assert ReviewState(tmp_path / "state", OPTIONS.mark).find(paths[0]) is None
    assert ReviewState(tmp_path / "state", "other options").find(paths[1]) is None


def test_a_state_that_is_something_else_is_not_touched(tmp_path: Path) -> None:
    path = written(tmp_path, "notes.txt", "my notes\n")
    with pytest.raises(UsageError, match="not the state"):
        ReviewState(path, "")
    assert path.read_text(encoding="utf-8") == "my notes\n"
