"""Where prompts/ and schemas/ lie: at the top of a checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_folder(kind: str) -> Path:
    """Return the folder `kind` ("prompts" or "schemas"), in a wheel or in a checkout.

    Raises FileNotFoundError where neither holds it: the installation is broken.
    """
    for folder in (_PACKAGE / "_data" / kind, _PACKAGE.parents[1] / kind):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {kind}/ is missing from this installation of coach-assist")
