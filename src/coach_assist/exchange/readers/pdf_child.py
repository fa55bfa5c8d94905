"""The child process that reads a PDF: bytes on standard input, one JSON object on standard output."""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
from typing import Any

from coach_assist.exchange.readers.guards import MOST_TEXT
from coach_assist.platform_calls import limit_memory


def extract(data: bytes, most_pages: int) -> dict[str, Any]:
    """Return {"pages": [text, …]} or {"fault": words, "next_step": words}."""
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "the PDF is encrypted", "next_step": "Save it without a password."}
        if len(reader.pages) > most_pages:
            return {
                "fault": f"the PDF has more than {most_pages} pages",
                "next_step": "Save the pages of the plan alone.",
            }
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > MOST_TEXT:
                return {
                    "fault": "the PDF holds too much text",
                    "next_step": "Save the pages of the plan alone.",
                }
    except PdfReadError:
        return {"fault": "the PDF is damaged"}
    except (MemoryError, RecursionError):
        return {"fault": "the PDF needs too much memory", "next_step": "Save it as .docx or text."}
    except Exception as error:  # a hostile file can raise whatever it likes, in here only
        return {"fault": f"the PDF cannot be read ({type(error).__name__})"}
    return {"pages": pages}


def main() -> None:
    """Read, answer, end."""
    most_pages, most_memory = int(sys.argv[1]), int(sys.argv[2])
    limit_memory(most_memory)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    answer = extract(sys.stdin.buffer.read(), most_pages)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
