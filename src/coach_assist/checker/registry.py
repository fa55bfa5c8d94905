"""The one list of rules. A rule is a small function; its docstring is its documentation and its test.

A docstring has a first line (what the rule is about) and paragraphs "Flags:", "Why:", "Source:" and lines
"Good:" and "Bad:" (at least three each). An example may end in ` @ {json context}`; examples of plan rules
are plans as JSON. Docstrings are read only when somebody asks for them, never while checking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from coach_assist.checker.reports import Finding, Fix, Level
from coach_assist.checker.settings import Settings

Scope = Literal["goal", "text", "plan", "housekeeping"]


class Spot(NamedTuple):
    """A place that a rule points at: code points, one line of explanation, perhaps a fix."""

    start: int
    end: int
    message: str
    fix: Fix | None = None
    where: str = ""


RuleFunction = Callable[[Any], Iterator[Spot]]


class Rule:
    """One rule: its code, name and level, and the function that finds its spots."""

    __slots__ = ("code", "explains", "function", "level", "name", "on_by_default", "preview", "scope")

    def __init__(
        self,
        code: str,
        name: str,
        level: Level,
        scope: Scope,
        function: RuleFunction,
        on: bool,
        preview: bool,
        explains: bool = False,
    ) -> None:
        self.code = code
        self.name = name
        self.level = level
        self.scope = scope
        self.function = function
        self.on_by_default = on
        self.preview = preview
        self.explains = explains
        """Whether it only says why a verdict is unmet: then it is asked only where it is the cause."""

    def run(self, subject: object) -> Iterator[Finding]:
        """Yield the findings of this rule on a goal, a free text or a plan."""
        for spot in self.function(subject):
            yield Finding(self.code, self.level, spot.start, spot.end, spot.message, spot.fix, spot.where)

    def _part(self, name: str) -> str:
        lines: list[str] = []
        inside = False
        for raw in (self.function.__doc__ or "").splitlines():
            line = raw.strip()
            head, mark, rest = line.partition(": ")
            if mark and head in {"Flags", "Why", "Source", "Good", "Bad"}:
                inside = head == name
                line = rest
            elif not line:
                inside = False
            if inside:
                lines.append(line)
        return " ".join(lines)

    def _examples(self, name: str) -> tuple[str, ...]:
        mark = f"{name}: "
        return tuple(
            line.strip()[len(mark) :]
            for line in (self.function.__doc__ or "").splitlines()
            if line.strip().startswith(mark)
        )

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    @property
    def what(self) -> str:
        """What the rule flags."""
        return self._part("Flags")

    @property
    def why(self) -> str:
        """Why that is worth a mark."""
        return self._part("Why")

    @property
    def source(self) -> str:
        """Where the rule comes from."""
        return self._part("Source")

    @property
    def good(self) -> tuple[str, ...]:
        """Examples on which the rule stays silent."""
        return self._examples("Good")

    @property
    def bad(self) -> tuple[str, ...]:
        """Examples that the rule flags."""
        return self._examples("Bad")


_RULES: dict[str, Rule] = {}
_LOADED: set[str] = set()
SCOPES: tuple[Scope, ...] = ("goal", "text", "plan", "housekeeping")


def register(
    code: str,
    name: str,
    level: Level,
    *,
    scope: Scope = "goal",
    on: bool = True,
    preview: bool = False,
    explains: bool = False,
) -> Callable[[RuleFunction], RuleFunction]:
    """Put a function into the list of rules under its code."""

    def keep(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"two rules have the code {code}")
        _RULES[code] = Rule(code, name, level, scope, function, on, preview, explains)
        return function

    return keep


def _load(*scopes: Scope) -> None:
    for scope in scopes:
        if scope not in _LOADED:
            from coach_assist.checker.rules import load

            load(scope)
            _LOADED.add(scope)


def rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by code."""
    _load(*SCOPES)
    return tuple(rule for _, rule in sorted(_RULES.items()))


def rule(code: str) -> Rule | None:
    """Return the rule of a code (any case), or None."""
    _load(*SCOPES)
    return _RULES.get(code.upper())


@lru_cache(maxsize=64)
def rules_for(scope: Scope, settings: Settings) -> tuple[Rule, ...]:
    """Return the rules of one scope that the settings let speak, sorted by code."""
    _load(scope)
    return tuple(
        rule
        for _, rule in sorted(_RULES.items())
        if rule.scope == scope and settings.speaks(rule.code, rule.on_by_default)
    )
