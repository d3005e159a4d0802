"""What an answer is: sentences, each with citations that hold the exact words of a source paragraph."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Literal, TypeVar

Verdict = Literal["exact", "normalised", "misattributed"]
Support = Literal["supported", "unchecked", "unsupported"]
_Record = TypeVar("_Record")
_SHORT = 3  # sentences up to which an answer is one paragraph


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model read and wrote."""

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)


NO_USAGE = Usage()


@dataclass(frozen=True, slots=True)
class Citation:
    """One quote of one paragraph, shown to the reader as mark `number`.

    Invariant for every citation ever shown: `briefing.text[start:end] == quote`. The verdict tells how the words
    were found there: `exact` as they were quoted; `normalised` after white space, case, quotation marks and
    dashes were evened out, `quote` being the source's own words; `misattributed` in another paragraph than the
    one that was claimed, the citation naming the place where they really are. `page` is the page that the paragraph
    begins on, where the briefing has pages.
    """

    number: int
    briefing_id: str
    title: str
    published: date | None
    source: str
    section: str | None
    paragraph: int
    quote: str
    start: int
    end: int
    verdict: Verdict
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer; `citations` are numbers of `Answer.citations`.

    `support` is `supported` when its quotes hold what it says, `unchecked` when nothing in it speaks against its
    quotes but its wording is too far from theirs for code to judge, `unsupported` when something does; `reason`
    says what.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A part of the question that was searched for by itself: what for, in which sources' briefings or under which
    title (empty for all), and of which days, both included; only preferred where sources or a title are given. Days
    that an `event` of the question tells come from the paragraph whose anchor is `dated_by`. A part with a `name`
    finds only passages that hold it."""

    text: str
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    event: str = ""
    dated_by: str = ""
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or, when `abstained`, the plain statement that the briefings do not say.

    It was not `searched` for when the program itself replies: to small talk, or with what the library holds.
    It is `doubtful` when it is less likely to answer the question than not to; its quotes are as exact as any.
    `reason` says why it abstained, `missing` which part of the question a partial answer leaves open, `nearest`
    holds the ids of the passages that came closest, `checks` counts what verification did (see
    `rag.verify`), `plan` the parts that the question was searched for in, empty for one that was searched for as
    it is, `usage` the tokens and cost of a model, and `timings_ms` how long each step took, in milliseconds.
    """

    question: str
    standalone_question: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstained: bool = False
    searched: bool = True
    reason: str | None = None
    missing: str | None = None
    doubtful: bool = False
    nearest: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    composer: str = "extractive"
    checks: dict[str, int] = field(default_factory=dict)
    plan: tuple[PlanStep, ...] = ()
    usage: dict[str, float] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The answer as one line of prose with its marks, or the reason for abstaining."""
        if self.abstained:
            return self.reason or ""
        return " ".join(s.text + "".join(f" [{n}]" for n in s.citations) for s in self.sentences)

    @property
    def paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences as they are to be set: a long answer begins a paragraph with each briefing; one that is
        quoted from a single briefing with each of its paragraphs, between which sentences lean on nothing; and two
        briefings that take turns are told in pairs."""
        long = len(self.sentences) > _SHORT
        briefings = dict.fromkeys(c.briefing_id for c in self.citations)
        apart = self.composer == "extractive" and len(briefings) == 1
        place = {c.number: (c.briefing_id, c.paragraph if apart else 0) for c in self.citations}
        told = [{place[n] for n in sentence.citations} for sentence in self.sentences]
        turns = [sorted(one) for one in told]
        if long and len(briefings) == 2 and turns == turns[:2] * (len(turns) // 2) and turns[0] != turns[1]:
            return tuple(self.sentences[i : i + 2] for i in range(0, len(turns), 2))
        paragraphs: list[list[Sentence]] = []
        before: set[tuple[str, int]] = set()
        for sentence, cited in zip(self.sentences, told, strict=True):
            if not paragraphs or (long and cited.isdisjoint(before)):
                paragraphs.append([])
            paragraphs[-1].append(sentence)
            before = cited
        return tuple(map(tuple, paragraphs))

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values, in the shape that `ask --json` prints.

        What only some answers have (`missing`, `doubtful`, `checks`, `plan`; a sentence's `reason`, a citation's
        `page`, the event that dates a step of the plan, and its name) is left out where it is empty; `searched`
        where it was.
        """
        plain = asdict(self)
        if self.searched:
            del plain["searched"]
        sentences, citations = plain["sentences"], plain["citations"]
        optional: list[tuple[dict[str, Any], tuple[str, ...]]] = [
            (plain, ("missing", "doubtful", "checks", "plan"))
        ]
        optional += [(s, ("reason",)) for s in sentences] + [(c, ("page",)) for c in citations]
        optional += [(step, ("event", "dated_by", "name")) for step in plain["plan"]]
        for record, names in optional:
            for name in names:
                if not record[name]:
                    del record[name]
        for citation in citations:
            citation["published"] = citation["published"].isoformat() if citation["published"] else None
        for step in plain.get("plan", ()):
            for name in ("since", "until"):
                step[name] = step[name].isoformat() if step[name] else None
        return plain

    @staticmethod
    def from_dict(plain: Mapping[str, Any]) -> "Answer":
        """The answer that `as_dict` made these values of. Unknown fields, of a later version, are left out."""
        citations = tuple(
            _known(Citation, c, published=date.fromisoformat(c["published"]) if c["published"] else None)
            for c in plain["citations"]
        )
        sentences = tuple(_known(Sentence, s, citations=tuple(s["citations"])) for s in plain["sentences"])
        steps = tuple(
            _known(
                PlanStep,
                step,
                sources=tuple(step.get("sources", ())),
                since=_day(step.get("since")),
                until=_day(step.get("until")),
            )
            for step in plain.get("plan", ())
        )
        several = {name: tuple(plain.get(name, ())) for name in ("nearest", "notices")}
        return _known(Answer, plain, sentences=sentences, citations=citations, plan=steps, **several)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _known(kind: type[_Record], plain: Mapping[str, Any], **read: Any) -> _Record:
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in {**plain, **read}.items() if name in names})
