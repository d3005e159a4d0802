"""Readers: the bytes of a file in, a `Document` out. A new format is one function and one line in `READERS`.

Title, author and source come from the first of these that states them: front matter, the document's properties,
the page's metadata, the text's own title or byline, its first heading, the file's name. So does the date, which the
file's name gives when it begins with one. When a file was made or saved is no date of publication.
"""

import re
from dataclasses import replace
from pathlib import PurePath

from ingest.documents import Document, date_in, with_byline
from ingest.encodings import decode
from ingest.formats import MAX_BYTES, Format, too_large
from ingest.markdown import markdown_blocks
from ingest.plaintext import read_blocks
from ingest.sandbox import Sandbox
from rag.errors import UnreadableError

_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?P<matter>.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELDS = frozenset({"title", "date", "published", "source", "publisher", "author"})


def read_text(data: bytes) -> Document:
    """A plain-text briefing: its first line is the title, short lines above paragraphs are headings."""
    text, notices = decode(data)
    return replace(read_blocks(text), notices=notices)


def read_markdown(data: bytes) -> Document:
    """A Markdown briefing; `title`, `date` and `source` come from its front matter when it has one, else
    from a line below its title like "Sennet Courier, 14 March 2031".

    Paragraphs, list items, quotes, code and table rows become blocks of plain text without markup.
    """
    text, notices = decode(data)
    fields, body, complaints = _front_matter(text)
    published = fields.get("date", fields.get("published"))
    day = date_in(published) if published else None
    if published and day is None:
        complaints = (*complaints, f"its date {published[:40]!r} is not understood; write YYYY-MM-DD")
    document = Document(
        markdown_blocks(body),
        title=fields.get("title"),
        published=day,
        source=fields.get("source", fields.get("publisher")),
        author=fields.get("author"),
        notices=(*notices, *complaints),
    )
    return with_byline(document)


def _read_pdf(data: bytes) -> Document:
    from ingest.pdf import read_pdf

    return read_pdf(data)


def _read_docx(data: bytes) -> Document:
    from ingest.docx import read_docx

    return read_docx(data)


def _read_odt(data: bytes) -> Document:
    from ingest.odt import read_odt

    return read_odt(data)


def _read_html(data: bytes) -> Document:
    from ingest.html import read_html

    return read_html(data)


def _read_mail(data: bytes) -> Document:
    from ingest.mail import read_mail

    return read_mail(data, READERS)


def _read_rtf(data: bytes) -> Document:
    from ingest.rtf import read_rtf

    return read_rtf(data)


_TEXT, _MARKDOWN = Format(read_text, here=1_000_000), Format(read_markdown, here=16_000)
_HTML = Format(_read_html)
READERS: dict[str, Format] = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".pdf": Format(_read_pdf, MAX_BYTES),
    ".docx": Format(_read_docx, MAX_BYTES),
    ".odt": Format(_read_odt, MAX_BYTES),
    ".rtf": Format(_read_rtf),
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".eml": Format(_read_mail, MAX_BYTES),
}


def reader_for(path: PurePath) -> Format:
    """The format of the path's ending. Raises UnreadableError for an unknown one."""
    found = READERS.get(path.suffix.lower())
    if found is None:
        ending = f"{path.suffix} is not a format that can be read"
        why = ending if path.suffix else "its name has no ending that tells its format"
        raise UnreadableError(why, f"Use one of {', '.join(READERS)}.")
    return found


def bytes_read_here(path: PurePath) -> int:
    """How large a file of this ending may be to be read without another process; 0 for one that always needs it."""
    found = READERS.get(path.suffix.lower())
    return found.here if found else 0


def read(path: PurePath, data: bytes, sandbox: Sandbox | None = None) -> Document:
    """The document in these bytes, read by the rules for the path's ending; safe to call from several threads.

    A `sandbox` that serves many files saves the start of a process for each. Raises UnreadableError, saying why,
    for an unknown ending, and for a file that is empty, binary, too large, damaged, hostile or without text.
    """
    form = reader_for(path)
    if not data.strip():
        raise UnreadableError("it is empty", "Add text to it or remove it.")
    if len(data) > form.most:
        raise too_large(form.most)
    if len(data) <= form.here:
        return form.parse(data)
    suffix = path.suffix.lower()
    if sandbox is not None:
        return sandbox.read(suffix, data)
    with Sandbox() as own:
        return own.read(suffix, data)


def _front_matter(text: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """What stands between two lines `---` at the start, as words by lower-case key; the rest; and notices.

    Text between two rules that names none of the known fields is no front matter.
    """
    import yaml

    match = _MATTER.match(text)
    if match is None:
        return {}, text, ()
    notices: tuple[str, ...] = ()
    try:
        read = yaml.load(match["matter"], yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        lines = (line.partition(":") for line in match["matter"].splitlines() if not line.startswith((" ", "#")))
        read = {key.strip(): value.strip().strip("\"'") for key, colon, value in lines if colon}
        notices = ("its front matter is not valid YAML and was read line by line",)
    fields = {str(k).lower(): v for k, v in read.items() if isinstance(v, str)} if isinstance(read, dict) else {}
    if fields.keys().isdisjoint(_FIELDS):
        return {}, text, ()
    return fields, text[match.end() :], notices
