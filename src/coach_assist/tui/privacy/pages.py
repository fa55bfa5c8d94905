"""What stands at the right of the privacy screen, one content for each row at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.text import joined, marked, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.privacy_preview import SendingPreview
    from coach_assist.flows.privacy_view import PolicyView, PrivacyView

_MUTED = "$foreground-muted"


def local_page(view: PrivacyView) -> Content:
    """Say whether the plan may go to a remote model, and what changes that."""
    if view.by_policy:
        how = "Your organisation's policy says so for every plan; it cannot be changed here."
    elif view.local_only:
        how = "Enter allows a remote model again. You are still asked before anything goes."
    else:
        how = "Enter closes this plan to remote models for good. The embedded model always works."
    said = (
        "Local only: nothing of this plan goes to a remote model."
        if view.local_only
        else "Any model: a remote one only where you chose it, and after you saw what goes."
    )
    return stacked([plain(said, "bold"), plain(how)], gap=1)


def names_page(view: PrivacyView) -> Content:
    """List whose names are replaced on the way out."""
    rows = [
        joined((name, "bold"), ("  listed by you" if name in view.listed else "", _MUTED))
        for name in view.names
    ]
    if not rows:
        rows = [plain("Nobody yet: the names come with the answers.")]
    return stacked(
        [
            plain(
                "Before anything goes to a remote model, these names are replaced by words such as PersonA, "
                "and put back into the answer. Names of others in free text are not known: list them."
            ),
            stacked(rows),
            plain("A adds a name, X takes one off that you listed.", _MUTED),
        ],
        gap=1,
    )


def guard_page(view: PrivacyView) -> Content:
    """Show the texts that tell specially protected things, the words underlined."""
    from coach_assist.flows.guard import guard_words

    if not view.guarded:
        return plain(
            "No word of health, religion, union, family and the like was found in what both of you can see "
            "of this plan. Word lists miss what they have no word for."
        )
    rows = [
        stacked(
            [
                plain(one.where, _MUTED),
                marked(one.text, [(span.start, span.end, "underline bold") for span in one.spans]),
            ]
        )
        for one in view.guarded
    ]
    spans = [span for one in view.guarded for span in one.spans]
    return stacked([*rows, plain(guard_words(spans))], gap=1)


def policy_page(view: PolicyView) -> Content:
    """Show the organisation's policy, rule by rule."""
    if not view.path:
        return plain("There is no policy of an organisation on this machine; nothing is set by one.")
    if view.problem:
        return stacked([plain(f"{view.path} cannot be read.", "bold"), plain(view.problem)], gap=1)
    rows = [
        stacked([joined((f"{key}  ", "bold"), value), plain(meaning, _MUTED)])
        for key, value, meaning in view.rows
    ]
    return stacked([plain(view.path, _MUTED), *rows], gap=1)


def notice_page(text: str) -> Content:
    """Show the notice on AI: headings bold, the marks of Markdown left away."""
    rows = []
    for line in text.splitlines():
        words = line.replace("**", "")
        heading = words.lstrip("#").strip() if words.startswith("#") else ""
        rows.append(plain(heading, "bold") if heading else plain(words))
    return stacked(rows)


def sending_page(preview: SendingPreview) -> Content:
    """Show every request: its texts to read, then the bytes as they are."""
    from coach_assist.flows.privacy_preview import FIRST_ONLY

    if preview.is_set:
        head = f"This would go to {preview.host}, model {preview.model}. Nothing was sent now."
    else:
        head = "No remote model is set, so nothing goes anywhere. If one were, this would go to it."
    rows = [plain(head, "bold"), plain(FIRST_ONLY)]
    for number, one in enumerate(preview.requests, start=1):
        rows.append(
            joined(
                (f"{number} of {len(preview.requests)}  {one.words}", "bold $primary"),
                (f"  {len(one.body)} bytes", _MUTED),
            )
        )
        rows += [stacked([plain(role, _MUTED), plain(text)]) for role, text in one.messages]
        rows.append(stacked([plain("the bytes", _MUTED), plain(one.body.decode())]))
    return stacked(rows, gap=1)
