"""Rich text (RTF) to blocks, with striprtf."""

import re

from striprtf.striprtf import rtf_to_text

from ingest.documents import Block, Document, drop_empty, seen, stated_author, stated_title, with_byline
from ingest.plaintext import blocks_of_lines
from ingest.tables import table_blocks
from rag.errors import UnreadableError

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?!\d) ?")
_HEADING, _ROW = "\ue000", "\ue001"  # stand in the text where these were in the markup
_GROUP = re.compile(r"\{\\(title|author) ?((?:[^{}\\]|\\.){1,2000})\}", re.DOTALL)


def read_rtf(data: bytes) -> Document:
    """A rich text; title and author come from its properties, headings from its outline and, where it has none,
    from the look of its lines."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("it is not RTF, whatever its name says", "Save it anew.")
    page = _CODE_PAGE.search(data[:2000])
    encoding = f"cp{page[1].decode()}" if page else "cp1252"
    try:
        text = data.decode(encoding, errors="replace")
    except LookupError:
        encoding = "cp1252"
        text = data.decode(encoding, errors="replace")
    head = {name: _plain(f"{{\\rtf1 {words}}}", encoding) for name, words in _GROUP.findall(text)}
    text = re.sub(f"[{_HEADING}{_ROW}]", "", text)
    text = _OUTLINE.sub(lambda m: f"{m[0]}{{{_HEADING}}}", text).replace("\\row", f"{_ROW}\\row")
    plain = _plain(text, encoding)
    outlined = _HEADING in plain
    blocks: list[Block] = []
    lines: list[str] = []
    rows: list[list[str]] = []

    def close() -> None:
        """Bring what was collected into the blocks: running text, then a table's rows; never both."""
        blocks.extend(blocks_of_lines(lines, headings=not outlined, first=not blocks))
        blocks.extend(table_blocks(rows))
        lines.clear()
        rows.clear()

    for line in plain.split("\n"):
        if _ROW in line:
            if lines:
                close()
            cells = [cell.replace(_HEADING, "") for cell in line.replace(_ROW, "").split("|")]
            rows.append(cells[:-1] if not cells[-1].strip() else cells)
            continue
        if not seen(line.replace(_HEADING, "")):
            continue
        if rows:
            close()
        if _HEADING in line:
            close()
            blocks.append(Block("heading" if blocks else "title", line.replace(_HEADING, "")))
        else:
            lines.append(line)
    close()
    document = Document(
        drop_empty(blocks), title=stated_title(head.get("title")), author=stated_author(head.get("author"))
    )
    return with_byline(document)


def _plain(text: str, encoding: str) -> str:
    return str(rtf_to_text(text, encoding, "replace"))  # type: ignore[no-untyped-call]
