"""Who wrote which lines of a mail or a chat that was pasted: told by its headers, not by labels.

A mail: "From: Nadia", "To: Wim", then "> …" for what the other wrote, "On 24 Nov Wim wrote:" before an
older mail. A chat: "Nadia  9:02 AM" alone on a line, before what she said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PERSON = r"[A-ZÄÖÜ][\w'-]{0,24}(?: [A-ZÄÖÜ][\w'-]{0,24})?"
_FIELD = re.compile(rf"^>*\s*(?P<field>From|To|Von|An)\s*:\s*[\"']?(?P<name>{_PERSON})\b", re.IGNORECASE)
_OTHER_FIELD = re.compile(
    r"^>*\s*(?:From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Von|An|Gesendet|Datum|Betreff)\s*:", re.IGNORECASE
)
_WROTE = re.compile(
    rf"^>*\s*(?:On|Am)\b.{{3,80}}?,?\s(?P<name>{_PERSON})(?: <[^>]*>)? (?:wrote|schrieb):\s*$"
)
_GREETING = re.compile(
    rf"^>*\s*(?:hi|hello|hey|dear|hallo|liebe[rs]?|good (?:morning|"
    rf"afternoon))\s+(?P<name>{_PERSON})\s*[,!]?\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^>*\s*(?:best|best wishes|regards|best regards|kind regards|many thanks|thanks|cheers|thank you|"
    r"viele grüße|"
    r"liebe grüße|lg|bye)\s*[,!.]?\s*$",
    re.IGNORECASE,
)
_STAMP = r"\[?\(?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?)?\)?\]?"
_CHAT_HEAD = re.compile(rf"^(?P<name>{_PERSON})\s+(?:[-–—,|]\s*)?{_STAMP}\s*$", re.IGNORECASE)
_QUOTE = re.compile(r"^\s*>")


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote a line ("" where nobody is told), and whether it is only a header, a greeting or a name."""

    by: str = ""
    frame: bool = False


def writers_of(lines: Sequence[str]) -> tuple[Written, ...]:
    """Return for each line of notes who wrote it, as the headers of mails and chats tell."""
    headed = any(_FIELD.match(line) for line in lines) or any(_WROTE.match(line) for line in lines)
    chat = [line for line in lines if _CHAT_HEAD.match(line)]
    if headed:
        return _mail(lines)
    return _chat(lines) if len(chat) >= 2 else tuple(Written() for _ in lines)


def _mail(lines: Sequence[str]) -> tuple[Written, ...]:
    sender, to = "", ""
    for line in lines:
        field = _FIELD.match(line)
        wrote = _WROTE.match(line)
        if field and field["field"].lower() in ("from", "von"):
            sender = sender or field["name"]
        elif field:
            to = to or field["name"]
        elif wrote and wrote["name"] != sender:
            to = to or wrote["name"]
    names = {name for name in (sender, to) if name}
    found: list[Written] = []
    writer, other, older = sender, to, False
    for line in lines:
        field, wrote = _FIELD.match(line), _WROTE.match(line)
        bare = line.strip(" >\t,.-–—")
        if wrote:
            writer, older = wrote["name"], True
            found.append(Written(frame=True))
        elif field and field["field"].lower() in ("from", "von"):
            writer, older = field["name"], False
            other = next((name for name in names if name != writer), "")
            found.append(Written(frame=True))
        elif _OTHER_FIELD.match(line) or _GREETING.match(line) or _CLOSING.match(line) or bare in names:
            found.append(Written(frame=True))
        else:
            quoted = _QUOTE.match(line) is not None and not older
            found.append(Written(other if quoted else writer))
    return tuple(found)


def _chat(lines: Sequence[str]) -> tuple[Written, ...]:
    found: list[Written] = []
    writer = ""
    for line in lines:
        head = _CHAT_HEAD.match(line)
        if head:
            writer = head["name"]
        found.append(Written(frame=True) if head else Written(writer))
    return tuple(found)
