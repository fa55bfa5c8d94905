"""Documents for tests, made from their parts: a small PDF, Word files (also hostile ones)."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="berschrift1">'
    '<w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/>'
    '<w:basedOn w:val="berschrift1"/></w:style></w:styles>'
)
PLAN = """# Development plan: Ines Okafor

**Team member:** Ines Okafor
**Manager:** Tomasz Brandt

## Long-term aim
Lead the orchard in three years.

## Development area
Running a crew of six

## Strengths
- Knows every row by heart

## Areas for improvement
- Explains too late what is next

## Goals

| Goal | Success measure | Due | Why it matters |
|---|---|---|---|
| Reduce the idle minutes of the crew per shift from 40 to 15 | idle minutes | 2027-04-30 | earlier harvest |
| Communicate better | | | |

## Action plan
| What | Action | Owner | By when | Resources |
|---|---|---|---|---|
| 1 | Write the plan of the day on the board before 7:00 | Ines | 2027-03-08 | board |

## Support from the manager
- Tomasz joins the first three morning briefings

## Timeline
1 March 2027 to 30 April 2027

## Check-ins
We meet every Monday for 20 minutes.

## Notes
The new tractor arrives in June.
"""
PIP = """# Performance Improvement Plan

Failure to meet the standards below may lead to disciplinary action, up to and including termination.
"""


def docx(body: str, styles: str = STYLES, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a .docx file with `body` as the content of its main part."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/styles.xml", styles)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return written.getvalue()


def paragraph(text: str, style: str = "", *, bold: bool = False, depth: int | None = None) -> str:
    """Return one paragraph of a Word document."""
    number = f'<w:numPr><w:ilvl w:val="{depth}"/></w:numPr>' if depth is not None else ""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{number}</w:pPr>' if style or number else ""
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p>{properties}<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def pdf(*pages: tuple[str, ...]) -> bytes:
    """Return a PDF with the lines of each page in Helvetica."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    font = 3
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        stream = f"BT /F1 11 Tf 60 760 Td {shown}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F1 {font} 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj{content}endobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
