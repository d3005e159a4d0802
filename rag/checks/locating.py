"""Where quoted words really stand: in the paragraph they are cited to, in another one, or nowhere."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rag.briefings import Briefing, Paragraph
from rag.words.folding import Folded, fold
from rag.words.terms import content_words, is_stop_word, words

QuoteVerdict = Literal["exact", "normalised", "misattributed", "fabricated"]

_FEWEST_WORDS = 3  # of a quote without a name or number
_LEAST_HALF = 3  # words from which a piece of a quote is known to come from a place
_JOINED = "-‐‑'’ʼ"  # they hold the parts of one word together
_WRAPPED = " '.,;:-"  # folded: what a writer puts around a quote without it being part of it
_ATTACHED = "%‰°€£$¥₹₽₪"


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Where a quote stands: `briefing.text[start:end]`, in code points, are the words to be shown.

    `exact`: the paragraph that was cited holds the quote as it is; `normalised`: it holds it but for white
    space, case, quotation marks, dashes and hidden characters, or ends inside a compound word, and the span
    is the source's own whole words; `misattributed`: another paragraph holds it; `fabricated`: none does, and there
    is no briefing, paragraph or span. `why` tells the reader, in words that follow "The quote".
    """

    verdict: QuoteVerdict
    briefing: Briefing | None
    paragraph: Paragraph | None
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class _Place:
    briefing: Briefing
    paragraph: Paragraph
    start: int
    end: int


def check_quote(
    quote: str,
    briefing: Briefing | None,
    paragraph_number: int | None,
    others: Iterable[Briefing] = (),
) -> QuoteCheck:
    """What becomes of a quote that is cited to a paragraph of a briefing; see `QuoteCheck`.

    Looks in that paragraph, then in the other paragraphs of the briefing, then in `others`, in order. Never
    finds a piece of a word, nor words that run over two paragraphs. A quote without a content word, or of
    one or two words without a name or number, proves nothing and is `fabricated`, wherever it stands.
    """
    too_little = _too_little(quote)
    if too_little:
        return _fabricated(too_little)
    cited = None
    if briefing and paragraph_number and 1 <= paragraph_number <= len(briefing.paragraphs):
        cited = briefing.paragraphs[paragraph_number - 1]
    if briefing and cited:
        place = _find(quote, briefing, cited)
        if place:
            return _in_its_place(quote, place)
    everywhere = list(_paragraphs(briefing, others))
    for where, paragraph in everywhere:
        if paragraph is not cited or where is not briefing:
            place = _find(quote, where, paragraph)
            if place:
                why = f"stands in {_named(place)}, not in {_claimed(briefing, paragraph_number, place)}"
                return QuoteCheck("misattributed", where, paragraph, place.start, place.end, why)
    return _fabricated(_stitched(quote, everywhere) or "stands in none of the briefings")


def _in_its_place(quote: str, place: _Place) -> QuoteCheck:
    exact = place.briefing.text[place.start : place.end] == quote.strip()
    return QuoteCheck(
        "exact" if exact else "normalised",
        place.briefing,
        place.paragraph,
        place.start,
        place.end,
        f"stands in ¶{place.paragraph.number}" + ("" if exact else ", where it is written a little differently"),
    )


def _fabricated(why: str) -> QuoteCheck:
    return QuoteCheck("fabricated", None, None, 0, 0, why)


def _named(place: _Place) -> str:
    return f"¶{place.paragraph.number} of “{place.briefing.title}”"


def _claimed(briefing: Briefing | None, number: int | None, place: _Place) -> str:
    if briefing is None or number is None:
        return "the paragraph that was cited"
    return f"¶{number}" + ("" if briefing is place.briefing else f" of “{briefing.title}”")


def _paragraphs(briefing: Briefing | None, others: Iterable[Briefing]) -> Iterator[tuple[Briefing, Paragraph]]:
    seen: set[str] = set()
    for where in (*([briefing] if briefing else []), *others):
        if where.briefing_id not in seen:
            seen.add(where.briefing_id)
            for paragraph in where.paragraphs:
                yield where, paragraph


def _find(quote: str, briefing: Briefing, paragraph: Paragraph) -> _Place | None:
    """The first place in the paragraph that holds the quote in whole words: as it is, else folded, else
    without the marks that a writer puts around it."""
    text = briefing.words_of(paragraph)
    stripped = quote.strip()
    span = _exact_span(stripped, text)
    if span is None:
        folded = fold(stripped).text
        whole = fold(text)
        bare = dict.fromkeys((folded, folded.strip(" '"), folded.strip(_WRAPPED)))
        span = next((s for some in bare if (s := _folded_span(some, whole, text))), None)
    if span is None:
        return None
    return _Place(briefing, paragraph, paragraph.start + span[0], paragraph.start + span[1])


