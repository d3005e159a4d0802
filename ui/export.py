"""An answer as Markdown, to copy or to download: its sentences, then its sources with their exact words."""

import re

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


def as_markdown(exchange: Exchange) -> str:
    """The question, the answer with numbered marks, and every source with title, place and quote."""
    lines = [f"## {_plain(exchange.question)}", ""]
    answer = exchange.answer
    if answer is None:
        return "\n".join(lines)
    if as_understood := understood(answer):
        lines += [f"Understood as: {_plain(as_understood)}", ""]
    if answer.abstained:
        first, *listed = (answer.reason or "").split("\n")
        return "\n".join([*lines, _plain(first), *(f"- {_plain(line)}" for line in listed), ""])
    for paragraph in answer.paragraphs:
        lines += [" ".join(map(_said, paragraph)), ""]
    lines += [_plain(words) + "\n" for words in (left_open(answer), *answer.notices) if words]
    lines += ["### Sources", ""]
    for citation in answer.citations:
        place = dotted(citation.title, citation.source, place_of(citation))
        lines += [f"{citation.number}. {_plain(place)}", f"   > {_plain(citation.quote)}", ""]
    return "\n".join(lines)


def file_name(question: str) -> str:
    """A name for the download: the first words of the question."""
    words = re.findall(r"[a-z0-9]+", question.lower())[:8]
    return f"{'-'.join(words) or 'answer'}.md"


def _said(sentence: Sentence) -> str:
    """A sentence with its marks, and a plain word where its quotes do not hold what it says."""
    doubt = {"supported": "", "unchecked": " (not checked)", "unsupported": " (not verified)"}[sentence.support]
    return _plain(sentence.text) + "".join(f" \\[{n}\\]" for n in sentence.citations) + doubt


def _plain(words: str) -> str:
    """The words in one line that Markdown leaves as they are: no markup, no link, no image."""
    one_line = " ".join(words.split())
    parts, at = [], 0
    for address in _ADDRESS.finditer(one_line):
        parts += [_SIGNS.sub(r"\\\1", one_line[at : address.start()]), f"`{address.group()}`"]
        at = address.end()
    return _LINE_START.sub(r"\1\\\2", "".join(parts) + _SIGNS.sub(r"\\\1", one_line[at:]))
