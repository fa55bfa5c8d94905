"""The settings: where a value comes from, and every fault named with file, key and nearest key."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.errors import ExitCode, Refused, UsageError
from coach_assist.workspace.settings import (
    explain_settings,
    known_settings,
    load_settings,
    set_setting,
    variable_of,
)
from coach_assist.workspace.settings_file import settings_path, write_setting


def written(text: str) -> Path:
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fault(environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(UsageError) as caught:
        load_settings({**os.environ, **(environ or {})})
    assert caught.value.exit_code == ExitCode.USAGE
    return caught.value.what.splitlines()


def test_without_a_file_the_defaults_count_and_nothing_is_written() -> None:
    chosen = load_settings()
    assert chosen.model.provider == "embedded"
    assert chosen.interview.path == "short"
    assert not settings_path().parent.exists()


def test_keys_of_a_model_lying_in_the_environment_choose_nothing() -> None:
    lying = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "http://model.test", "OPENAI_MODEL": "x"}
    assert load_settings({**os.environ, **lying}) == load_settings()


def test_the_environment_is_stronger_than_the_file_and_is_named_as_the_source() -> None:
    written('theme = "nord"\n[model]\nprovider = "remote"\nname = "x"\n')
    environ = {**os.environ, "COACH_ASSIST_MODEL_PROVIDER": "none"}
    shown = {one.key: (one.value, one.source) for one in explain_settings(environ)}
    assert shown["model.provider"] == ("none", "environment")
    assert shown["model.name"] == ("x", "file")
    assert shown["theme"] == ("nord", "file")
    assert shown["interview.path"] == ("short", "default")


def test_the_environment_cannot_choose_a_remote_model() -> None:
    (said,) = fault({"COACH_ASSIST_MODEL_PROVIDER": "remote"})
    assert "cannot choose a remote model" in said and "--remote" in said


def test_the_home_variable_moves_the_file(tmp_path: Path) -> None:
    assert settings_path({"COACH_ASSIST_HOME": str(tmp_path)}) == tmp_path / "settings.toml"
    elsewhere = settings_path({"HOME": str(tmp_path)})
    assert elsewhere.name == "settings.toml"
    assert elsewhere.parent.name == "coach-assist"


def test_every_fault_is_named_with_file_key_and_nearest_key() -> None:
    path = written('theem = "x"\ninterview = 3\n[modle]\n[model]\nprovidr = "none"\nprovider = "gpt"\n')
    said = fault({"COACH_ASSIST_MODEL_PROVIDR": "none", "COACH_ASSIST_LOCALE_FISCAL_YEAR_START": "13"})
    assert f"{path}: there is no setting theem; did you mean theme?" in said
    assert f"{path}: there is no setting modle; did you mean model?" in said
    assert f"{path}: there is no setting model.providr; did you mean model.provider?" in said
    assert f"{path}: model.provider: input should be 'embedded', 'remote' or 'none'" in said
    assert f"{path}: interview must be a table ([interview])" in said
    assert any(line.startswith("COACH_ASSIST_LOCALE_FISCAL_YEAR_START in the environment") for line in said)
    assert (
        "the environment holds COACH_ASSIST_MODEL_PROVIDR, which is no setting; "
        "did you mean COACH_ASSIST_MODEL_PROVIDER?"
    ) in said
    assert len(said) == 7


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"theme = ", "is not valid TOML"),
        (b'theme = "a"\ntheme = "b"\n', "is not valid TOML"),
        (b"theme = \xff", "is not UTF-8 text: line 1"),
        (b"a = " + b"[" * 50_000, "is not valid TOML"),
        (b"#" * 300_000, "too large"),
    ],
)
def test_a_file_that_is_no_settings_file(content: bytes, words: str) -> None:
    path = written("")
    path.write_bytes(content)
    said = fault()
    assert str(path) in said[0]
    assert words in said[0]


def test_setting_a_value_keeps_comments_and_order_and_is_private() -> None:
    path = written(
        '# mine\ntheme = "nord" # calm\n\n# the model\n[model]\n# why\nprovider = "none"\n[keymap]\nq = "x"\n'
    )
    set_setting("model.provider", "remote")
    set_setting("model.name", 'a "quoted" \\ name')
    set_setting("editor", "vi")
    set_setting("locale.fiscal_year_start", "4")
    set_setting("keymap.interview.next", "ctrl+n")
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# mine", "# the model", "# why"]
    assert tomllib.loads(text) == {
        "theme": "nord",
        "editor": "vi",
        "model": {"provider": "remote", "name": 'a "quoted" \\ name'},
        "keymap": {"q": "x", "interview.next": "ctrl+n"},
        "locale": {"fiscal_year_start": 4},
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_settings().keymap["interview.next"] == "ctrl+n"


def test_an_empty_value_takes_the_setting_out() -> None:
    set_setting("model.provider", "none")
    assert set_setting("model.provider", "") is None
    assert load_settings().model.provider == "embedded"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("modle.provider", "none", "did you mean model.provider"),
        ("provider", "none", "did you mean model.provider"),
        ("model.provider", "gpt", "embedded"),
        ("locale.fiscal_year_start", "13", "less than or equal to 12"),
        ("locale.fiscal_year_start", "may", "integer"),
        ("theme", "a\nb", "one line"),
        ("keymap.", "x", "no setting"),
        ("keymap", "x", "no setting"),
        ("model", "x", "no setting"),
    ],
)
def test_a_wrong_key_or_value_changes_nothing(key: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        set_setting(key, value)
    assert not settings_path().exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x", encoding="utf-8")
    with pytest.raises((Refused, UsageError)):
        write_setting(blocker / "settings.toml", "theme", "nord")


VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@given(
    st.lists(
        st.tuples(st.sampled_from(["theme", "editor", "model.name", "model.path", "keymap.a.b"]), VALUES)
    )
)
@settings(max_examples=60, deadline=None)
def test_any_sequence_of_changes_reads_back(tmp_path_factory, changes: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_text('theme = """\nlong"""\n# c\n["keymap"]\n"a.b" = "x"\n[model] # m\n', encoding="utf-8")
    for key, value in changes:
        write_setting(path, key, value)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for key, value in dict(changes).items():
        section, _, name = key.partition(".")
        assert (data[section][name] if name else data[section]) == value


def test_each_setting_is_documented_and_has_its_variable() -> None:
    for key, doc, choices in known_settings():
        assert len(doc) > 15, key
        assert variable_of(key).isupper()
        assert all(choice in doc for choice in choices if choice not in ("en", "dmy", "mdy"))
