"""An export for somebody who is no party: one event, so that both parties see that it was made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from coach_assist.agreement.body import Body

Outsider = Literal["managers_manager", "hr"]


class ExportBody(Body):
    """The plan was exported for somebody outside the two: what holds now, and nothing else."""

    made_for: Outsider
    format: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}$")]


EXPORT_MODELS: dict[str, type[Body]] = {"export": ExportBody}
