"""What a briefing is about: the question for it, and the sentences that tell it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rag.asking.followup import Turn
from rag.asking.understanding import Find
from rag.briefings import Briefing, Scope
from rag.extract.candidates import Candidate, sentences_in
from rag.library import Library
from rag.words.keys import key_of
from rag.words.phrases import request
from rag.words.terms import content_words

TOLD = 4  # sentences, at most
_ENOUGH = 3  # sections that tell it by their first sentences
_ENDED = re.compile(r"[.!?…。！？।؟][”\"»’')\]]*$")
_PIECE = r"(?:briefing|document|article)"
_SUM_UP = (
    r"(?:summari[sz]e|sum up|recap|tl;?dr"
    r"|(?:(?:give|show)(?: me| us)? |write(?: me| us)? )?(?:a |an |the )?(?:short |brief |quick )?"
    r"(?:summary|overview|gist|recap)(?: of)?)"
)
_THIS = (
    r"(?:(?:all of )?(?:it|this|that|these|those|them)|everything"
    rf"|(?:all )?(?:the|this|that|these|your|all)(?: {_PIECE}s?))"
)
_OPENED = r"[“\"„«‘']"
_ABOUT = r"(?:(?:on|about|titled|called|entitled|named|headed) )?"
_TITLE = rf"(?:{_OPENED}(?P<title>.+)[”\"“»’'])"
_TOPIC = r"(?:the )?(?P<topic>[^“”\"]+?)"
# In front of "briefing": what makes it a meeting that briefings tell of, or somebody's, is no topic.
_ON_TOPIC = (
    r"(?:the|this|that) (?!.*(?:\b(?:press|news|media|daily|weekly|morning|evening|security|intelligence|background"
    r"|technical|classified|secret|special|emergency)|['’]s?) briefing)(?P<topic>[^“”\"]+?)"
)
_REQUESTS = tuple(
    request(form)
    for form in (
        rf"(?P<bare>{_SUM_UP})(?P<this> {_THIS})?",
        r"what(?:[’']s| is| was) (?:this|that|(?:the|this|that) briefing) (?:all )?about",
        r"(?P<loose>what(?:[’']s| is| are) (?:it|they)) (?:all )?about",
        r"what does (?:the|this|that) briefing say",  # "the document" may be one that briefings tell of
        rf"{_SUM_UP} (?:(?:the|this|that) )?(?:{_PIECE} {_ABOUT})?{_TITLE}",
        rf"(?P<loose>tell (?:me|us) (?:more )?about) (?:(?:the|this|that) )?(?:{_PIECE} {_ABOUT})?{_TITLE}",
        rf"what(?:[’']s| is| was) (?:(?:the|this|that) )?(?:{_PIECE} {_ABOUT})?{_TITLE} (?:all )?about",
        rf"what does (?:(?:the|this|that) {_PIECE} {_ABOUT})?{_TITLE} say",
        rf"{_SUM_UP} (?:the|this|that) briefing (?:on|about) {_TOPIC}",
        rf"what(?:[’']s| is| was) (?:the|this|that) briefing (?:on|about) {_TOPIC} (?:all )?about",
        rf"{_SUM_UP} {_ON_TOPIC} briefing",
        rf"what(?:[’']s| is) {_ON_TOPIC} briefing (?:all )?about",
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for a summary: of the briefing with this `title`, or on this `topic`; of "this" one without. A
    `loose` one may ask for something else, a `bare` one ("a summary, please") for that of what was spoken of."""

    title: str = ""
    topic: str = ""
    loose: bool = False
    bare: bool = False

    @property
    def names_one(self) -> bool:
        """True where it says which briefing it wants."""
        return bool(self.title or self.topic)

    @property
    def words(self) -> str:
        """The words that say what it wants."""
        return self.title or self.topic

    def fits(self, briefing: Briefing) -> bool:
        """True for a briefing whose title is the one, or has most words of the topic."""
        told = {w.term for w in content_words(briefing.title)}
        asked = {w.term for w in content_words(self.words)}
        return bool(asked) and len(asked & told) * 2 >= len(asked) * (1 if self.topic else 2)


def summary_wanted(text: str) -> Wanted | None:
    """What a question asks to be summarized; None for one that asks for something else."""
    for wanted in _REQUESTS:
        if match := wanted.fullmatch(text):
            groups = match.groupdict()
            title, topic, loose = (groups.get(name) or "" for name in ("title", "topic", "loose"))
            bare = bool(groups.get("bare") and not groups.get("this"))
            return Wanted(title, topic, bool(topic or loose), bare)
    return None


def to_be_summarized(wanted: Wanted, library: Library, find: Find, last: Turn | None, scope: Scope) -> str | None:
    """The id of the briefing to be summarized: the one that is named, which `find` finds, the only one there is, or
    the only one that the `last` answer cited, where it lies in the scope; None when that is not clear."""
    if named := wanted.words:
        ids = dict.fromkeys(hit.passage.briefing_id for hit in find(f"“{named}”" if wanted.title else named, scope))
        found = {b.briefing_id: b for b in library.briefings(ids)}
        fitting = [i for i in ids if i in found and wanted.fits(found[i])]
        titled = [i for i in fitting if key_of(found[i].title) == key_of(named)]  # another title may hold it
        return next(iter(titled + fitting), None)
    only = library.within(scope, 2)
    cited = library.briefings(last.briefing_ids) if last and len(last.briefing_ids) == 1 else ()
    held = next((b.briefing_id for b in cited if scope.admits(b)), None)
    return only[0] if len(only) == 1 else held


def gist_of(briefing: Briefing, most: int = TOLD) -> list[Candidate]:
    """The sentences that tell what a briefing is about: the first of each section, or of each paragraph where there
    are hardly any, or more are wanted than usual; a few at most."""
    firsts = list(_firsts(briefing))
    firsts = [c for c in firsts if _ENDED.search(c.text)] or firsts  # "By Ada Holm in Kelby" tells nothing
    by_section = {c.paragraph.section: c for c in reversed(firsts)}
    sections = [c for c in firsts if by_section[c.paragraph.section] is c]
    enough = _ENOUGH if most <= TOLD else most
    return (sections if len(sections) >= enough else firsts)[:most]


def telling_of(briefing: Briefing, told: str) -> list[Candidate]:
    """The sentences of a briefing that were not `told`, in the order of telling: what it is about, then the first
    sentences of its other paragraphs, then all others."""
    found = {c.start: c for c in (*gist_of(briefing), *_firsts(briefing), *sentences_in(briefing))}
    return [c for c in found.values() if c.text not in told]


def _firsts(briefing: Briefing) -> Iterator[Candidate]:
    """The first sentence of every paragraph that can be quoted and says something."""
    for paragraph in briefing.paragraphs:
        if paragraph.kind == "paragraph":
            yield from islice((c for c in sentences_in(briefing, [paragraph]) if not c.announces), 1)