def _exact_span(quote: str, text: str) -> tuple[int, int] | None:
    at = text.find(quote)
    while at >= 0:
        span = _whole_words(text, at, at + len(quote))
        if span == (at, at + len(quote)):
            return span
        at = text.find(quote, at + 1)
    return None


def _folded_span(quote: str, whole: Folded, text: str) -> tuple[int, int] | None:
    if not quote:
        return None
    at = whole.text.find(quote)
    while at >= 0:
        last = at + len(quote) - 1
        cuts = (at > 0 and whole.starts[at - 1] == whole.starts[at]) or (
            last + 1 < len(whole.text) and whole.starts[last + 1] == whole.starts[last]
        )
        span = None if cuts else _whole_words(text, whole.starts[at], whole.ends[last])
        if span:
            return span
        at = whole.text.find(quote, at + 1)
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span widened to the ends of compound words ("US-led") and to signs ("40%"); None when it begins or
    ends inside a word or a number ("1" of "1,300")."""
    if not 0 <= start < end <= len(text) or _inside_a_word(text, start) or _inside_a_word(text, end):
        return None
    while start > 1 and _is_word(text[start]) and text[start - 1] in _JOINED and _is_word(text[start - 2]):
        start -= 2
        while start > 0 and _is_word(text[start - 1]):
            start -= 1
    while end + 1 < len(text) and _is_word(text[end - 1]) and text[end] in _JOINED and _is_word(text[end + 1]):
        end += 2
        while end < len(text) and _is_word(text[end]):
            end += 1
    if start > 0 and text[start].isdigit() and text[start - 1] in _ATTACHED:
        start -= 1
    if end < len(text) and text[end - 1].isdigit() and text[end] in _ATTACHED:
        end += 1
    return start, end


def _inside_a_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    if _is_word(text[at - 1]) and (_is_word(text[at]) or unicodedata.combining(text[at])):
        return True
    if text[at - 1] in ".," and at > 1 and text[at - 2].isdigit() and text[at].isdigit():
        return True
    return text[at] in ".," and at + 1 < len(text) and text[at - 1].isdigit() and text[at + 1].isdigit()


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def _too_little(quote: str) -> str | None:
    parsed = words(quote)
    if not content_words(quote):
        return "holds no word that says anything" if parsed else "is empty"
    telling = any(
        any(c.isdigit() for c in w.written) or (w.written[0].isupper() and not is_stop_word(w.written))
        for w in parsed
    )
    if len(parsed) < _FEWEST_WORDS and not telling:
        return "is too short to prove anything"
    return None


def _stitched(quote: str, everywhere: list[tuple[Briefing, Paragraph]]) -> str | None:
    """That and from where a quote was put together, when both its pieces stand somewhere; else None."""
    pieces = [p for p in re.split(r"\s*(?:…|\.\.\.|\[[^\]]*\])\s*", quote) if p.strip()]
    if len(pieces) > 1:
        places = [_somewhere(piece, everywhere) for piece in pieces]
        if all(places):
            return _told(places[0], places[-1])
    parts = quote.split()
    front = _longest(parts, everywhere, from_start=True)
    back = _longest(parts, everywhere, from_start=False)
    if front + back < len(parts) or min(front, back) < _LEAST_HALF:
        return None
    cut = max(len(parts) - back, min(front, len(parts) // 2))
    if min(cut, len(parts) - cut) < _LEAST_HALF:
        return None
    first = _somewhere(" ".join(parts[:cut]), everywhere)
    second = _somewhere(" ".join(parts[cut:]), everywhere)
    return _told(first, second)


def _told(first: _Place | None, second: _Place | None) -> str | None:
    if first is None or second is None:
        return None
    if first.briefing is second.briefing and first.paragraph is second.paragraph:
        return f"is put together from two places of {_named(first)}"
    return f"is put together from {_named(first)} and {_named(second)}"


def _longest(parts: list[str], everywhere: list[tuple[Briefing, Paragraph]], *, from_start: bool) -> int:
    """How many words of a quote, from its start or up to its end, stand side by side somewhere."""
    low, high = 0, len(parts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        piece = parts[:middle] if from_start else parts[len(parts) - middle :]
        if _somewhere(" ".join(piece), everywhere):
            low = middle
        else:
            high = middle - 1
    return low


def _somewhere(piece: str, everywhere: list[tuple[Briefing, Paragraph]]) -> _Place | None:
    if not words(piece):
        return None
    return next((place for b, p in everywhere if (place := _find(piece, b, p))), None)
