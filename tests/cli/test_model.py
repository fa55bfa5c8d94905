"""`coach-assist model` and `doctor`: what they print, and their exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from stand_in import stand_in_weights

from coach_assist.cli.main import main
from coach_assist.cli.model_progress import ProgressLine
from coach_assist.local_model import pip as pip_tool
from coach_assist.local_model.pull import Progress
from coach_assist.local_model.weights import Weights


@pytest.fixture(autouse=True)
def no_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COACH_ASSIST_MODEL", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_status_without_weights_says_size_place_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "model", "status")
    assert code == 3
    assert "1.1 GB" in out and "not downloaded" in out and "model pull" in out and ".gguf" in out


def test_status_as_json(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    code, out, _ = run(capsys, "model", "status", "--json")
    state = json.loads(out)
    assert code == 3 and state["state"] == "missing" and state["size"] == 1_117_320_768 and state["have"] == 0
    assert Path(state["path"]).is_relative_to(own_home), "beside the plans, in the workspace"


def test_status_of_altered_weights_by_a_quick_look(
    capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    weights = Weights(own_home / "coach-assist" / "models")
    weights.folder.mkdir(parents=True)
    weights.path.write_bytes(b"GGUF something else")
    code, out, _ = run(capsys, "model", "status", "--verify")
    assert code == 3 and "altered or damaged" in out and "model pull" in out


def test_status_of_a_file_that_the_user_named(
    capsys: pytest.CaptureFixture[str], stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = stand_in_weights(stand_in)
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(weights))
    code, out, _ = run(capsys, "model", "status", "--json")
    assert code == 0 and json.loads(out)["own_file"] is True and json.loads(out)["path"] == str(weights)
    code, out, _ = run(capsys, "model", "pull")
    assert code == 0 and str(weights) in out, "nothing is downloaded in its place"
    code, _, err = run(capsys, "model", "remove")
    assert code == 2 and "not removed" in err and weights.exists()


def test_a_named_file_that_is_no_model_is_never_replaced_by_a_download(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "notes.txt"
    named.write_text("no model", encoding="utf-8")
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(named))
    for arguments in (("model", "status"), ("model", "pull"), ("doctor",)):
        code, out, err = run(capsys, *arguments)
        assert code == 3 and "not a GGUF" in out + err
    assert named.read_text(encoding="utf-8") == "no model"


def test_pull_without_pip_says_size_place_and_a_way_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pip_tool, "candidates", lambda: iter(()))
    code, out, err = run(capsys, "model", "pull")
    assert code == 3 and out == ""
    assert "1.1 GB" in err and "models" in err, "size and place come first"
    assert "No working pip" in err and "ensurepip" in err


def test_remove(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert run(capsys, "model", "remove")[:2] == (0, "There were no downloaded weights.\n")
    weights = Weights(own_home / "coach-assist" / "models")
    weights.folder.mkdir(parents=True)
    weights.partial.write_bytes(bytes(3_000_000))
    code, out, _ = run(capsys, "model", "remove")
    assert code == 0 and "3 MB" in out and not weights.partial.exists()
    assert json.loads(run(capsys, "model", "remove", "--json")[1]) == {"freed": 0}


def test_keys_in_the_environment_do_not_make_the_model_remote(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://host.example/v1")
    assert json.loads(run(capsys, "model", "status", "--json")[1])["state"] == "missing"


def test_doctor_names_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "doctor")
    assert code == 3
    names = [line[8:].partition(":")[0] for line in out.splitlines() if not line.startswith("        ")]
    assert {"python", "packages", "model", "server", "memory", "disk", "workspace", "terminal"} <= set(names)
    assert "next: Fetch them with: coach-assist model pull" in out


def test_doctor_is_content_with_all_in_place(
    capsys: pytest.CaptureFixture[str], stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import coach_assist.flows.doctor as doctor

    monkeypatch.setenv("COACH_ASSIST_MODEL", str(stand_in_weights(stand_in)))
    real = doctor.version
    monkeypatch.setattr(doctor, "version", lambda name: "1.0" if name == "xllamacpp" else real(name))
    code, out, _ = run(capsys, "doctor", "--json")
    checks = {check["name"]: check for check in json.loads(out)["checks"]}
    assert code == 0 and checks["model"]["level"] == "ok" and checks["memory"]["level"] == "ok"
    assert all(check["level"] != "problem" and check["words"] for check in checks.values())


def test_doctor_makes_nothing(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    run(capsys, "doctor")
    assert list(own_home.iterdir()) == []


def test_doctor_on_a_workspace_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setenv("COACH_ASSIST_HOME", str(blocked / "home"))
    code, out, _ = run(capsys, "doctor")
    assert code == 4 and "cannot be written" in out and "COACH_ASSIST_HOME" in out


def test_doctor_shows_settings_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    folder = own_home / "coach-assist"
    folder.mkdir()
    (folder / "settings.toml").write_text('[model]\nprovidr = "remote"\n', encoding="utf-8")
    code, out, _ = run(capsys, "doctor")
    assert code == 4 and "providr" in out and "settings.toml" in out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


STEPS = [Progress("downloading", done, 1000, 1, 22) for done in range(0, 1000, 10)]


def test_progress_in_a_terminal_is_one_line() -> None:
    stream = Terminal()
    with ProgressLine(stream) as line:
        for step in STEPS:
            line.show(step)
    assert stream.getvalue().count("\n") == 1 and stream.getvalue().count("\r") == len(STEPS)


def test_progress_elsewhere_is_a_line_every_tenth() -> None:
    stream = io.StringIO()
    with ProgressLine(stream) as line:
        for step in STEPS:
            line.show(step)
    assert stream.getvalue().count("\n") == 10 and "\r" not in stream.getvalue()
    assert stream.getvalue().startswith("downloading: part 1 of 22, 0 of 0 MB (0 %)")
