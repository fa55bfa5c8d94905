"""PDF: the text of its pages, read in a process of its own with a time and a memory limit.

A PDF can make any reader loop or fill memory; a child that is ended cannot hurt anybody.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

from coach_assist.exchange.readers.document import ReadFault

MOST_PAGES = 200
MOST_SECONDS = 30.0
"""A page of a plan takes 10 to 30 ms."""
MOST_MEMORY = 1024 * 1024 * 1024


def pdf_text(data: bytes, *, seconds: float = MOST_SECONDS) -> tuple[str, tuple[str, ...]]:
    """Return (text, remarks) of a PDF file. Raises ReadFault, in words, where it cannot be read."""
    if find_spec("pypdf") is None:
        raise ReadFault(
            "reading PDF needs the package pypdf, which is not installed",
            next_step='Install it: pip install "coach-assist[pdf]", or save the file as .docx or text.',
        )
    command = [
        sys.executable,
        "-m",
        "coach_assist.exchange.readers.pdf_child",
        str(MOST_PAGES),
        str(MOST_MEMORY),
    ]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LC_ALL": "C.UTF-8",
    }
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ReadFault(
            f"reading it took longer than {seconds:g} seconds, and was given up",
            next_step="Save it as .docx or text.",
        ) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise ReadFault("the PDF cannot be read: it is damaged, or needs too much memory") from None
    if "fault" in answer:
        raise ReadFault(str(answer["fault"]), next_step=str(answer.get("next_step", "")))
    pages = [str(page) for page in answer["pages"]]
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(empty) == len(pages):
        raise ReadFault(
            "the PDF holds no text, only pictures of it",
            next_step="Run text recognition over it, or save it as .docx or text.",
        )
    remarks = (f"No text on page {', '.join(empty[:10])}.",) if empty else ()
    return "\n\n".join(pages), remarks
