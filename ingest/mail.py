"""Mails to blocks, with the standard library: the headers are metadata, attachments documents of their own."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import PurePosixPath

from ingest.documents import Attachment, Block, Document, date_of_name, drop_empty, seen
from ingest.encodings import decode_declared
from ingest.formats import Format, too_large
from ingest.plaintext import read_blocks
from rag.errors import UnreadableError

_MOST_PARTS = 500
_MOST_DEEP = 5  # mails attached to mails
_LONGEST_HEADER = 20_000  # characters; longer ones take the parser long
_QUOTED = re.compile(r"^>+ ?", re.MULTILINE)
_ON_WROTE = re.compile(r"^-{2,}\s*(?:original message|forwarded message)\s*-{2,}$", re.IGNORECASE)


def read_mail(data: bytes, readers: Mapping[str, Format], depth: int = 0) -> Document:
    """A mail: subject, sender and date are its title, author and date of publication; its text, and each file
    attached to it, are read by the rules for their own format; `readers` holds these by ending.

    Raises UnreadableError for anything else.
    """
    message = message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not any(
        name in message for name in ("From", "Date", "Subject", "To")
    ):
        raise UnreadableError("it is not a mail, whatever its name says", "Save it anew.")
    notices: list[str] = []
    body: EmailMessage | None = None
    files: list[EmailMessage] = []
    for part in _parts(message):
        named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
        kind = part.get_content_type()
        if kind == "message/rfc822" or named or not kind.startswith("text/"):
            files.append(part)
        elif body is None or (body.get_content_type() == "text/html" and kind == "text/plain"):
            body = part
        elif kind == "text/plain" and body.get_content_type() == "text/plain":
            files.append(part)
    blocks = _body(body) if body is not None else ()
    day = _day(message)
    attached = (_attachment(part, readers, depth, notices) for part in files)
    attachments = tuple(_dated(one, day) for one in attached if one is not None)
    name, address = _sender(message)
    subject = _header(message, "Subject")
    if not blocks and attachments:  # what was sent is the files alone
        blocks = (Block("paragraph", subject or "A mail without a subject"),)
    return Document(
        blocks,
        title=subject,
        published=day,
        source=name or address,
        notices=tuple(notices),
        author=name,
        attachments=attachments,
    )


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in order; those of an attached mail are its own."""
    stack = [message]
    count = 0
    while stack:
        part = stack.pop()
        count += 1
        if count > _MOST_PARTS:
            raise UnreadableError(f"it has more than {_MOST_PARTS} parts", "Save its text.")
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack.extend(reversed([inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]))
        else:
            yield part


def _body(part: EmailMessage) -> tuple[Block, ...]:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset()
    if not isinstance(data, bytes) or not data.strip():
        return ()
    if part.get_content_type() == "text/html":
        from ingest.html import html_blocks

        return html_blocks(decode_declared(data, charset)[0], whole=True)
    text = decode_declared(data, charset)[0].replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = re.sub(r"(?<=\S) \n(?=\S)", " ", text)
    found: list[Block] = []
    for quoted, lines in _stretches(text):
        blocks = read_blocks(lines).blocks
        if quoted:
            found += [Block("quote", block.mark + block.text) for block in blocks]
        else:
            found += [_as_body(block) for block in blocks]
    return drop_empty(found)


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut into what the sender wrote and what is quoted from another mail, without the marks."""
    lines: list[str] = []
    quoted = False
    for line in text.split("\n"):
        if line.startswith(">") != quoted and (line.strip() or quoted):
            yield quoted, "\n".join(lines)
            lines, quoted = [], not quoted
        lines.append(_QUOTED.sub("", line) if quoted else line)
    yield quoted, "\n".join(lines)


def _as_body(block: Block) -> Block:
    """A mail's title is its subject: a line that looks like one is a heading, or a greeting."""
    if block.kind == "title":
        greeting = re.match(
            r"(?:dear|hello|hi|good (?:morning|day|evening)|colleagues|all)\b", block.text, re.IGNORECASE
        )
        return Block("paragraph" if greeting else "heading", block.text)
    return Block("paragraph", block.text) if block.kind == "byline" or _ON_WROTE.match(block.text) else block


def _attachment(
    part: EmailMessage, readers: Mapping[str, Format], depth: int, notices: list[str]
) -> Attachment | None:
    """A file of the mail; None, with a notice, for one whose format cannot be read."""
    nested = part.get_content_type() == "message/rfc822"
    name = PurePosixPath(seen(part.get_filename() or "").replace("\\", "/")).name[-200:]
    if nested:
        inner = part.get_payload()
        message = inner[0] if isinstance(inner, list) and inner else None
        data = message.as_bytes() if isinstance(message, EmailMessage) else b""
        suffix = ".eml"
        if not name.lower().endswith(suffix):
            name = f"{name or 'message'}{suffix}"
    else:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        suffix = PurePosixPath(name).suffix.lower()
        if not name:
            suffix = {"text/plain": ".txt", "text/html": ".html"}.get(part.get_content_type(), "")
            name = f"part{suffix}" if suffix else ""
    if suffix not in readers:
        if name and part.get_content_maintype() != "image":
            notices.append(f"its attachment {name} is of a format that cannot be read")
        return None
    if not data.strip():
        return None
    digest = hashlib.sha256(data).hexdigest()
    try:
        if len(data) > readers[suffix].most:
            raise too_large(readers[suffix].most)
        if suffix == ".eml":
            if depth >= _MOST_DEEP:
                raise UnreadableError("it is nested too deeply", "Save it as a file of its own.")
            return Attachment(name, digest, read_mail(data, readers, depth + 1))
        return Attachment(name, digest, readers[suffix].parse(data))
    except UnreadableError as error:
        return Attachment(name, digest, None, error.reason, error.remedy)
    except MemoryError:
        raise
    except Exception as error:  # a parser's own errors are of every kind: this attachment is what is wrong
        what = f"it is damaged or not what its name says ({type(error).__name__})"
        return Attachment(name, digest, None, what, "Save it as a file of its own.")


def _dated(attachment: Attachment, day: date | None) -> Attachment:
    """What is sent is published with the mail, unless it has a date of its own."""
    document = attachment.document
    if document is None or document.published or date_of_name(attachment.name):
        return attachment
    return replace(attachment, document=replace(document, published=day))


def _header(message: EmailMessage, name: str) -> str | None:
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if len(raw) > _LONGEST_HEADER:
        return None
    try:
        return seen(str(message[name] or "")) or None
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):  # the parser of the library gave up
        return seen(raw) or None


def _sender(message: EmailMessage) -> tuple[str | None, str | None]:
    if _header(message, "From") is None:
        return None, None
    try:
        first = message["From"].addresses[0]
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return None, _header(message, "From")
    return seen(first.display_name) or None, seen(first.addr_spec) or None


def _day(message: EmailMessage) -> date | None:
    if _header(message, "Date") is None:
        return None
    try:
        moment = message["Date"].datetime
        return moment.date() if moment is not None else None
    except (ValueError, IndexError, AttributeError, TypeError, LookupError, OverflowError):
        return None
