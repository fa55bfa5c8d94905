"""Finding the checker's configuration: the nearest coach-assist.toml or pyproject.toml upward."""

# pathlib costs four milliseconds of start-up.
# ruff: noqa: PTH100, PTH113, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os.path

from coach_assist.checker.config import CheckConfig, config_from_toml
from coach_assist.errors import UsageError
from coach_assist.flows.check import rule_known


def find_config(folder: str = ".") -> CheckConfig:
    """Return the configuration in force in `folder`: of the nearest folder upward that holds one.

    In one folder coach-assist.toml goes before pyproject.toml, and a pyproject.toml without
    `[tool.coach-assist]` is none. Raises UsageError for a file that is wrong or cannot be read.
    """
    here = os.path.abspath(folder)
    while True:
        for name in ("coach-assist.toml", "pyproject.toml"):
            path = os.path.join(here, name)
            if os.path.isfile(path) and (found := read_config(path)) is not None:
                return found
        parent = os.path.dirname(here)
        if parent == here:
            return CheckConfig()
        here = parent


def read_config(path: str) -> CheckConfig | None:
    """Read one configuration file; None for a pyproject.toml without `[tool.coach-assist]`.

    Raises UsageError naming file, key and nearest key.
    """
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None
    pyproject = os.path.basename(path) == "pyproject.toml"
    if pyproject and b"coach-assist" not in data:
        return None  # without this look, every run beside a pyproject.toml would load a TOML parser
    config = config_from_toml(data, path, rule_known, pyproject=pyproject)
    return None if config is None else config._replace(folder=os.path.dirname(os.path.abspath(path)))
