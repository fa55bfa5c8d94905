"""Reading XML from outside as events: no document type, no entity, no depth that no word processor writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from coach_assist.exchange.readers.document import ReadFault
from coach_assist.exchange.readers.guards import MOST_DEPTH

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def read_xml(data: bytes, start: Start, end: End, text: Text) -> None:
    """Call `start(name, attributes)`, `end(name)` and `text(words)` in the order of the document.

    Names are "URI name". Raises ReadFault for XML that is broken, too deep, or declares a document type
    (which is where entities, bombs and references to other files come from).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise ReadFault("its XML is nested too deeply")
        start(name, attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def on_doctype(*_: object) -> None:
        raise ReadFault("its XML declares a document type, which no word processor writes")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = on_doctype
    parser.EntityDeclHandler = on_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ReadFault(f"its XML is broken: {error}") from None
