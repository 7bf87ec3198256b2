"""OFD files that the reading tests need, built in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from ingest_files import SIZE

WIDTH, HEIGHT = 210.0, 297.0
_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def text_object(
    x: float,
    y: float,
    words: str,
    *,
    size: float = SIZE * _MM,
    steps: str | None = "run",
    more: str = "",
    y_steps: str = "",
) -> str:
    """Return a text whose first letter stands at a place in millimetres from the upper left corner.

    Args:
        steps: `run` writes DeltaX with `g`, `list` number by number, None leaves it out.
    """
    widths = [size if ord(letter) > 127 else size / 2 for letter in words[:-1]]
    told = {"run": _runs(widths), "list": " ".join(f"{width:g}" for width in widths)}.get(steps or "", "")
    delta = (f' DeltaX="{told}"' if told else "") + (f' DeltaY="{y_steps}"' if y_steps else "")
    return (
        f'<ofd:TextObject ID="9" Boundary="{x:g} {y - size:g} {len(words) * size:g} {size * 1.2:g}" Font="3" '
        f'Size="{size:g}" {more}><ofd:TextCode X="0" Y="{size:g}"{delta}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def _runs(widths: Sequence[float]) -> str:
    parts: list[tuple[float, int]] = []
    for width in widths:
        if parts and parts[-1][0] == width:
            parts[-1] = (width, parts[-1][1] + 1)
        else:
            parts.append((width, 1))
    return " ".join(f"g {count} {width:g}" if count > 1 else f"{width:g}" for width, count in parts)


def image_object(x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT) -> str:
    """Return a picture at a place in millimetres."""
    return f'<ofd:ImageObject ID="8" Boundary="{x:g} {y:g} {width:g} {height:g}" ResourceID="7"/>'


def ofd_file(
    *pages: str,
    template: str = "",
    more: Mapping[str, bytes] | None = None,
    root: str = "Doc_0/Document.xml",
    folder: str = "",
) -> bytes:
    """Return an OFD whose pages hold these objects; a template stands behind every page.

    Args:
        more: Members to add or replace.
        root: Location of the document as OFD.xml names it.
        folder: What stands before the locations of the pages, such as `/Doc_0/` for ones from the root.
    """
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{folder}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    used = '<ofd:Template TemplateID="50" ZOrder="Background"/>' if template else ""
    named = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    members = {
        "OFD.xml": _part("OFD", f"<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": _part(
            "Document",
            f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
            f"{named}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>",
        ),
        "Doc_0/Tpls/Tpl_0/Content.xml": _page(template),
    }
    for number, objects in enumerate(pages):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(objects, used)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**{name: text.encode() for name, text in members.items()}, **(more or {})}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _part(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} {_XMLNS}>{inner}</ofd:{name}>'


def _page(objects: str, head: str = "") -> str:
    return _part("Page", f'{head}<ofd:Content><ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer></ofd:Content>')


def paragraph(top: float, words: str, *, indent: int = 2, columns: float = 26) -> tuple[str, float]:
    """Return the lines of a paragraph broken at a width in ems, and where the next one begins."""
    objects, size, line = "", SIZE * _MM, ""
    for letter in [*words, ""]:
        room = columns - (0 if objects else indent)
        if letter and sum(1.0 if ord(one) > 127 else 0.5 for one in line + letter) <= room:
            line += letter
            continue
        objects += text_object(28 + (0 if objects else indent * size), top, line)
        top, line = top + 10.2, letter
    return objects, top
