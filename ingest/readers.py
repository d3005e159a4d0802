"""Readers: the bytes of a file in, a `Document` out. A new format is one function and one line in `READERS`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import charset_normalizer

from ingest.documents import UNCITED, Document, date_in
from ingest.plaintext import read_blocks
from rag.errors import UnreadableError

MAX_BYTES = 20_000_000
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
    matter, body, complaint = _front_matter(text)
    if complaint:
        notices = (*notices, complaint)
    from ingest.markdown import markdown_blocks

    published = matter.get("date", matter.get("published"))
    day = date_in(published) if published is not None else None
    if published is not None and day is None:
        notices = (*notices, f"its date {str(published)[:40]!r} is not understood; write YYYY-MM-DD")
    return Document(
        markdown_blocks(body),
        title=_string(matter.get("title")),
        published=day,
        source=_string(matter.get("source", matter.get("publisher"))),
        notices=notices,
    )


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read(path: PurePath, data: bytes) -> Document:
    """The document in these bytes, read by the rules for the path's ending.

    Raises UnreadableError, saying why, for an unknown ending, an empty or binary file, or one without text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(
            f"{path.suffix or 'a file without an ending'} is not a format that can be read",
            f"Use one of {', '.join(READERS)}.",
        )
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES // 1_000_000} MB", "Split it into several briefings.")
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
        matches = charset_normalizer.from_bytes(data[:200_000])
        best = matches.best()
        if best is None:
            raise _binary() from None
        # Short texts often fit several code pages equally well; then the commonest is taken.
        equal = [m for m in matches if (m.chaos, m.coherence) == (best.chaos, best.coherence)]
        encoding = next((m.encoding for m in equal if m.encoding == "cp1252"), best.encoding)
        text = data.decode(encoding, errors="replace")
        if _mostly_control(text):
            raise _binary() from None
        return text, (f"it is not UTF-8 and was read as {encoding}",)
    if _mostly_control(text):
        raise _binary()
    return text, ()


def _mostly_control(text: str) -> bool:
    sample = text[:10_000]
    control = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f") or c == "\x7f")
    return control > len(sample) * 0.02


def _binary() -> UnreadableError:
    return UnreadableError("it is not text, whatever its name says", "Save it as text in UTF-8.")


def _front_matter(text: str) -> tuple[dict[str, Any], str, str | None]:
    import frontmatter
    import yaml

    try:
        post = frontmatter.loads(text)
        return dict(post.metadata), post.content, None
    except (yaml.YAMLError, ValueError, TypeError):
        return {}, text, "its front matter is not valid YAML and was read as text"


def _string(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, (str, int, float)) else None
