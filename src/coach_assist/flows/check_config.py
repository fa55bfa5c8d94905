"""Finding the checker's configuration: the nearest coach-assist.toml or pyproject.toml upward."""

from __future__ import annotations

from pathlib import Path

from coach_assist.checker.config import CheckConfig, config_from_toml
from coach_assist.errors import UsageError
from coach_assist.flows.check import rule_known


def find_config(folder: str = ".") -> CheckConfig:
    """Return the configuration in force in `folder`: of the nearest folder upward that holds one.

    In one folder coach-assist.toml goes before pyproject.toml, and a pyproject.toml without
    `[tool.coach-assist]` is none. Raises UsageError for a file that is wrong or cannot be read.
    """
    here = Path(folder).absolute()
    for place in (here, *here.parents):
        for name in ("coach-assist.toml", "pyproject.toml"):
            path = place / name
            if path.is_file() and (found := read_config(path)) is not None:
                return found
    return CheckConfig()


def read_config(path: Path) -> CheckConfig | None:
    """Read one configuration file; None for a pyproject.toml without `[tool.coach-assist]`.

    Raises UsageError naming file, key and nearest key.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from None
    pyproject = path.name == "pyproject.toml"
    if pyproject and b"coach-assist" not in data:
        return None  # without this look, every run beside a pyproject.toml would load a TOML parser
    config = config_from_toml(data, str(path), rule_known, pyproject=pyproject)
    if config is None:
        return None
    from dataclasses import replace

    return replace(config, folder=str(path.absolute().parent))
