"""Known names leave as stand-ins ("PersonA") and come back as they were typed.

A stand-in is one word of plain letters, so that it fits wherever a name fits: in JSON, in the patterns
that bind an answer's form, before a genitive s. The capitals after "Person" say who, small letters after
them which spelling: the same person's first name, nickname or name in capitals each come back exactly.
Text that looks like a stand-in already gets one of its own, so that nobody can smuggle one in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from coach_assist.assistant.privacy.folding import JOINER, Folded, unescaped
from coach_assist.assistant.privacy.names import UNSPACED, forms_of
from coach_assist.errors import Refused

UNKNOWN = "[name]"
"""What is shown in place of a stand-in that stands for nobody."""

_WHO = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O: "the person I met" is no stand-in
_SPELLING = "bcdefghijklmnopqrtuvwxyz"  # without s, which is a genitive
_LATIN = "0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u1e00-\u1eff"
_ALONE = re.compile(f"[{_LATIN}]")
_ESCAPED = r"(?<=\\[bfnrt])|(?<=\\u[0-9a-fA-F]{4})"
"""Right after an escape of JSON, whose last letter is none of the word that follows."""
_BEGIN = rf"(?:(?<![{_LATIN}])|{_ESCAPED})"
STAND_IN = re.compile(
    rf"{_BEGIN}[Pp]erson(?P<gap>[ _-]?)(?P<who>[{_WHO}]{{1,3}})(?P<spelling>[a-rt-z]{{0,3}})"
    rf"(?=s?(?![{_LATIN}]))"
)
_TAIL = re.compile(rf"{_BEGIN}[Pp](?:e(?:r(?:s(?:o(?:n(?:[ _-]?[{_WHO}]{{0,3}}[a-z]{{0,4}})?)?)?)?)?)?\Z")
"""What may still become a stand-in when more text comes."""
_BEFORE = rf"(?:(?<![^\W_])|(?<={UNSPACED})|{_ESCAPED})"
_AFTER = rf"(?:(?![^\W_])|(?={UNSPACED}))"
_BREAK = rf"(?:{JOINER}+|-[ \t]*\n[ \t]*)?"
_BROKEN = re.compile(rf"{JOINER}+|-[ \t]*\n[ \t]*")
_GAP = re.compile(rf"[\s._{JOINER}-]+")
_MOST_PASSES = 20
_CONTEXT = 6
"""How far the patterns look back: the length of an escape."""

Piece = tuple[str, str]
"""Who is meant ("": nobody, the text goes as it is) and the text as given."""
_LOOK_ALIKE = "?"


class Pseudonyms:
    """The people known so far, and which stand-in each spelling of theirs has."""

    def __init__(self, on_unknown: Callable[[str], None] | None = None) -> None:
        self._people: set[str] = set()
        self._forms: dict[str, tuple[str, bool]] = {}
        self._stand_ins: dict[Piece, str] = {}
        self._spellings: dict[str, str] = {}
        self._codes = ("".join(code) for size in (1, 2, 3) for code in product(_WHO, repeat=size))
        self._letters: dict[str, Iterator[str]] = {}
        self._pattern: re.Pattern[str] | None = None
        self._on_unknown = on_unknown

    def know(self, names: Iterable[str]) -> None:
        """Add people by name, in any order and any number of times; their stand-ins stay as they are."""
        for name in names:
            forms = forms_of(name)
            if not forms or forms[0].text in self._people:
                continue
            who = next(self._codes)
            self._people.add(forms[0].text)
            for form in forms:
                self._forms.setdefault(form.text, (who, form.capital))
            self._pattern = None

    def hide(self, text: str) -> str:
        """Return `text` with every known name replaced. Raises Refused where one is left all the same."""
        pieces: list[Piece] = [("", text)]
        for _ in range(_MOST_PASSES):
            # A replacement can free a neighbour that was no word of its own before.
            again = [new for piece in pieces for new in ([piece] if piece[0] else self._cut(piece[1]))]
            if again == pieces:
                break
            pieces = again
        for who, piece in pieces:
            if not who:
                self.refuse_known(piece)
        return "".join(self._stand_in(one) if one[0] else one[1] for one in _joined(pieces))

    def refuse_known(self, text: str) -> None:
        """Raise Refused where a known name stands in `text`."""
        if next(self._found(text), None) is not None:
            raise Refused(
                "A name that is known here would have been sent, so nothing was.",
                kept="Nothing was sent; your text is kept.",
                next_step="Use the embedded model, and please report this as a fault of the program.",
            )

    def restore(self, text: str, *, quoted: bool = False, since: int = 0) -> str:
        """Return `text` with every stand-in that begins at `since` or later as it was typed.

        `quoted`: the text is JSON, so what is put in is escaped for a JSON string.
        """

        def spelled(found: re.Match[str]) -> str:
            if found.start() < since:
                return found[0]
            spelling = self._spellings.get(found["who"] + found["spelling"])
            if spelling is None:
                if found["gap"]:
                    return found[0]  # two plain words, such as "person A"
                if self._on_unknown is not None:
                    self._on_unknown(found[0])
                return UNKNOWN
            return json.dumps(spelling, ensure_ascii=False)[1:-1] if quoted else spelling

        return STAND_IN.sub(spelled, text)

    def stream(self, *, quoted: bool = False) -> StreamRestorer:
        """Return what restores an answer that comes in pieces."""
        return StreamRestorer(self, quoted)

    def _cut(self, text: str) -> Iterator[Piece]:
        place = 0
        for start, end, who in self._found(text):
            if start > place:
                yield "", text[place:start]
            yield who, text[start:end]
            place = end
        if place < len(text) or not text:
            yield "", text[place:]

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, who) of known names and of what looks like a stand-in, in their order."""
        spots = [(found.start(), found.end(), _LOOK_ALIKE) for found in STAND_IN.finditer(text)]
        if self._forms:
            spots += self._names_in(text)
        last = 0
        for start, end, who in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
            if start >= last:
                yield start, end, who
                last = end

    def _names_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        folded, place = Folded(text), 0
        pattern = self._pattern = self._pattern or self._compiled()
        while found := pattern.search(folded.text, place):
            start, end = folded.start(found.start()), folded.end(found.end() - 1)
            who, capital = self._form(found[0])
            if capital and not (text[start].isupper() or text[start] == "\\"):
                place = found.start() + 1
                continue
            place = found.end()
            yield *_whole_word(text, start, end), who

    def _form(self, matched: str) -> tuple[str, bool]:
        plain = _BROKEN.sub("", matched)
        return self._forms.get(plain) or self._forms[" ".join(_GAP.split(plain))]

    def _stand_in(self, piece: Piece) -> str:
        who, spelling = piece[0], unescaped(piece[1])
        known = self._stand_ins.get((who, spelling))
        if known is not None:
            return known
        code = who
        if who == _LOOK_ALIKE:
            code = next(self._codes)
        elif who in self._spellings:
            code = who + next(self._letters.setdefault(who, _letters()))
        self._spellings[code] = spelling
        made = self._stand_ins[who, spelling] = f"Person{code}"
        return made

    def _compiled(self) -> re.Pattern[str]:
        forms = sorted(self._forms, key=lambda form: (-len(form), form))
        spaced, unspaced, inflected = [], [], []
        for form in forms:
            if re.search(UNSPACED, form):
                unspaced.append(re.escape(form))
            elif _ALONE.search(form):
                spaced.append(_regex(form))
            else:  # Cyrillic, Greek and the like: names are declined
                inflected.append(_regex(form))
        parts = unspaced
        if spaced:
            parts.append(rf"{_BEFORE}(?:{'|'.join(spaced)})(?='?s?{_AFTER})")
        if inflected:
            parts.append(rf"{_BEFORE}(?:{'|'.join(inflected)})(?=[^\W\d_]{{0,3}}{_AFTER})")
        return re.compile("|".join(parts))


