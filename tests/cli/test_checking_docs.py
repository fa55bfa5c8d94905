"""docs/checking.md names what there is, its configuration is valid, and the hook calls a real command."""

from pathlib import Path

import yaml

from coach_assist.checker.config import KEYS
from coach_assist.checker.inputs.lines import INPUTS
from coach_assist.checker.outputs import FORMATS
from coach_assist.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_on_checking_names_every_input_format_and_setting() -> None:
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    for name in (*INPUTS, *FORMATS):
        assert f"`{name}`" in page, name
    for key in KEYS:
        assert key in page, key


def test_the_configuration_on_the_page_is_valid() -> None:
    from coach_assist.checker.config import config_from_toml
    from coach_assist.flows.check import rule_known

    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    block = "#" + page.partition("```toml\n# coach-assist.toml")[2].partition("```")[0]
    config = config_from_toml(block.encode(), "docs/checking.md", rule_known, pyproject=False)
    assert config is not None
    assert config.fiscal_year_start == 4


def test_the_pre_commit_hook_calls_a_command_that_exists() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, name = hook["entry"].split()
    assert program == "coach-assist"
    assert name in COMMANDS
    assert {"id", "name", "language", "types_or"} <= set(hook)
