"""What all schemas of written data have in common: every field stands there, unused ones are null."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from pydantic import BaseModel


def written_schema(model: type[BaseModel], optional: Mapping[str, Set[str]] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of what `model` writes, with every field required.

    `optional` names fields, by the title of their object, that may be absent all the same.
    """
    schema = model.model_json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            absent = (optional or {}).get(part["title"], frozenset())
            part["required"] = [name for name in part["properties"] if name not in absent]
    return schema