class StreamRestorer:
    """Restores an answer piece by piece; the end that may still become a stand-in is held back."""

    def __init__(self, pseudonyms: Pseudonyms, quoted: bool) -> None:
        self._pseudonyms = pseudonyms
        self._quoted = quoted
        self._before = ""
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what can be shown now that `piece` has come."""
        text = self._held + piece
        tail = _TAIL.search(self._before + text, len(self._before))
        return self._take(text, len(text) if tail is None else tail.start() - len(self._before))

    def end(self) -> str:
        """Return what is left when nothing more comes."""
        return self._take(self._held, len(self._held))

    def _take(self, text: str, cut: int) -> str:
        ready, self._held = text[:cut], text[cut:]
        # The last characters of what went before tell whether a word begins here.
        since = len(self._before)
        restored = self._pseudonyms.restore(self._before + ready, quoted=self._quoted, since=since)[since:]
        self._before = (self._before + ready)[-_CONTEXT:]
        return restored


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces, names that touch as one: their stand-ins could not be told apart."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and held[0] and piece[0]:
            held = (held[0] if held[0] != _LOOK_ALIKE else piece[0], held[1] + piece[1])
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _whole_word(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a name in a script without spaces over letters of ours that touch it ("田中san")."""
    if re.search(UNSPACED, text[start:end]):
        while end < len(text) and _ALONE.match(text[end]):
            end += 1
        while start and _ALONE.match(text[start - 1]):
            start -= 1
    return start, end


def _letters() -> Iterator[str]:
    return ("".join(letters) for size in (1, 2, 3) for letters in product(_SPELLING, repeat=size))


def _regex(form: str) -> str:
    words = [_BREAK.join(re.escape(letter) for letter in word) for word in form.split(" ")]
    return rf"[\s._{JOINER}-]{{1,4}}".join(words)
