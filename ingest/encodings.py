"""Bytes to text: byte order marks, UTF-8, what the file declares, and at last a guess."""

import codecs
import re

import charset_normalizer

from rag.errors import UnreadableError

_DAMAGED = 0.2  # share of the bytes outside ASCII that may be wrong in a text that is UTF-8 all the same
_FEW, _SHORT = 0.02, 500  # a share of bytes outside ASCII, or a length, too small for statistics
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HIGH = bytes(range(128, 256))
_STRANGE = frozenset(
    {"utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)


def decode_declared(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """The text in these bytes by the charset that they declare, when that exists and fits, else by `decode`.

    Raises UnreadableError when the bytes are not text.
    """
    try:
        codec = codecs.lookup((charset or "").strip("\"' ")[:40])
    except (LookupError, ValueError):  # none, or none that Python knows
        return decode(data)
    name = codec.name.replace("_", "-")
    name = {"iso8859-1": "cp1252", "ascii": "utf-8"}.get(name, name)  # as browsers read them
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    wide = name.startswith(("utf-16", "utf-32"))
    if marked or name in _STRANGE or not codec._is_text_encoding or (wide and b"\x00" not in data):
        return decode(data)
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError):
        return decode(data)
    if "\x00" in text or _mostly_control(text):
        raise _binary()
    return text, ()


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
        if mended.count("\ufffd") <= _DAMAGED * _beyond_ascii(data) and any(
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
    guess from the text's statistics. Raises UnreadableError for what is not text."""
    if len(data) < _SHORT or _beyond_ascii(data) <= _FEW * len(data):
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
    return len(_CONTROL.findall(sample)) > len(sample) * 0.02


def _beyond_ascii(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH))


def _binary() -> UnreadableError:
    return UnreadableError("it is not text, whatever its name says", "Save it as text in UTF-8.")
