"""The process that holds the model: started by server.py, it serves until its standard input closes.

One JSON line comes in on standard input (path, key, context, threads, alias); one goes out on standard
output ({"address": …} or {"error": …}). Standard input is the lifeline: the other end is held by the
app alone, so the operating system closes it however the app ends, and this process ends with it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

PROMPT_CACHE_MIB = 256
"""Memory for prefixes that were evaluated and then left; one of 500 tokens takes about 15 MiB."""


def serve() -> int:
    """Load the model, report the address, wait for the lifeline to close; return the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which then closes the lifeline
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    order = json.loads(line)
    # The loader holds the interpreter's lock for seconds; where the app dies meanwhile, this thread
    # sees it right after. os._exit, since the server may be in the middle of an answer.
    threading.Thread(target=_end_with_the_app, daemon=True).start()
    try:
        server = _start(order)
    except ImportError as error:
        return _say({"error": "not installed", "detail": str(error)})
    except RuntimeError as error:
        return _say({"error": "not started", "detail": str(error)})
    _say({"address": server.listening_address})
    threading.Event().wait()
    return 0


def _end_with_the_app() -> None:
    # Not sys.stdin: its lock, held by this thread, would block the interpreter's own way out.
    while os.read(0, 1):
        pass
    os._exit(0)


def _say(message: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
    return 1 if "error" in message else 0


def _start(order: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = order["path"]
    params.model_alias = {order["alias"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [order["key"]]
    params.n_ctx = order["context"]
    params.n_parallel = 1
    params.cpuparams.n_threads = order["threads"]
    params.cpuparams_batch.n_threads = order["threads"]
    params.verbosity = 0
    params.endpoint_slots = False
    params.ui = False
    params.cache_ram_mib = PROMPT_CACHE_MIB
    return xllamacpp.Server(params)


if __name__ == "__main__":
    sys.exit(serve())
