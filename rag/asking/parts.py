"""The parts of a question that asks for several things: each is answered from its own best sentence.

"How many boats may fish, and who issues the permits?" has two parts; "What did the union and the port each say?"
has two, and so has "How high was it in April and in June?". Each part keeps the words of the others aside, for
they tell what it is about, but not their numbers and dates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.asking.question import Question, read_question, subject_of
from rag.asking.whois import asked_name
from rag.words.values import MONTHS, calendar_of, month_of

_MOST_PARTS = 4
_SHORTEST = 5  # words of a question with no auxiliary and one that tells: "what happened to the others aboard"
_BOTH = 2  # ends of a range
_ASKS = r"(?:what|which|who|whom|whose|when|where|why|how)"
_BEFORE = r"(?:(?:in|on|at|by|for|from|to|of|with|about|under|until|since|after|before|within) )?"
_AUXILIARY = r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should)"
# "…, and who …", "… and by how much …", "…, and did they …", and the end of one of two questions
_NEXT = re.compile(
    rf"[,;]? (?:and|or|but) (?:also |then )?(?={_BEFORE}{_ASKS}\b)|, (?:and|or|but) (?={_AUXILIARY}\b)|\? +(?=\w)",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"\b({_AUXILIARY}) (?:both )?([^,?]{{1,80}}?) and ([^,?]{{1,80}}?) (?:each(?! other)|both|respectively)\b",
    re.IGNORECASE,
)
_WHOM = r"[A-Z][\w.'’-]*(?: (?:al|bin|da|de|den|der|el|ibn|la|ten|van|von|[A-Z][\w.'’-]*))*"
_PEOPLE = re.compile(
    rf"(?:[Aa]nd |[Ss]o )?(?P<who>[Ww]ho) (?:are|were) (?P<names>{_WHOM}(?:, {_WHOM})*,? and {_WHOM})[ ?.]*"
)
# "on pay, on hours and on leave": the same preposition before each
_SAME = re.compile(
    r"\b(?P<by>on|about|of|for|in|to|by|from) (?P<first>[^,?]{2,60}?)(?P<rest>(?:, (?:and )?(?P=by) [^,?]{2,60}?)*)"
    r",? and (?P=by) (?P<last>[^,?]{2,80})",
    re.IGNORECASE,
)
# "how many Palestinians", and the end of "how many Israelis were killed" that it has in common
_COUNTS = re.compile(r"(?P<how>how (?:many|much)) [\w'’-]+(?: [\w'’-]+){0,2}", re.IGNORECASE)
_SHARED = re.compile(rf"(?P<how>how (?:many|much)) [^,?]*? (?P<verb>{_AUXILIARY} [^,?]+)", re.IGNORECASE)
# "how many in week 22", behind "how many cases were there in week 19"
_ELSEWHERE = re.compile(
    r"(?P<how>how (?:many|much|often|long))"
    r" (?P<rest>(?P<by>in|on|at|by|for|from|to|of|after|before|during|under) [^,?]+)",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\s*\((?P<words>[^()]+)\)\W*$")
_RANGE = re.compile(r"\b(?:between .* and|from .* (?:to|until|through)|since) ", re.IGNORECASE)
# The two ends of a development, which no sentence about one of its steps need name: "between the strike and the
# accord", "in the first report with that in the second"
_ENDS = re.compile(
    r"\b(?:between\b.+?\band\b|from\b.+?\b(?:to|until|till|through)\b|since\b|over the course of\b|throughout\b"
    r"|(?:in|at|under) (?:(?!\b(?:in|at|under)\b)[^,?])+? (?:with|to|and) (?:that|those|the ones?)\b).*",
    re.IGNORECASE,
)
_DEVELOPS = re.compile(r"\b(?:chang|develop|evolv|progress|compar|trac)\w*", re.IGNORECASE)
_DAY_RANGE = re.compile(r"\b(?:between|from) (\d{1,2}) (?:and|to) (\d{1,2}) ([A-Z]\w+)")


def read_parts(text: str, completed: bool = False) -> tuple[Question, ...]:
    """The question read as its parts, up to four: just itself when it asks for one thing.

    When it was `completed`, the words of earlier questions stand in brackets at its end, and stay aside.
    """
    added = _ADDED.search(text) if completed else None
    asked, carried = (text[: added.start()], added["words"]) if added else (text, "")
    whole = read_question(text, len(asked))
    clauses = _clauses(asked)
    cut = (list(way(asked)) for way in (_people, _each, _repeated))
    pieces = clauses if len(clauses) > 1 else next(filter(None, cut), [asked])
    sequel = pieces == clauses  # only a later clause leans on what was asked before it
    parts: list[Question] = []
    for i, piece in enumerate(pieces):
        before = pieces[:i] if sequel else []
        part = whole if len(pieces) == 1 else _beside(piece, [*before, *([carried] if carried else [])])
        parts += _by_time(_without_ends(part))
    return tuple(parts[:_MOST_PARTS])


def _beside(piece: str, others: Sequence[str]) -> Question:
    """One part, with the words of the others aside."""
    own = read_question(piece)
    if asked_name(own):
        return own  # who somebody is has nothing to do with who another one is
    known = {w.term for w in own.subject}
    aside = [w.written for other in others for w in subject_of(f"? {other}") if w.term not in known]
    if not aside:
        return own
    part = read_question(f"{piece} ({' '.join(dict.fromkeys(aside))})", len(piece))
    return replace(part, numbers=own.numbers, times=own.times)


def _clauses(text: str) -> list[str]:
    """The text cut where another question begins; a piece without a content word stays with its neighbour."""
    pieces: list[str] = []
    at = 0
    for cut in [*_NEXT.finditer(text), None]:
        piece = text[at : cut.start() if cut else len(text)].strip(" ?,;")
        at = cut.end() if cut else len(text)
        piece = _with_verb(piece, pieces[-1]) if pieces else piece
        if pieces and not (_asks(piece) and _asks(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} and {piece}"
        else:
            pieces.append(piece)
    return pieces if len(pieces) > 1 else [text]


def _with_verb(piece: str, before: str) -> str:
    """ "How many Palestinians", behind "how many Israelis were killed", with what both have in common; "how many in
    June", behind "how many were killed in May", with all but the month."""
    if elsewhere := _ELSEWHERE.fullmatch(piece):
        told = re.match(rf"(?P<all>{elsewhere['how']} .+) {elsewhere['by']} [^,?]+$", before, re.IGNORECASE)
        if told:
            return f"{told['all']} {elsewhere['rest']}"
    counts, shared = _COUNTS.fullmatch(piece), _SHARED.match(before)
    if counts and shared and counts["how"].lower() == shared["how"].lower():
        return f"{piece} {shared['verb']}"
    return piece


