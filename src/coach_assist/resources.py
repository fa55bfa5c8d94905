"""Where prompts/, schemas/ and the notice on AI lie: at the top of a checkout, or in the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_folder(kind: str) -> Path:
    """Return the folder `kind` ("prompts", "schemas" or "docs"), in a wheel or in a checkout.

    Of "docs" a wheel holds the notice on AI alone.

    Raises FileNotFoundError where neither holds it: the installation is broken.
    """
    for folder in (_PACKAGE / "_data" / kind, _PACKAGE.parents[1] / kind):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {kind}/ is missing from this installation of coach-assist")
