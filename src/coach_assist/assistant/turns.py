"""A task as a talk: what to do, worked examples as turns, and the data last.

A small model keeps to the form of its own earlier turns better than to a description of it, and the
server's cache makes what all requests of a task share cost nothing.
"""

from __future__ import annotations

from dataclasses import replace

from coach_assist.assistant.prompts import Prompt, PromptError

_EXAMPLE = "\n\nExample\n"
_TASK = "\n\nTask\n"


def turns_for(prompt: Prompt, values: dict[str, str]) -> list[dict[str, str]]:
    """Return the messages of a request for a prompt file whose body has the parts Example and Task.

    `values` are fenced: they cannot end the block that they stand in. Raises PromptError where the body
    has no Task, or an example no answer on its last line.
    """
    told, task, asked = prompt.template.rpartition(_TASK)
    if not task:
        raise PromptError(f"The prompt {prompt.task} has no part that asks.")
    rules, *examples = told.split(_EXAMPLE)
    messages = [{"role": "system", "content": rules.strip()}]
    for example in examples:
        given, _, answer = example.strip().rpartition("\n")
        if not given or not answer.startswith("{"):
            raise PromptError(f"An example of the prompt {prompt.task} has no answer.")
        messages.append({"role": "user", "content": given})
        messages.append({"role": "assistant", "content": answer})
    question = replace(prompt, template=asked.strip()).render(values)
    return [*messages, {"role": "user", "content": question}]
