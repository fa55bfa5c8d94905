"""Prompts: one Markdown file a task in prompts/, with front matter (task, version, inputs).

A prompt is a Jinja2 template, rendered in a sandbox from our own files only. Text of users is only
ever a value that is filled in, never a template, and it can not close the fence around the answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coach_assist.assistant.calls import Purpose
from coach_assist.errors import CoachError
from coach_assist.resources import resource_folder

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SYSTEM = "system"
"""The task whose prompt begins every request, byte for byte the same, so that a server caches it."""
_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_LINE = re.compile(r'^(?P<key>[a-z]+): *(?P<value>"[^"]*"|\[[^\]]*\]|[\w.-]+)$')
_FENCE = re.compile(r"<(\s*/?\s*answers)", re.IGNORECASE)


class PromptError(CoachError):
    """A prompt file is broken, or a value that it needs is missing: a fault of this program."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file: its task, its version, the names of the values that it needs, its template."""

    task: str
    version: str
    inputs: tuple[str, ...]
    template: str

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.task, self.version)

    def render(self, values: Mapping[str, str]) -> str:
        """Return the prompt with `values` filled in. Raises PromptError unless they are exactly `inputs`."""
        missing = [name for name in self.inputs if name not in values]
        unknown = [name for name in values if name not in self.inputs]
        if missing or unknown:
            raise PromptError(
                f"The prompt {self.task} lacks {', '.join(missing) or 'nothing'}"
                + (f" and does not know {', '.join(unknown)}." if unknown else "."),
                kept="Nothing was sent.",
            )
        fenced = {name: fence(value) for name, value in values.items()}
        return _sandbox().from_string(self.template).render(fenced)


def fence(text: str) -> str:
    """Return `text` so that it cannot end the block of answers that it stands in."""
    return _FENCE.sub("(\\1", text)


@cache
def load_prompt(task: str) -> Prompt:
    """Read prompts/<task>.md. Raises PromptError where it is missing or its front matter not whole."""
    path = resource_folder("prompts") / f"{task}.md"
    if not re.fullmatch(r"[a-z_]+", task) or not path.is_file():
        raise PromptError(f"There is no prompt called {task}.")
    return parse_prompt(path.read_text(encoding="utf-8"), task)


def parse_prompt(text: str, task: str) -> Prompt:
    """Read a prompt file's text. Raises PromptError where the front matter is not whole or not of `task`."""
    match = _FRONT.match(text)
    if match is None:
        raise PromptError(f"The prompt {task} has no front matter.")
    front: dict[str, object] = {}
    for line in match["front"].splitlines():
        entry = _LINE.match(line)
        if entry is None:
            raise PromptError(f"The prompt {task} has a line in its front matter that cannot be read.")
        value = entry["value"]
        if value.startswith("["):
            front[entry["key"]] = tuple(name.strip() for name in value[1:-1].split(",") if name.strip())
        else:
            front[entry["key"]] = value.strip('"')
    inputs = front.get("inputs")
    if set(front) != {"task", "version", "inputs"} or front["task"] != task or not isinstance(inputs, tuple):
        raise PromptError(
            f"The front matter of the prompt {task} must hold task, version and inputs, and no more."
        )
    return Prompt(task, str(front["version"]), inputs, match["body"])


def messages_for(prompt: Prompt, values: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the messages of a request: the shared system prompt, then the task with its data last."""
    return [
        {"role": "system", "content": load_prompt(SYSTEM).render({})},
        {"role": "user", "content": prompt.render(values)},
    ]


def warm_messages(task: str) -> list[dict[str, str]]:
    """Return messages that share everything with a request of `task` up to its data, for warming a cache."""
    prompt = load_prompt(task)
    fixed = prompt.template.split("{{", 1)[0]
    return [
        {"role": "system", "content": load_prompt(SYSTEM).render({})},
        {"role": "user", "content": fixed},
    ]


def worked_examples(task: str) -> tuple[str, ...]:
    """Return the answers of a prompt's worked examples: text that must not turn up in a draft."""
    template = load_prompt(task).template
    return tuple(line for line in template.splitlines() if line.startswith('{"') and line.endswith("}"))


@cache
def _sandbox() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Values go into a prompt as plain text for a model, not into HTML.
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    )
