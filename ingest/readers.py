"""Readers: the bytes of a file in, a `Document` out. A new format is one function and one line in `READERS`."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

import charset_normalizer

from ingest.documents import UNCITED, Document, date_in
from ingest.markdown import markdown_blocks
from ingest.plaintext import read_blocks
from rag.errors import UnreadableError

MAX_BYTES = 20_000_000
_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?P<matter>.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELDS = frozenset({"title", "date", "published", "source", "publisher", "author"})
_DAMAGED = 0.2  # share of the bytes outside ASCII that may be wrong in a text that is UTF-8 all the same
_FEW, _SHORT = 0.02, 500  # a share of bytes outside ASCII, or a length, too small for statistics
Reader = Callable[[bytes], Document]


def read_text(data: bytes) -> Document:
    """A plain-text briefing: its first line is the title, short lines above paragraphs are headings."""
    text, notices = decode(data)
    return replace(read_blocks(text), notices=notices)


def read_markdown(data: bytes) -> Document:
    """A Markdown briefing; `title`, `date` and `source` come from its front matter when it has one.

    Paragraphs, list items, quotes, code and table rows become blocks of plain text without markup.
    """
    text, notices = decode(data)
    fields, body, complaints = _front_matter(text)
    published = fields.get("date", fields.get("published"))
    day = date_in(published) if published else None
    if published and day is None:
        complaints = (*complaints, f"its date {published[:40]!r} is not understood; write YYYY-MM-DD")
    return Document(
        markdown_blocks(body),
        title=fields.get("title"),
        published=day,
        source=fields.get("source", fields.get("publisher")),
        notices=(*notices, *complaints),
    )


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def reader_for(path: PurePath) -> Reader:
    """The reader for the path's ending. Raises UnreadableError for an unknown one."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(
            f"{path.suffix or 'a file without an ending'} is not a format that can be read",
            f"Use one of {', '.join(READERS)}.",
        )
    return reader


def read(path: PurePath, data: bytes) -> Document:
    """The document in these bytes, read by the rules for the path's ending.

    Raises UnreadableError, saying why, for an unknown ending, an empty or binary file, or one without text.
    """
    reader = reader_for(path)
    if not data.strip():
        raise UnreadableError("it is empty", "Add text to it or remove it.")
    document = reader(data)
    if all(b.kind in UNCITED for b in document.blocks):
        document = replace(document, blocks=tuple(replace(b, kind="paragraph") for b in document.blocks))
    if not document.blocks:
        raise UnreadableError("it has no text", "Add text to it or remove it.")
    return document


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in these bytes, and a notice when its encoding had to be guessed.

    Raises UnreadableError when the bytes are not text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                raise _binary() from None
    if b"\x00" in data:
        raise _binary()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        mended = data.decode("utf-8", errors="replace")
        if mended.count("\ufffd") <= _DAMAGED * sum(byte > 127 for byte in data) and any(
            ord(c) > 127 and c != "\ufffd" for c in mended
        ):
            return mended, ("it is UTF-8 with damaged characters, shown as \ufffd",)
        encoding = _guessed_encoding(data)
        text = data.decode(encoding, errors="replace")
        if _mostly_control(text):
            raise _binary() from None
        return text, (f"it is not UTF-8 and was read as {encoding}",)
    if _mostly_control(text):
        raise _binary()
    return text, ()


def _guessed_encoding(data: bytes) -> str:
    """Windows-1252, as most Western files are, for a text that is short or ASCII but for a few letters; else a
    guess from the text's statistics. Raises UnreadableError for what is no text."""
    if len(data) < _SHORT or sum(byte > 127 for byte in data) <= _FEW * len(data):
        try:
            data.decode("cp1252")
            return "cp1252"
        except UnicodeDecodeError:
            pass
    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is None:
        raise _binary() from None
    return best.encoding


def _mostly_control(text: str) -> bool:
    sample = text[:10_000]
    control = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f") or c == "\x7f")
    return control > len(sample) * 0.02


def _binary() -> UnreadableError:
    return UnreadableError("it is not text, whatever its name says", "Save it as text in UTF-8.")


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