def _asks(piece: str) -> bool:
    """True for a piece that can be a question by itself: "in which town" is not one."""
    told = len(subject_of(f"? {piece}"))
    if told == 1 and len(piece.split()) < _SHORTEST:
        return re.search(rf"\b(?:{_AUXILIARY}|whom?)\b", piece, re.IGNORECASE) is not None
    return told > 0


def _each(text: str) -> Iterator[str]:
    """ "What did A and B each say" as "What did A say" and "What did B say"."""
    if " and " in text.lower() and (match := _EACH.search(text)):
        for one in match.group(2, 3):
            yield f"{text[: match.start()]}{match[1]} {one}{text[match.end() :]}"


def _people(text: str) -> Iterator[str]:
    """ "Who are A and B" as "Who is A" and "Who is B"."""
    if match := _PEOPLE.fullmatch(text):
        for one in re.split(r", (?:and )?| and ", match["names"]):
            yield f"{match['who']} is {one}"


def _repeated(text: str) -> Iterator[str]:
    """ "Demands on pay and on hours" as "Demands on pay" and "Demands on hours"; not for times."""
    if " and " in text.lower() and (match := _SAME.search(text)):
        by = match["by"]
        middle = [m.strip(" ,") for m in re.split(rf",? (?:and )?\b{by} ", match["rest"])]
        things = [match["first"], *(m for m in middle if m), match["last"].rstrip("?. ")]
        if not any(_is_time(thing) for thing in things):
            for thing in things:
                yield f"{text[: match.start()]}{by} {thing}{text[match.end() :]}"


def _is_time(thing: str) -> bool:
    first = thing.split()[0]
    return month_of(first) is not None or first[0].isdigit()


def _without_ends(part: Question) -> Question:
    """A question about a development without the words that only say so, and without the events that it begins and
    ends with, unless these are days."""
    if not part.is_over_time:
        return part
    asked, ends = part.asked, _ENDS.search(part.asked)
    if ends and len(calendar_of(ends.group())) >= _BOTH:
        return part
    said = [match.span() for match in _DEVELOPS.finditer(asked)]
    if ends:
        said.append(ends.span())
        own = read_question(asked[: ends.start()])
        part = replace(part, names=own.names, numbers=own.numbers, times=own.times)
    kept = tuple(w for w in part.subject if not any(start <= w.start < end for start, end in said))
    return replace(part, subject=kept or part.subject)


def _by_time(part: Question) -> list[Question]:
    """A question about several months, years or days as one question for each; about a development over a time as
    one that leaves the steps open."""
    months = [t for t in part.times if t in MONTHS]
    years = [t for t in part.times if t.isdigit()]
    rest = [t for t in part.times if t not in months and t not in years]
    numbers = tuple(n for n in part.numbers if f"{n:g}" not in years)
    days = _DAY_RANGE.search(part.text)
    other = tuple(n for n in numbers if not days or f"{n:g}" not in days.group(1, 2))
    if part.is_over_time and _RANGE.search(part.text) and len(months) + len(years) > 1:
        year = years if len(years) == 1 else []
        return [replace(part, times=(*year, *rest), numbers=(*other, *map(float, year)))]

    def at(*times: str) -> Question:
        own = tuple(float(t) for t in times if t.isdigit())
        return replace(part, times=(*times, *rest), numbers=(*numbers, *own))

    if len(months) > 1:
        if len(years) == len(months):
            return [at(*pair) for pair in zip(months, years, strict=True)]
        steps = [at(month, *(years if len(years) == 1 else ())) for month in months]
        return [*steps, at(*years)] if _RANGE.search(part.text) else steps
    if len(years) > 1:
        return [at(year, *months) for year in years]
    if days:
        return [replace(part, numbers=(float(day), *other)) for day in days.group(1, 2)]
    return [part]
