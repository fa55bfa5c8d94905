"""`coach-assist check` from outside: exit codes, inputs, formats, fixes, and every bad input in words."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from coach_assist.cli.check import colour_wanted
from coach_assist.cli.main import main

VAGUE = "Cut waiting times significantly"
CLEAR = "Cut the median waiting time from 9 to 3 minutes by 2027-03-01"


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main(["check", *args])
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return call


def codes(row: dict[str, object]) -> list[str]:
    findings = row["findings"]
    assert isinstance(findings, list)
    return [finding["code"] for finding in findings]


def test_clean_found_and_unreadable_have_their_exit_codes(run: Run) -> None:
    assert run(stdin=CLEAR.encode()).code == 0
    assert run("-", stdin=VAGUE.encode()).code == 1
    assert run("-", stdin=CLEAR.encode() + b"\n\xff\n").code == 2
    assert run("--fail-on", "never", "-", stdin=VAGUE.encode()).code == 0


def test_one_object_a_line_in_order_with_text_offsets(run: Run) -> None:
    text = f"😀 e\u0301 {VAGUE}"
    ran = run("--format", "jsonl", stdin=f"{CLEAR}\r\n\r\n{text}\r\n".encode())
    first, second = ran.rows()
    assert (first["id"], first["line"], first["findings"]) == (1, 1, [])
    assert first["deadline"] == {"kind": "date", "date": "2027-03-01"}
    assert (second["id"], second["line"]) == (3, 3)
    assert list(first) == ["id", "line", "verdicts", "reasons", "deadline", "findings"]
    findings = second["findings"]
    assert isinstance(findings, list)
    degree = next(finding for finding in findings if finding["code"] == "M202")
    assert text[degree["start"] : degree["end"]] == "significantly"


def test_json_lines_are_found_by_their_first_line_and_read_with_context(run: Run) -> None:
    rows = [
        {
            "id": "a",
            "text": "Cut the median waiting time from 9 to 3 minutes",
            "context": {"due": "2027-03-01"},
        },
        {"id": "b", "text": "Cut the median waiting time from 9 to 3 minutes"},
    ]
    source = "\n".join(map(json.dumps, rows)) + '\n{"text": 4}\n'
    ran = run("--format", "jsonl", "-", stdin=source.encode())
    with_due, without, fault = ran.rows()
    assert (with_due["id"], with_due["verdicts"]["T"]) == ("a", "met")  # type: ignore[index]
    assert (without["id"], without["verdicts"]["T"]) == ("b", "unmet")  # type: ignore[index]
    assert fault == {"line": 3, "error": '"text" must be a string'}
    assert ran.code == 2


def test_markdown_and_plans_go_by_extension_and_by_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(f"# Goals\n\n- {CLEAR}\n- {VAGUE}\n", encoding="utf-8")
    assert [row["line"] for row in run("--format", "jsonl", "plan.md").rows()] == [3, 4]
    ran = run("--format", "jsonl", "--input", "lines", "plan.md")
    assert [row["line"] for row in ran.rows()] == [1, 3, 4]
    plan = {"units": [{"id": "u1", "kind": "goal", "value": {"statement": VAGUE}}]}
    ran = run("--format", "jsonl", "--input", "json", stdin=json.dumps(plan).encode())
    assert [row["id"] for row in ran.rows()] == ["u1", "plan"]
    assert "M202" in codes(ran.rows()[0])
    assert "P801" in codes(ran.rows()[1])


def test_several_files_patterns_and_missing_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAR, encoding="utf-8")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "b.txt").write_text(VAGUE, encoding="utf-8")
    ran = run("--format", "json", "a.txt", "**/b.txt", "none*.md", "gone.txt", "deep")
    assert [entry["file"] for entry in json.loads(ran.out)["files"]] == ["a.txt", "deep/er/b.txt"]
    assert "none*.md: no file matches" in ran.err
    assert "gone.txt: there is no such file" in ran.err
    assert "deep: this is a folder" in ran.err
    assert ran.code == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF\0\0\0\n", "NUL bytes"),
        (VAGUE.encode("utf-16"), "UTF-16"),
        (b"caf\xe9\n", "is not UTF-8"),
        (b"x" * (1024 * 1024 + 1), "longer than"),
    ],
)
def test_what_is_no_text_is_named(run: Run, data: bytes, words: str) -> None:
    ran = run("--format", "jsonl", "-", stdin=data)
    assert words in str(ran.rows()[0]["error"])
    assert ran.code == 2


def test_nothing_at_all_is_clean(run: Run) -> None:
    for data in (b"", b"\n\n", b"\xef\xbb\xbf"):
        ran = run("--format", "jsonl", "-", stdin=data)
        assert (ran.code, ran.out) == (0, "")


def test_select_ignore_and_unknown_codes(run: Run) -> None:
    everything = {
        code for row in run("--format", "jsonl", stdin=VAGUE.encode()).rows() for code in codes(row)
    }
    assert {"M202", "T501"} <= everything
    ran = run("--format", "jsonl", "--select", "m", "--ignore", "M201", stdin=VAGUE.encode())
    assert set(codes(ran.rows()[0])) == {code for code in everything if code.startswith("M")} - {"M201"}
    ran = run("--select", "Z9", stdin=VAGUE.encode())
    assert ran.code == 2
    assert "--select names Z9, which is no rule" in ran.err


def test_the_configuration_upward_is_read_and_wrong_ones_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.coach-assist]\nselect = ["T"]\n', encoding="utf-8")
    assert codes(run("--format", "jsonl", stdin=VAGUE.encode()).rows()[0]) == ["T501"]
    assert "M202" in codes(run("--no-config", "--format", "jsonl", stdin=VAGUE.encode()).rows()[0])
    (tmp_path / "coach-assist.toml").write_text(
        'per-file-ignores = {"*.txt" = ["M", "S", "T"]}', encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text(VAGUE, encoding="utf-8")
    assert run("a.txt").code == 0
    assert run("-", stdin=VAGUE.encode()).code == 1
    (tmp_path / "coach-assist.toml").write_text('fail_on = "note"', encoding="utf-8")
    ran = run("a.txt")
    assert ran.code == 2
    assert "coach-assist.toml: fail_on is not a setting; did you mean fail-on?" in ran.err


def test_dates_and_languages_are_checked(run: Run) -> None:
    assert "is not a date such as" in run("--today", "tomorrow", stdin=b"x").err
    assert "does not speak “xx”" in run("--language", "xx", stdin=b"x").err
    late = b"Cut the median waiting time from 9 to 3 minutes by 2026-03-01"
    assert "T505" not in codes(run("--format", "jsonl", stdin=late).rows()[0])
    assert "T505" in codes(run("--format", "jsonl", "--today", "2026-06-01", stdin=late).rows()[0])


def test_inline_suppression_and_its_own_findings(run: Run) -> None:
    silenced = f"{VAGUE} <!-- coach: ignore[M, S, T] agreed -->\n".encode()
    assert run(stdin=silenced).code == 0
    useless = f"{CLEAR} <!-- coach: ignore[M202] -->\n{CLEAR} <!-- coach: ignore[Q1] -->\n".encode()
    first, second = run("--format", "jsonl", stdin=useless).rows()
    assert (codes(first), codes(second)) == (["X901"], ["X902"])


def test_fix_applies_safe_fixes_only_keeps_the_rest_and_the_mode(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "goals.txt"
    before = f"\ufeff{VAGUE}\r\n{CLEAR}  <!-- coach: ignore[M202] -->\r\n".encode()
    path.write_bytes(before)
    path.chmod(0o640)
    assert f"\n-{CLEAR}  <!-- coach: ignore[M202] -->\n+{CLEAR}\n" in run("--diff", "goals.txt").out
    assert path.read_bytes() == before
    ran = run("--fix", "goals.txt")
    assert path.read_bytes() == f"\ufeff{VAGUE}\r\n{CLEAR}\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "fixes applied: 1" in ran.err
    run("--unsafe-fixes", "goals.txt")
    once = path.read_text(encoding="utf-8")
    assert "[target]" in once
    run("--unsafe-fixes", "goals.txt")
    assert path.read_text(encoding="utf-8") == once
    assert list(tmp_path.iterdir()) == [path]


def test_fix_of_standard_input_prints_the_text(run: Run) -> None:
    ran = run("--fix", "-", stdin=f"{CLEAR} <!-- coach: ignore[M202] -->\n".encode())
    assert (ran.code, ran.out) == (0, f"{CLEAR}\n")


def test_a_plan_is_never_changed_by_a_fix(run: Run, tmp_path: Path) -> None:
    plan = json.dumps({"units": [{"id": "u1", "kind": "goal", "value": {"statement": VAGUE}}]})
    (tmp_path / "plan.json").write_text(plan, encoding="utf-8")
    run("--unsafe-fixes", "plan.json")
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == plan


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_cannot_be_written_is_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "goals.txt"
    path.write_text(f"{CLEAR} <!-- coach: ignore[M202] -->\n", encoding="utf-8")
    path.chmod(0o400)
    assert run("--fix", "goals.txt").code == 4


def test_statistics_and_explain(run: Run) -> None:
    ran = run("--statistics", stdin=f"{VAGUE}\n{VAGUE}\n".encode())
    assert any(line.split()[:2] == ["2", "M202"] for line in ran.out.splitlines())
    ran = run("--explain", stdin=f"{VAGUE}\n{VAGUE}\n".encode())
    assert ran.out.count("M202") == 2
    assert ran.out.count("│ why: ") == len(
        set(codes(run("--format", "jsonl", stdin=VAGUE.encode()).rows()[0]))
    )


def test_a_pip_is_said_first(run: Run) -> None:
    text = "# Performance Improvement Plan\n\n- Failure to improve may lead to termination of employment.\n"
    ran = run("--input", "markdown", "-", stdin=text.encode())
    assert "performance improvement plan" in ran.out.splitlines()[0]


def test_no_colour_off_a_terminal(run: Run) -> None:
    assert "\x1b" not in run(stdin=f"{VAGUE} \x1b[31mred".encode()).out


@pytest.mark.parametrize(
    ("terminal", "environment", "option", "wanted"),
    [
        (True, {}, False, True),
        (False, {}, False, False),
        (True, {"NO_COLOR": "1"}, False, False),
        (True, {"NO_COLOR": ""}, False, True),
        (True, {"TERM": "dumb"}, False, False),
        (True, {}, True, False),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(
    terminal: bool, environment: dict[str, str], option: bool, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Out(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colour_wanted(Out(), option) is wanted


def test_wrong_use_is_exit_code_two(run: Run) -> None:
    assert run("--format", "yaml").code == 2
    assert run("--jobs", "0").code == 2
    assert run("--config", "gone.toml").code == 2


def spawn(*args: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "coach_assist", "check", "--no-config", *args]
    return subprocess.run(command, input=data, capture_output=True, timeout=120, check=False)


def test_several_processes_print_the_same_in_the_same_order() -> None:
    data = "".join(f"{VAGUE} {number}\n{CLEAR}\n" for number in range(400)).encode()
    one = spawn("--format", "jsonl", "-", data=data)
    several = spawn("--format", "jsonl", "--jobs", "2", "-", data=data)
    assert several.stdout == one.stdout
    assert (several.returncode, one.returncode) == (1, 1)


def test_a_pipe_that_is_closed_early_ends_quietly() -> None:
    data = f"{VAGUE}\n".encode() * 3000
    command = f'"{sys.executable}" -m coach_assist check --no-config --format jsonl - | head -n 1'
    ran = subprocess.run(command, shell=True, input=data, capture_output=True, timeout=120, check=False)
    assert len(ran.stdout.splitlines()) == 1
    assert b"Traceback" not in ran.stderr
    assert b"BrokenPipe" not in ran.stderr


def test_a_narrow_encoding_of_the_terminal_breaks_nothing() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "coach_assist", "check", "--no-config", "-"]
    ran = subprocess.run(
        command, input=f"😀 {VAGUE}".encode(), capture_output=True, env=environment, timeout=120, check=False
    )
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_does_not_grow_with_the_number_of_goals(jobs: str, tmp_path: Path) -> None:
    peaks = []
    for goals in (2_000, 100_000):
        source = tmp_path / "goals.txt"
        with source.open("w", encoding="utf-8") as stream:
            for number in range(goals):
                stream.write(f"{VAGUE} {number}\n" if number % 2 else f"{CLEAR}\n")
        script = (
            "import resource, sys\nfrom coach_assist.cli.main import main\n"
            f"args = ['check', '--no-config', '--format', 'jsonl', '--jobs', '{jobs}', {str(source)!r}]\n"
            "if __name__ == '__main__':\n"
            "    try:\n        main(args)\n    finally:\n"
            "        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
        )
        ran = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=600, check=False)
        assert ran.stdout.count(b"\n") == goals
        peaks.append(int(ran.stderr.split()[-1]))
    assert peaks[1] < peaks[0] * 1.15, peaks
