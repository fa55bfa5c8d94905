"""The checker's configuration: `[tool.coach-assist]` of pyproject.toml, or coach-assist.toml.

An error names the file, the key and the nearest known key. The files themselves are found and read
by the flow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, cast

from coach_assist.checker.settings import DateOrder, Settings
from coach_assist.errors import UsageError

Known = Callable[[str], bool]
"""Says whether a code, or the beginning of one, names a rule."""
FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "note", "never")
KEYS = (
    "select",
    "ignore",
    "per-file-ignores",
    "fail-on",
    "language",
    "cadence-counts-as-deadline",
    "date-order",
    "fiscal-year-start",
)


class CheckConfig(NamedTuple):
    """What a configuration file says; the options of the command line go before it."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(pattern, codes): a file that matches the pattern also ignores the codes."""
    fail_on: FailOn = "error"
    language: str = "en"
    cadence_counts_as_deadline: bool = False
    date_order: DateOrder = "dmy"
    fiscal_year_start: int = 1
    folder: str = ""
    """The folder of the configuration file, from which patterns are read; "" without one."""

    def settings(self, paths: tuple[str, ...] = ()) -> Settings:
        """Return the engine's settings for a source, given under all `paths` that patterns may mean."""
        extra: list[str] = []
        for pattern, codes in self.per_file_ignores:
            from fnmatch import fnmatchcase

            if any(fnmatchcase(path, pattern) for path in paths):
                extra += codes
        return Settings(
            cadence_counts_as_deadline=self.cadence_counts_as_deadline,
            date_order=self.date_order,
            fiscal_year_start=self.fiscal_year_start,
            language=self.language,
            select=self.select,
            ignore=(*self.ignore, *extra),
        )


def config_from_toml(data: bytes, name: str, known: Known, *, pyproject: bool) -> CheckConfig | None:
    """Read the configuration of the file `name`.

    `known(code)` says whether a code or prefix names a rule. Returns None where a pyproject.toml holds
    no `[tool.coach-assist]`. Raises UsageError with every fault of the file at once.
    """
    import tomllib

    try:
        table: object = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not valid TOML: {error}") from None
    if pyproject:
        tool = cast("dict[str, Any]", table).get("tool", {})
        if not isinstance(tool, dict) or "coach-assist" not in tool:
            return None
        table = tool["coach-assist"]
        if not isinstance(table, dict):
            raise UsageError(f"{name}: tool.coach-assist must be a table")
    return _config(cast("dict[str, object]", table), name, known)


def _config(table: dict[str, object], name: str, known: Known) -> CheckConfig:
    faults: list[str] = []
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in KEYS:
            faults.append(f"{key} is not a setting{nearest(key, KEYS)}")
            continue
        try:
            values[key.replace("-", "_")] = _READERS[key](value, known)
        except ValueError as error:
            faults.append(f"{key} {error}")
    if faults:
        raise UsageError(
            "\n".join(f"{name}: {fault}" for fault in faults),
            next_step="docs/checking.md lists the settings.",
        )
    return CheckConfig(**cast("dict[str, Any]", values))


def nearest(word: str, known: tuple[str, ...] | list[str]) -> str:
    """Return "; did you mean X?" for the known word nearest to `word`, or ""."""
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else ""


def checked_codes(codes: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """Return codes or prefixes in capitals. Raises ValueError naming the first that names no rule."""
    cleaned = tuple(code.strip().upper() for code in codes if code.strip())
    for code in cleaned:
        if not known(code):
            raise ValueError(f"names {code}, which is no rule; `coach-assist rules` lists them")
    return cleaned


def _codes(value: object, known: Known) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ValueError('must be a list of codes, such as ["M2", "T501"]')
    return checked_codes(tuple(value), known)


def _per_file(value: object, known: Known) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError('must be a table of patterns, such as {"notes/*.md" = ["M201"]}')
    return tuple((pattern, _codes(codes, known)) for pattern, codes in value.items())


def _choice(choices: tuple[str, ...]) -> Callable[[object, Known], str]:
    def read(value: object, _known: Known) -> str:
        if not isinstance(value, str) or value not in choices:
            hint = nearest(value, choices) if isinstance(value, str) else ""
            raise ValueError(f"must be one of {', '.join(choices)}{hint}")
        return value

    return read


def _language(value: object, _known: Known) -> str:
    if not isinstance(value, str):
        raise ValueError('must be a language, such as "en"')
    return value


def _flag(value: object, _known: Known) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _month(value: object, _known: Known) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 12:
        raise ValueError("must be a month from 1 to 12")
    return value


_READERS: dict[str, Callable[[object, Known], object]] = {
    "select": _codes,
    "ignore": _codes,
    "per-file-ignores": _per_file,
    "fail-on": _choice(FAIL_ON),
    "language": _language,
    "cadence-counts-as-deadline": _flag,
    "date-order": _choice(("dmy", "mdy")),
    "fiscal-year-start": _month,
}
