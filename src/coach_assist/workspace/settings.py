"""The settings: one documented model, read from a TOML file and from the environment.

A value comes from the environment (COACH_ASSIST_<SECTION>_<KEY>), else from the file, else it is the
default. Every fault names the file or variable, the key and the nearest known key. The model's
docstrings are what `coach-assist config` and docs/settings.md say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from coach_assist.errors import UsageError
from coach_assist.shown import shortened
from coach_assist.workspace.settings_file import read_settings_file, settings_path, write_setting

PREFIX = "COACH_ASSIST_"
Line = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f\x7f]+$")]
Source = Literal["default", "file", "environment"]

_NOT_BY_ENVIRONMENT = (
    "COACH_ASSIST_MODEL_PROVIDER in the environment: cannot choose a remote model; the settings file or "
    "the flag --remote can"
)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class ModelSettings(_Section):
    """Which language model drafts. Keys lying in the environment never choose one."""

    provider: Literal["embedded", "remote", "none"] = "embedded"
    """embedded: the model on this machine; remote: an OpenAI-compatible endpoint, which you are shown and
    asked about before anything is sent; none: the interview, the checker and decisions work without one."""
    path: Line | None = None
    """A GGUF file to use in place of the embedded model's own weights."""
    base_url: Line | None = None
    """The address of the remote endpoint; without it OPENAI_BASE_URL is read, if the provider is remote."""
    name: Line | None = None
    """The name of the remote model, as its endpoint calls it."""


class InterviewSettings(_Section):
    """How the interview goes."""

    path: Literal["short", "full"] = "short"
    """short: fourteen questions, about ten minutes; full: ten more, all optional."""


class LocaleSettings(_Section):
    """How dates and language are read."""

    date_order: Literal["dmy", "mdy"] = "dmy"
    """How 3/4/2027 is read: day first, or month first. ISO dates need no setting."""
    fiscal_year_start: Annotated[int, Field(ge=1, le=12)] = 1
    """The month in which the fiscal year begins, 1 to 12."""
    language: Literal["en"] = "en"
    """The language of the plans that are checked."""


class Settings(_Section):
    """All settings of coach-assist."""

    editor: Line | None = None
    """The command that opens long answers; without it VISUAL or EDITOR is used."""
    offline: Literal["no", "yes"] = "no"
    """yes: this program and its own child processes connect to this machine only; as --offline does."""
    lock_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    """Minutes without a key press after which the full-screen app locks open keys and covers itself."""
    theme: Line | None = None
    """The colours of the full-screen app, by the name of a theme."""
    model: ModelSettings = ModelSettings()
    interview: InterviewSettings = InterviewSettings()
    locale: LocaleSettings = LocaleSettings()
    keymap: dict[Line, Line] = Field(default_factory=dict, max_length=200)
    """Your own keys in the full-screen app: the id of a binding, and the key for it."""


@dataclass(frozen=True, slots=True)
class SettingShown:
    """One setting as `config` shows it."""

    key: str
    value: str | int | None
    source: Source
    variable: str
    """The environment variable that overrides it; "" where there is none."""
    doc: str
    choices: tuple[str, ...] = ()


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force. Raises UsageError with every fault at once (exit code 2)."""
    return _load(os.environ if environ is None else environ)[0]


def explain_settings(environ: Mapping[str, str] | None = None) -> tuple[SettingShown, ...]:
    """Return each setting with its value, where that comes from, and what it means."""
    settings, sources = _load(os.environ if environ is None else environ)
    shown = [
        SettingShown(
            key, _value_at(settings, key), sources.get(key, "default"), variable_of(key), doc, choices
        )
        for key, doc, choices in known_settings()
    ]
    shown.extend(
        SettingShown(f"keymap.{binding}", key, "file", "", "The key of this binding.")
        for binding, key in settings.keymap.items()
    )
    return tuple(shown)


def set_setting(key: str, text: str, environ: Mapping[str, str] | None = None) -> str | int | None:
    """Write one setting into the file and return its value; empty text removes it (the default counts).

    Raises UsageError for an unknown key or value, Refused where the file cannot be written.
    """
    environ = os.environ if environ is None else environ
    path = settings_path(environ)
    known = {name for name, _, _ in known_settings()}
    if key not in known and not (key.startswith("keymap.") and key != "keymap."):
        raise UsageError(f"there is no setting {shortened(key, 60)}{_nearest(key, known)}")
    value = _typed(key, text)
    if value is not None:
        faults = _faults(_nested(key, value), "")
        if faults:
            raise UsageError("\n".join(faults), kept="The settings are as they were.")
    write_setting(path, key, value)
    return value


def known_settings() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each setting but the keymap's: dotted key, what it means, and its choices if it has some."""
    for name, info in Settings.model_fields.items():
        section = info.annotation
        if name == "keymap":
            continue
        if isinstance(section, type) and issubclass(section, _Section):
            for key, inner in section.model_fields.items():
                choices = get_args(inner.annotation) if inner.annotation not in (Line, int) else ()
                words = tuple(choice for choice in choices if isinstance(choice, str))
                yield f"{name}.{key}", " ".join((inner.description or "").split()), words
        else:
            yield name, " ".join((info.description or "").split()), ()


