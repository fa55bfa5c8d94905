"""A stand-in for the package xllamacpp, so that the life of the child process is tested without weights.

It listens, checks the key, answers every request with one short streamed completion, and does what the
"weights" say: their bytes after the GGUF header are commands.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

MODULE = """
import json, os, signal, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace


class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(model=SimpleNamespace(path=""))
        self.cpuparams = SimpleNamespace()
        self.cpuparams_batch = SimpleNamespace()


class Server:
    def __init__(self, params):
        command = open(params.model.path, "rb").read()[24:].decode().split()
        print("noise of the loader", file=sys.stderr, flush=True)
        if "slow" in command:
            time.sleep(30)
        if "killed" in command:
            os.kill(os.getpid(), signal.SIGKILL)
        if "refused" in command:
            raise RuntimeError("Failed to init server")
        if "missing" in command:
            raise ImportError("no such library")

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers["content-length"]))
                right = self.headers["authorization"] == "Bearer " + params.api_keys[0]
                self.send_response(200 if right else 401)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                for text in ("Hello", " there"):
                    self.wfile.write(event({"content": text}, None))
                    self.wfile.flush()
                    if "dies" in command and not os.path.exists(params.model.path + ".died"):
                        open(params.model.path + ".died", "w").close()
                        os.kill(os.getpid(), signal.SIGKILL)
                self.wfile.write(event({}, "stop") + b"data: [DONE]\\n\\n")

            def log_message(self, *arguments):
                pass

        def event(delta, finish):
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "embedded"}
            return b"data: " + json.dumps({**head, "choices": choices}).encode() + b"\\n\\n"

        self.http = ThreadingHTTPServer((params.hostnames[0], params.port), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.listening_address = "http://127.0.0.1:%d" % self.http.server_address[1]
"""


def stand_in_weights(folder: Path, commands: str = "") -> Path:
    """Write a file that looks like a model and tells the stand-in what to do; return it."""
    path = folder / "stand-in.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + commands.encode())
    return path


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the stand-in where this process and its children find xllamacpp; return an empty folder."""
    package = tmp_path / "packages"
    package.mkdir()
    (package / "xllamacpp.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(package))
    others = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(package), others])))
    folder = tmp_path / "weights"
    folder.mkdir()
    return folder
