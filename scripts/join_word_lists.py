"""Join the checker's word lists into one file a language, so that a program starts fast.

    python scripts/join_word_lists.py            # write checker/lexicons/_joined/<language>.txt
    python scripts/join_word_lists.py --check    # exit 1 where one is not current

Run it after a change in src/coach_assist/checker/lexicons. Until then the checker reads the lists themselves,
which gives the same verdicts and costs some milliseconds at every start.
"""

from __future__ import annotations

import sys
from pathlib import Path

from coach_assist.checker.lexicon import languages
from coach_assist.checker.word_lists import read_lists
from coach_assist.checker.word_tables import join, joined_path


def main() -> int:
    """Write the joined forms, or with --check compare them; return the exit code."""
    stale = []
    for language in languages():
        path = Path(joined_path(language))
        text = join(language, read_lists(language))
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        print(f"not current: {', '.join(stale)}; run python scripts/join_word_lists.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
