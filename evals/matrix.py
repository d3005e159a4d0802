"""One answer laid against its sources: which sentence cites which paragraph, and where gold stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from evals.cases import Evidence
from evals.quotes import Sources, marked
from evals.scoring import Result
from rag.answers import Citation
from rag.verify import is_exact

# Whether a sentence cites a paragraph, and whether that holds gold.
Cell = Literal["right", "wrong", "none"]
Place = tuple[str, int]  # a briefing's id and the number of a paragraph
Span = tuple[int, int]  # code points into the paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph that are expected, cited, both or neither, throughout."""

    text: str
    expected: bool
    cited: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A paragraph that is cited or holds gold: its key in the matrix ("A"), where it stands and its words.

    `claims` are the numbers, from 1, of the claims whose gold it holds; `marks` are the marks that lead to it, and
    `loose` the quotes that are cited to it but do not stand there. `pieces` is empty where there is no such
    paragraph.
    """

    key: str
    anchor: str
    about: str
    pieces: tuple[Piece, ...]
    claims: tuple[int, ...]
    marks: tuple[int, ...]
    loose: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with one cell a column; `lost` are its marks that lead nowhere, `doubt` is what the product itself
    says against it ("" where it calls it supported)."""

    text: str
    marks: tuple[int, ...]
    lost: tuple[int, ...]
    doubt: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sentences × paragraphs."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def matrix(result: Result, sources: Sources) -> Matrix:
    """The matrix of a result: paragraphs with gold first, then the others that are cited.

    Of alternatives of the same evidence those are shown that are cited, or else the first.
    """
    answer = result.answer
    shown = [c for s in answer.sentences for c in marked(answer, s)]
    cited = list(dict.fromkeys((c.briefing_id, c.paragraph) for c in shown))
    gold: dict[Place, list[tuple[int, Evidence]]] = {}
    for number, claim in enumerate(result.case.claims, start=1):
        for group in claim.evidence:
            alternatives = [(_place(e, sources), e) for e in group]
            chosen = [(p, e) for p, e in alternatives if p in cited] or alternatives[:1]
            for place, evidence in chosen:
                gold.setdefault(place, []).append((number, evidence))
    places = list(dict.fromkeys([*gold, *cited]))
    columns = []
    for i, place in enumerate(places):
        own = [c for c in shown if (c.briefing_id, c.paragraph) == place]
        columns.append(_column(_key(i), place, gold.get(place, []), own, sources))
    known = {c.number for c in answer.citations}
    lines = []
    for sentence in answer.sentences:
        led = {(c.briefing_id, c.paragraph) for c in marked(answer, sentence)}
        cells: tuple[Cell, ...] = tuple(
            "none" if place not in led else "right" if place in gold else "wrong" for place in places
        )
        lost = tuple(n for n in sentence.citations if n not in known)
        said = "" if sentence.support == "supported" else sentence.support
        doubt = f"{said}: {sentence.reason}" if said and sentence.reason else said
        lines.append(Line(sentence.text, sentence.citations, lost, doubt, cells))
    return Matrix(tuple(columns), tuple(lines))


def pieces(words: str, expected: Sequence[Span], cited: Sequence[Span]) -> Iterator[Piece]:
    """The words cut wherever a span begins or ends; put together they are the words again."""
    cuts = sorted({0, len(words), *(min(max(at, 0), len(words)) for span in (*expected, *cited) for at in span)})
    for start, end in pairwise(cuts):
        inside = [any(a <= start and end <= b for a, b in spans) for spans in (expected, cited)]
        yield Piece(words[start:end], *inside)


def _column(
    key: str, place: Place, gold: Sequence[tuple[int, Evidence]], citations: Sequence[Citation], sources: Sources
) -> Column:
    briefing_id, number = place
    briefing = sources.get(briefing_id)
    claims = tuple(sorted({claim for claim, _ in gold}))
    marks = tuple(sorted({c.number for c in citations}))
    anchor = f"{briefing_id}¶{number}"
    if briefing is None or not 1 <= number <= len(briefing.paragraphs):
        loose = tuple(dict.fromkeys(c.quote for c in citations))
        return Column(key, anchor, "there is no such paragraph", (), claims, marks, loose)
    paragraph = briefing.paragraphs[number - 1]
    words = briefing.words_of(paragraph)
    wanted = [_find(words, e.quote) for _, e in gold]
    said: list[Span] = []
    loose_quotes: list[str] = []
    for citation in citations:
        if is_exact(citation, briefing):
            said.append((citation.start - paragraph.start, citation.end - paragraph.start))
        elif citation.quote and citation.quote in words:
            said.append(_find(words, citation.quote))
        else:
            loose_quotes.append(citation.quote)
    about = (briefing.title, briefing.published.isoformat() if briefing.published else "", paragraph.section or "")
    return Column(
        key,
        anchor,
        " · ".join(part for part in about if part),
        tuple(pieces(words, wanted, said)),
        claims,
        marks,
        tuple(dict.fromkeys(loose_quotes)),
    )


def _place(evidence: Evidence, sources: Sources) -> Place:
    """Where a quote stands; lint has seen to it that it does, and once."""
    briefing = sources[evidence.briefing]
    holding = (p.number for p in briefing.paragraphs if evidence.quote in briefing.words_of(p))
    return evidence.briefing, next(holding)


def _find(words: str, quote: str) -> Span:
    start = words.index(quote)
    return start, start + len(quote)


def _key(index: int) -> str:
    """A, B, … Z, A1, B1, …"""
    letter, round_ = chr(ord("A") + index % 26), index // 26
    return f"{letter}{round_}" if round_ else letter
