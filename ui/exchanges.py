"""A question and its answer as the page shows them: plain records, made anew from the library at every look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answers import Answer, Citation, Sentence, Support
from rag.briefings import Briefing, Hit
from rag.library import Library
from rag.storage.conversations import Exchange
from ui.export import as_markdown, as_text, file_name
from ui.sources import LABELS, State, standing
from ui.words import counted, day, dotted, left_open, limits_of, page_words, place_of, told_of, understood

_EXTRACTIVE = "Composed without a language model"
_HINT = (
    "Every sentence above is quoted word for word from the briefings. To have answers written by a language model, "
    "set OPENAI_API_KEY, or OPENAI_BASE_URL and BRIEFINGS_MODEL for a server of your own such as Ollama or vLLM, "
    "and start Briefings again. Its sentences are shown only with quotes that have been found in the briefings."
)
_STATES: dict[Support, State] = {
    "supported": "verified",
    "unchecked": "unchecked",
    "unsupported": "unverified",
}


@dataclass(frozen=True, slots=True)
class SourceView:
    """A citation for its mark, its card and the list; `before` and `after` are the rest of its paragraph."""

    number: int
    title: str
    place: str
    state: State
    label: str
    why: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the numbers of its marks; `item` when it is a list item of its source, `begins` when another
    paragraph begins with it. `state` says whether its quotes hold what it says, and `why` not when they do not."""

    text: str
    citations: tuple[int, ...]
    item: bool
    begins: bool
    state: State
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class NearView:
    """A passage that came closest to answering."""

    passage_id: str
    title: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class ComposerView:
    """How the answer was composed: in short, and in full."""

    words: str
    hint: str


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """One question with all that is shown below it."""

    exchange_id: int
    question: str
    limits: tuple[str, ...]
    stopped: bool
    failure: str | None
    understood: str | None = None
    abstained: bool = False
    reason: str | None = None
    searched: str = ""
    missing: str | None = None
    sentences: tuple[SentenceView, ...] = ()
    sources: tuple[SourceView, ...] = ()
    nearest: tuple[NearView, ...] = ()
    notices: tuple[str, ...] = ()
    composer: ComposerView | None = None
    text: str = ""
    markdown: str = ""
    filename: str = ""


def views_of(exchanges: Sequence[Exchange], library: Library) -> list[ExchangeView]:
    """The exchanges of a conversation, each citation compared with the library as it is now."""
    answers = [e.answer for e in exchanges if e.answer]
    briefings = {b.briefing_id: b for b in library.briefings(c.briefing_id for a in answers for c in a.citations)}
    hits = {h.passage.passage_id: h for h in library.hits({p: 0.0 for a in answers for p in _near(a)})}
    titles = library.titles(i for e in exchanges for i in e.scope.briefing_ids)
    return [_view(e, briefings, hits, titles) for e in exchanges]


def _view(
    exchange: Exchange, briefings: Mapping[str, Briefing], hits: Mapping[str, Hit], titles: Mapping[str, str]
) -> ExchangeView:
    limits = tuple(limits_of(exchange.scope, titles).values())
    answer = exchange.answer
    if answer is None:
        stopped = exchange.failure is None
        return ExchangeView(exchange.exchange_id, exchange.question, limits, stopped, exchange.failure)
    by_number = {c.number: c for c in answer.citations}
    near = (hits[p] for p in _near(answer) if p in hits)
    return ExchangeView(
        exchange.exchange_id,
        exchange.question,
        limits,
        False,
        None,
        understood(answer),
        answer.abstained,
        answer.reason,
        _searched(exchange, answer),
        left_open(answer),
        tuple(
            _sentence(s, [by_number[n] for n in s.citations], briefings, begins=i == 0 < at)
            for at, paragraph in enumerate(answer.paragraphs)
            for i, s in enumerate(paragraph)
        ),
        tuple(_source(c, briefings.get(c.briefing_id)) for c in answer.citations),
        tuple(_nearest(hit) for hit in near),
        answer.notices,
        _composer(answer),
        as_text(exchange),
        as_markdown(exchange),
        file_name(exchange.question),
    )


def _searched(exchange: Exchange, answer: Answer) -> str:
    """Where an answer was looked for; nothing for a reply that was given without."""
    if not answer.searched:
        return ""
    if not exchange.searched and not exchange.scope:
        return "The library was empty."
    return f"Searched {counted(exchange.searched, 'briefing')}{' within these limits' if exchange.scope else ''}."


def _sentence(
    sentence: Sentence, citations: Sequence[Citation], briefings: Mapping[str, Briefing], *, begins: bool
) -> SentenceView:
    state = _STATES[sentence.support]
    why = f"{LABELS[state].capitalize()}: {sentence.reason}." if sentence.reason else ""
    item = sentence.text == citations[0].quote and _is_item(citations[0], briefings) if citations else False
    return SentenceView(sentence.text, sentence.citations, item, begins, state, LABELS[state], why)


def _composer(answer: Answer) -> ComposerView | None:
    """Who composed an answer, what was checked, and what it took."""
    if answer.composer == "extractive":
        return None if answer.abstained else ComposerView(_EXTRACTIVE, _HINT)
    return ComposerView(f"Written by {answer.composer}, every quote checked", told_of(answer))


def _near(answer: Answer) -> tuple[str, ...]:
    return answer.nearest if answer.abstained else ()


def _is_item(citation: Citation, briefings: Mapping[str, Briefing]) -> bool:
    paragraph = standing(citation, briefings.get(citation.briefing_id)).paragraph
    return paragraph is not None and paragraph.kind == "list_item"


def _source(citation: Citation, briefing: Briefing | None) -> SourceView:
    now = standing(citation, briefing)
    before = after = ""
    number = citation.paragraph
    if briefing is not None and now.paragraph is not None:
        number = now.paragraph.number
        before = briefing.text[now.paragraph.start : now.start]
        after = briefing.text[now.end : now.paragraph.end]
    place = dotted(citation.source, place_of(citation, number))
    return SourceView(
        citation.number, citation.title, place, now.state, LABELS[now.state], now.why, before, citation.quote, after
    )


def _nearest(hit: Hit) -> NearView:
    place = dotted(day(hit.published), hit.section, page_words(hit.page), f"¶{hit.passage.first_paragraph}")
    return NearView(hit.passage.passage_id, hit.title, place, hit.text)
