"""Configuration: read from both files, and wrong ones named by file, key and nearest key."""

import pytest

from coach_assist.checker.config import CheckConfig, config_from_toml
from coach_assist.errors import UsageError


def known(code: str) -> bool:
    return any(rule.startswith(code) for rule in ("S101", "M201", "T501"))


def read(text: str, *, pyproject: bool = False) -> CheckConfig | None:
    name = "pyproject.toml" if pyproject else "coach-assist.toml"
    return config_from_toml(text.encode(), name, known, pyproject=pyproject)


def test_every_key_is_read() -> None:
    config = read(
        'select = ["S", "m201"]\nignore = ["T501"]\nfail-on = "warning"\nlanguage = "de"\n'
        'cadence-counts-as-deadline = true\ndate-order = "mdy"\nfiscal-year-start = 4\n'
        '[per-file-ignores]\n"notes/*.md" = ["S1"]\n'
    )
    assert config == CheckConfig(
        select=("S", "M201"),
        ignore=("T501",),
        per_file_ignores=(("notes/*.md", ("S1",)),),
        fail_on="warning",
        language="de",
        cadence_counts_as_deadline=True,
        date_order="mdy",
        fiscal_year_start=4,
    )
    assert config.settings(("notes/a.md",)).ignore == ("T501", "S1")
    assert config.settings(("a.md",)).ignore == ("T501",)
    assert config.settings().fiscal_year_start == 4


def test_a_pyproject_without_our_table_is_none() -> None:
    assert read('[project]\nname = "coach-assist"\n', pyproject=True) is None
    assert read('[tool.coach-assist]\nfail-on = "note"\n', pyproject=True) == CheckConfig(fail_on="note")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('selct = ["S"]', "selct is not a setting; did you mean select?"),
        ('fail-on = "warnings"', "fail-on must be one of error, warning, note, never; did you mean warning?"),
        ('select = "S"', "select must be a list of codes"),
        ('ignore = ["Z9"]', "ignore names Z9, which is no rule"),
        ("fiscal-year-start = 13", "fiscal-year-start must be a month"),
        ("cadence-counts-as-deadline = 1", "must be true or false"),
        ("per-file-ignores = []", "must be a table"),
        ("language = 3", "must be a language"),
        ("= 3", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_key_and_nearest_key(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text)
    assert "coach-assist.toml" in caught.value.what
    assert words in caught.value.what


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        read('selct = []\nfail-on = "x"\n')
    assert len(caught.value.what.splitlines()) == 2


def test_a_file_that_is_no_text_is_said_in_words() -> None:
    with pytest.raises(UsageError, match="not UTF-8"):
        config_from_toml(b"\xff", "coach-assist.toml", known, pyproject=False)
