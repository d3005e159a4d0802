"""An answer as text to copy or as Markdown to download: its sentences, then its sources with their exact words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.answers import Sentence
from rag.storage.conversations import Exchange
from ui.words import dotted, left_open, place_of, understood

# Everything that Markdown, HTML in it, or a formula could start with: a pasted quote stays a quote.
_SIGNS = re.compile(r"([\\`*_\[\]<>~|$&])")
# What many readers of Markdown make a link of, marked up or not: in a code span it stays what it is.
_ADDRESS = re.compile(
    r"(?:[a-z][\w+.-]*://|www\.|mailto:|xmpp:)[^\s`]*[^\s`)\]>.,;:!?\"'”’]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,}/[^\s`]*|(?:com|org|net|edu|gov|info|io|co|eu|uk|de|fr|ru|cn)\b)",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Style:
    """How the parts of an answer are written; `plain` makes one line of words that stay words."""

    question: str
    sources: str
    item: str
    quote: str
    mark: str
    plain: Callable[[str], str]


def as_markdown(exchange: Exchange) -> str:
    """The question, the answer with numbered marks, and every source with title, place and quote."""
    return _written(exchange, _Style("## {}", "### Sources", "- {}", "> {}", " \\[{}\\]", _escaped))


def as_text(exchange: Exchange) -> str:
    """The same without any markup, to be pasted anywhere."""
    return _written(exchange, _Style("{}", "Sources", "– {}", "“{}”", " [{}]", _one_line))


def _written(exchange: Exchange, style: _Style) -> str:
    plain = style.plain
    lines = [style.question.format(plain(exchange.question)), ""]
    answer = exchange.answer
    if answer is None:
        return "\n".join(lines)
    if as_understood := understood(answer):
        lines += [f"Understood as: {plain(as_understood)}", ""]
    if answer.abstained:
        first, *listed = (answer.reason or "").split("\n")
        return "\n".join([*lines, plain(first), *(style.item.format(plain(line)) for line in listed), ""])
    for paragraph in answer.paragraphs:
        lines += [" ".join(_said(sentence, style) for sentence in paragraph), ""]
    lines += [plain(words) + "\n" for words in (left_open(answer), *answer.notices) if words]
    lines += [style.sources, ""]
    for citation in answer.citations:
        place = dotted(citation.title, citation.source, place_of(citation))
        lines += [f"{citation.number}. {plain(place)}", f"   {style.quote.format(plain(citation.quote))}", ""]
    return "\n".join(lines)


def file_name(question: str) -> str:
    """A name for the download: the first words of the question."""
    words = re.findall(r"[a-z0-9]+", question.lower())[:8]
    return f"{'-'.join(words) or 'answer'}.md"


def _said(sentence: Sentence, style: _Style) -> str:
    """A sentence with its marks, and a plain word where its quotes do not hold what it says."""
    doubt = {"supported": "", "unchecked": " (not checked)", "unsupported": " (not verified)"}[sentence.support]
    return style.plain(sentence.text) + "".join(style.mark.format(n) for n in sentence.citations) + doubt


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _escaped(words: str) -> str:
    """The words in one line that Markdown leaves as they are: no markup, no link, no image."""
    one_line = _one_line(words)
    parts, at = [], 0
    for address in _ADDRESS.finditer(one_line):
        parts += [_SIGNS.sub(r"\\\1", one_line[at : address.start()]), f"`{address.group()}`"]
        at = address.end()
    return _LINE_START.sub(r"\1\\\2", "".join(parts) + _SIGNS.sub(r"\\\1", one_line[at:]))