def variable_of(key: str) -> str:
    """Return the environment variable of a setting: model.base_url → COACH_ASSIST_MODEL_BASE_URL."""
    return PREFIX + key.replace(".", "_").upper()


def _load(environ: Mapping[str, str]) -> tuple[Settings, dict[str, Source]]:
    path = settings_path(environ)
    data = read_settings_file(path)
    faults = _faults(data, f"{path}: ")
    sources: dict[str, Source] = {}
    for key, _, _ in known_settings():
        section, _, name = key.rpartition(".")
        table = data.get(section, {}) if section else data
        if isinstance(table, dict) and name in table:
            sources[key] = "file"
        if text := environ.get(variable_of(key), ""):
            value = _typed(key, text)
            if (key, value) == ("model.provider", "remote"):
                faults.append(_NOT_BY_ENVIRONMENT)
            faults += _faults(_nested(key, value), f"{variable_of(key)} in the environment: ")
            sources[key] = "environment"
            data = (
                {**data, section: {**_table(data, section), name: value}} if section else {**data, key: value}
            )
    faults += _unknown_variables(environ)
    if faults:
        raise UsageError(
            "\n".join(faults),
            kept="No setting was changed.",
            next_step="Correct it there; `coach-assist config path` prints where the file lies.",
        )
    return Settings.model_validate(data), sources


def _table(data: Mapping[str, Any], section: str) -> dict[str, Any]:
    table = data.get(section, {})
    return table if isinstance(table, dict) else {}


def _faults(data: Mapping[str, Any], where: str) -> list[str]:
    try:
        Settings.model_validate(data)
    except ValidationError as error:
        return [where + _words(fault["type"], fault["loc"], fault["msg"]) for fault in error.errors()]
    return []


def _words(kind: str, place: tuple[int | str, ...], message: str) -> str:
    key = shortened(".".join(str(part) for part in place), 80)
    if kind == "extra_forbidden":
        known = {*(name for name, _, _ in known_settings()), *Settings.model_fields}
        return f"there is no setting {key}{_nearest(key, known)}"
    if kind == "string_pattern_mismatch":
        return f"{key}: must be one line without control characters"
    if kind in ("model_type", "dict_type"):
        return f"{key} must be a table ([{key}])"
    return f"{key}: {message[:1].lower()}{shortened(message[1:], 200)}"


def _nearest(key: str, known: set[str]) -> str:
    folded = key.strip().lower().replace("-", "_")
    near = get_close_matches(folded, sorted(known), n=1, cutoff=0.5)
    if not near:  # a right name in the wrong section
        near = [name for name in sorted(known) if name.rpartition(".")[2] == folded.rpartition(".")[2]][:1]
    return f"; did you mean {near[0]}?" if near else ""


def _unknown_variables(environ: Mapping[str, str]) -> list[str]:
    known = {variable_of(key) for key, _, _ in known_settings()}
    sections = tuple(
        f"{PREFIX}{name.upper()}_"
        for name, info in Settings.model_fields.items()
        if isinstance(info.annotation, type) and issubclass(info.annotation, _Section)
    )
    faults = []
    for name in sorted(environ):
        if name.startswith(sections) and name not in known:
            near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}?" if near else ""
            faults.append(f"the environment holds {shortened(name, 80)}, which is no setting{hint}")
    return faults


def _typed(key: str, text: str) -> str | int | None:
    if not text:
        return None
    whole = key in {"locale.fiscal_year_start", "lock_minutes"} and text.isascii() and text.isdigit()
    return int(text) if whole else text


def _nested(key: str, value: str | int | None) -> dict[str, Any]:
    section, _, name = key.partition(".")
    return {section: {name: value}} if name else {section: value}


def _value_at(settings: Settings, key: str) -> str | int | None:
    value: Any = settings
    for part in key.split("."):
        value = getattr(value, part)
    return value if isinstance(value, str | int) else None
