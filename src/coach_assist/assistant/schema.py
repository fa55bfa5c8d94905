"""The JSON schema that binds an answer's form on the wire."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def response_format(schema: type[BaseModel] | dict[str, Any], name: str) -> dict[str, Any]:
    """Return the request's response_format for a pydantic model, or for a JSON schema called `name`."""
    if isinstance(schema, dict):
        return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}
    form = strict_schema(schema.model_json_schema())
    return {"type": "json_schema", "json_schema": {"name": schema.__name__, "schema": form, "strict": True}}


def strict_schema(schema: Any) -> Any:
    """Return a copy of `schema` in which every object is closed and all its fields are required.

    Defaults are dropped: a field with one is asked for all the same, since a small model leaves out
    what it may leave out. Source: the subset that OpenAI's structured outputs accept as strict.
    """
    if isinstance(schema, list):
        return [strict_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict_schema(value) for key, value in schema.items() if key != "default"}
    properties = result.get("properties")
    if result.get("type") == "object" and isinstance(properties, dict):
        # A field may itself be called "default": the copy above must not lose it.
        fields = {key: strict_schema(value) for key, value in schema["properties"].items()}
        result["properties"] = fields
        result["required"] = list(fields)
        result["additionalProperties"] = False
    return result
