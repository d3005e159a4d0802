"""Whether quoted words are the words of the paragraph they are cited to, and if not, how they went wrong."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal

from rapidfuzz import fuzz

from evals.match import plain
from rag.answers import Answer, Citation, Sentence
from rag.briefings import Briefing
from rag.verify import is_exact

QuoteClass = Literal["exact", "misplaced", "elsewhere", "typography", "stitched", "altered", "absent"]
Sources = Mapping[str, Briefing]

_LOOKALIKES = str.maketrans("аеорсухіАВЕКМНОРСТХ", "aeopcyxiABEKMHOPCTX")  # Cyrillic letters that look Latin
_SPANS = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_GAP = re.compile(r"\s*(?:…|\.\.\.|\[[^\]]*\])\s*")
_ALTERED = 85.0  # likeness, in percent, from which words are those of the paragraph with changes


def quote_class(citation: Citation, sources: Sources) -> QuoteClass:
    """`exact` when `text[start:end]` of the paragraph it names is the quote; else what is wrong with it.

    `misplaced`: other offsets of the right paragraph; `elsewhere`: another paragraph or briefing; `typography`:
    the same but for quotation marks, composed or look-alike letters, or space; `stitched`: pieces put
    together; `altered`: other words; `absent`: not from the paragraph.
    """
    if is_exact(citation, sources.get(citation.briefing_id)):
        return "exact"
    paragraph = cited_words(citation, sources)
    if paragraph is not None and citation.quote in paragraph:
        return "misplaced"
    if any(citation.quote in briefing.text for briefing in sources.values()):
        return "elsewhere"
    return words_class(citation.quote, paragraph or "")


def words_class(quote: str, paragraph: str) -> QuoteClass:
    """`exact` when the paragraph holds the quote character by character; else what is wrong with it."""
    if quote in paragraph:
        return "exact"
    folded, whole = _folded(quote), _folded(paragraph)
    if folded in whole:
        return "typography"
    pieces = [p for p in _GAP.split(folded) if p]
    halves = (folded[:i] in whole and folded[i:].strip() in whole for i in range(8, len(folded) - 8))
    if (len(pieces) > 1 and all(p in whole for p in pieces)) or any(halves):
        return "stitched"
    return "altered" if fuzz.partial_ratio(folded, whole) >= _ALTERED else "absent"


def cited_words(citation: Citation, sources: Sources) -> str | None:
    """The words of the paragraph that a citation names, or None when there is no such paragraph."""
    briefing = sources.get(citation.briefing_id)
    if briefing is None or not 1 <= citation.paragraph <= len(briefing.paragraphs):
        return None
    return briefing.words_of(briefing.paragraphs[citation.paragraph - 1])


def marked(answer: Answer, sentence: Sentence) -> list[Citation]:
    """The citations that a sentence's marks lead to, each once; marks that lead nowhere are left out."""
    by_number = {c.number: c for c in answer.citations}
    return [by_number[n] for n in dict.fromkeys(sentence.citations) if n in by_number]


def cited_paragraphs(answer: Answer, sentence: Sentence, sources: Sources) -> list[str]:
    """The words of each paragraph that a sentence cites, each paragraph once."""
    found = (cited_words(c, sources) for c in marked(answer, sentence))
    return list(dict.fromkeys(words for words in found if words is not None))


def spans_in_quotation_marks(sentence: Sentence, paragraphs: list[str]) -> Iterator[str]:
    """What a sentence puts in quotation marks, unless the whole sentence is its source's own."""
    if not any(sentence.text in paragraph for paragraph in paragraphs):
        yield from (match[1] or match[2] for match in _SPANS.finditer(sentence.text))


def _folded(text: str) -> str:
    latin = unicodedata.normalize("NFKC", plain(text)).translate(_LOOKALIKES)
    return " ".join(latin.casefold().split())
