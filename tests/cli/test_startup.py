"""What starts light stays light: which modules the small commands load."""

import subprocess
import sys

import pytest

HEAVY = ("textual", "openai", "instructor", "pydantic", "cryptography", "sqlite3", "jinja2")
CASES = {
    "version": (["--version"], b""),
    "check": (
        ["check", "--no-config", "-"],
        b"Cut the median waiting time from 9 to 3 minutes by 2027-03-01\n",
    ),
    "check jsonl": (["check", "--format", "jsonl", "-"], b'{"text": "Cut waiting times significantly"}\n'),
    "check sarif": (["check", "--input", "markdown", "--format", "sarif", "-"], b"- Cut waiting times\n"),
    "rules": (["rules"], b""),
    "rules CODE": (["rules", "M204"], b""),
}


@pytest.mark.parametrize("name", CASES)
def test_no_heavy_module_is_loaded(name: str) -> None:
    args, data = CASES[name]
    script = (
        "import sys\nfrom coach_assist.cli.main import main\n"
        f"try:\n    main({args!r})\nexcept SystemExit as end:\n    code = end.code or 0\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "print(code, loaded, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, timeout=60, check=True
    )
    code, loaded = ran.stderr.decode().splitlines()[-1].split(" ", 1)
    assert loaded == "[]"
    assert code in {"0", "1"}
    assert ran.stdout or name == "check"
