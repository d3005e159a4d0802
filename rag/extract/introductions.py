"""How well a sentence introduces somebody or something that is asked for by name.

"Who is Abbas Kamel?" is answered by what stands beside the name: an office or occupation before it ("intelligence
chief Abbas Kamel"), an apposition ("Lena Ortiz, the minister of transport"), what it is said to be ("The PNRM is a
body"), what it leads, or what its letters stand for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.asking.whois import AskedName, may_be_named
from rag.words.names import OFFICES, ROLES, plain_name
from rag.words.terms import Word, is_stop_word, words

_GIVEN = 3  # names before the last one

_PEOPLE = (
    r"chief|head|boss|chair|coach|analyst|critic|judge|host|star|aide|envoy|ally|pilot|nominee|president|secretary"
    r"|magnate|tycoon|mogul|champion|captain|attorney|general|guru|activist|spouse|wife|husband|son|daughter|mother"
    r"|father|sister|brother|widow|heir|king|queen|prince|princess|cleric|guard|mp|ceo|student|official"
    r"|professional|candidate|assistant|agent|expert|nurse|premier|executive|representative|delegate|diplomat|deputy"
    r"|architect|consultant|surgeon|mechanic|academic|resident|[a-z-]{1,30}(?:er|or|ist|man|woman|person|ian)"
)
_THINGS = (
    r"group|movement|party|agency|body|company|firm|militia|charity|bank|union|ministry|newspaper|outlet|network"
    r"|platform|app|city|town|village|province|region|river|island|port|valley|programme|program|project|vaccine"
    r"|drug|virus|ship|vessel|ferry|game|film|movie|series|show|song|band|album|team|club|startup|start-up|chatbot"
    r"|tool|site|website|service|airline|giant|organi[sz]ation|institute|university|council|committee|commission"
    r"|alliance|coalition|model|chain|brand|label|fund|exchange|court|army|front|centre|center|treaty|agreement"
    r"|scheme|system|device|language|people|festival|tournament|league|maker|retailer|operator|carrier|broadcaster"
    r"|developer|manufacturer|publisher|builder|lender|insurer|tanker|freighter|regulator|provider|feature"
    r"|initiative|campaign|award|prize|conference|summit|nonprofit|franchise|subsidiary"
)
_KIND = rf"(?P<kind>{_PEOPLE}|{_THINGS})"
_PERSON = re.compile(_PEOPLE, re.IGNORECASE)
_NEITHER = frozenset(
    """after under over however ever never rather whether other another together later earlier former number order
    letter offer paper matter per sooner longer further either neither answer winter summer october november
    december september honor favor consider remember enter deliver cover discover monitor prior manner quarter
    corner minor major human mr mrs ms""".split()
)
_ARTICLE = (
    r"(?:the|an?|its|his|her|their|one of|part of|[A-Z][\w.-]+(?: [A-Z][\w.-]+)?[’']s?"
    r"|(?!(?:it|that|there|he|she|what|who|let)[’'])[a-z]+[’']s)"
)
_OPENS = r"(?:,|,? ?[(–—]) ?"
# "Ortiz, the minister of", but not "according to Ortiz, the port had"
_APPOSED = re.compile(
    rf"{_OPENS}(?:(?:aged )?\d{{1,3}}, )?(?:then |now |also |formerly )?{_ARTICLE} "
    r"(?!(?:same|day|week|month|year|latter|move|sign|step|next)\b)"
    r"(?!(?:[\w’'-]+ ){1,3}(?:said|says|added|writes|wrote|has|had|have|is|was|were|are|will|would|can|could|may"
    r"|did|does|lost|told|rose|fell|before|after|earlier|later)\b)"
)
_BEHIND = re.compile(
    rf"{_OPENS}(?:(?![\w-]*ed\b|(?:the|an?|its|his|her|their|said|says|told|who|which|and|but|with|where|as|reach)\b)"
    rf"[\w-]+ ){{0,3}}?"
    rf"{_KIND}\b(?! (?:said|told|added)\b)"
)
_IN_FRONT = re.compile(
    r"(?:^|[,;:“\"] ?)(?:according to|in|for|at|with|from|on|by|like|unlike|before|after|under|beside|besides"
    r"|as for|to)(?: the)? $",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|for|to|in|on|at|by|with|from|about|over|against|as|and)(?: the)? $", re.IGNORECASE)
_IS = re.compile(
    r" (?:is|was|are|were|remains?|became|has been|have been)"
    rf"(?: (?:also|now|still|then|currently|not only))? {_ARTICLE} "
)
_WHO, _WHICH = (re.compile(rf"{_OPENS}(?:{which}|whose)\b") for which in ("who", "which"))
_DOES = re.compile(
    r" (?:currently |now |also )?(?:heads|leads|runs|chairs|directs|commands|led|headed"
    r"|chaired|founded|co-founded|owns|serves? as|served as|represents?|consists? of|comprises|stands for"
    r"|(?:has been|had been|was|were) (?:re-?)?(?:appointed|named|elected|sworn in|born|founded|created|set up"
    r"|established|launched|formed|built))\b"
)
_DONE_BY = re.compile(r"\b(?:led|headed|chaired|run|directed|commanded|founded|owned) by $")
_LIVED = re.compile(r"^,? ?\((?:born |b\. ?)?\d{4}[^()]*\),?")
_CALLED = re.compile(r"\b(?:known as|called|dubbed|nicknamed)(?: the)? [“\"‘']?$")
_BEFORE = re.compile(rf"\b{_KIND}(?: (?:of|for|at|to|in) [\w .’'-]{{1,40}})?, (?:(?:Dr|Mr|Ms|Mrs|Prof)\.? )?$")
_TITLE = re.compile(rf"(?<![\w-]){_KIND} [“\"‘']?$", re.IGNORECASE)
_ROLE = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(ROLES - {'mr', 'mrs', 'dr', 'sir'}))}) $", re.IGNORECASE)
_OFFICE_OF = re.compile(
    r"\b(?:minister|secretary|director|head|chief|governor|president) (?:of|for)(?: the)? $", re.I
)
_SHORT = r" \((?:the |or )?[“\"‘']?([A-Z][A-Za-z.&-]*[A-Z])[”\"’']?\)"
_LONG = re.compile(r" \((?:the )?[A-Z][\w’-]+ [^()]*\)|, or (?:the )?[A-Z][\w’-]+ [A-Z]")

_OF_KIND = re.compile(rf"^ (?:{_THINGS})\b")
_WITH_KIND = re.compile(rf"(?:[\w’'-]+,? ){{0,5}}?{_KIND}\b")
_WITH_PERSON = re.compile(rf"(?:[\w’'-]+,? ){{0,5}}?(?P<kind>{_PEOPLE})\b")

# How well a sentence introduces a name: by its kind, or office, or anything else that it is said to be; and what it
# adds that it has it in full.
_SAYS_WHAT, _TITLES, _SAYS, _TELLS, _IN_FULL = 3.0, 2.0, 1.5, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence has a name: its words `first` up to `last`, both included, perhaps `in_full`."""

    first: int
    last: int
    in_full: bool


def introduced(asked: AskedName, sentence: str, text: str) -> float:
    """How well a sentence of this text introduces a name, or what the text has it short for: 0 not at all."""
    parsed = words(sentence)
    found = 0.0
    for name in _also_called(asked.written, text):
        for place in _places(name, asked.is_person, parsed, sentence):
            before, after = sentence[: parsed[place.first].start], sentence[parsed[place.last].end :]
            told = _told(asked.is_person, before, None if _owns(parsed[place.last]) else _LIVED.sub(",", after))
            if name[0] == _plain(asked.written) and _is_spelt_out(before, after, parsed[place.last].written):
                told = _SAYS_WHAT
            elif asked.is_short:
                told = 0.0
            found = max(found, told + _IN_FULL * (place.in_full and told > 0))
    return found


def introduces_somebody(before: str, after: str) -> float:
    """How well what stands around a name says who somebody is; 0 where that is nobody, or not told."""
    apposed = _APPOSED.match(after)
    kinds = (
        _TITLE.search(before),
        _BEHIND.match(after),
        _WITH_PERSON.match(after, apposed.end()) if apposed else None,
    )
    somebody = any(_is_kind(kind) and kind and _PERSON.fullmatch(kind["kind"]) for kind in kinds)
    if somebody or _ROLE.search(before) or _OFFICE_OF.search(before) or re.match(r", who\b", after):
        return _told(True, before, after)
    return 0.0


def _places(name: Sequence[str], is_person: bool, parsed: Sequence[Word], sentence: str) -> Iterator[_Place]:
    plain = [_plain(w.written) if may_be_named(w.written) else w.written for w in parsed]
    for i in range(len(parsed)):
        if tuple(plain[i : i + len(name)]) == name:
            first, last = i, i + len(name) - 1
        elif is_person and len(name) > 1 and plain[i] == name[-1]:
            first = last = i
        else:
            continue
        while is_person and i - first < _GIVEN and _belongs(parsed, first - 1, sentence):
            first -= 1
        if len(name) == 1 and is_person:
            while (
                last + 1 < len(parsed) and not _owns(parsed[last]) and _belongs(parsed, last, sentence, behind=True)
            ):
                last += 1
        elif _goes_on(parsed, last, sentence):
            continue
        given = {plain[k] for k in range(first, last)}
        if len(name) > 1 and is_person and given and name[0] not in given:
            continue  # another one of that name
        yield _Place(first, last, last - first + 1 >= max(2, len(name)))


def _told(is_person: bool, before: str, after: str | None) -> float:
    """What stands around a name tells of it; behind a name that owns something, only what is before it does."""
    office = is_person and (_ROLE.search(before) or _OFFICE_OF.search(before))
    apposed = after is not None and re.match(r",|\.$|\)", after) and _is_kind(_BEFORE.search(before))
    titled = _TITLES if office or apposed or _is_kind(_TITLE.search(before)) else 0.0
    if after is None:
        return titled
    apart, inside = _IN_FRONT.search(before), _OF.search(before)
    if _CALLED.search(before) or (not apart and _is_kind(_BEHIND.match(after))):
        return _SAYS_WHAT
    if not is_person and not re.search(r"\ban? $", before):
        after = _OF_KIND.sub("", after)
    said = (not apart and _APPOSED.match(after)) or (not inside and _IS.match(after))
    if said:
        return max(titled, _SAYS_WHAT if _is_kind(_WITH_KIND.match(after, said.end())) else _SAYS)
    relative = (_WHO if is_person else _WHICH).match(after)
    tells = (not apart and relative) or (not inside and _DOES.match(after)) or _DONE_BY.search(before)
    return titled or (_TELLS if tells else 0.0)


@lru_cache(maxsize=1024)
def _also_called(written: str, text: str) -> tuple[tuple[str, ...], ...]:
    """A name as its words, and what a text has it short for, or writes it short: "Relief Mission (RM)"."""
    found = [written]
    if " " in written:
        found += re.findall(re.escape(written) + _SHORT, text)
    else:
        letters = written.replace(".", "")
        dotted = r"\.?".join(map(re.escape, letters)) + r"\.?"  # "CMA", "C.M.A."
        long = re.compile(rf"((?:[A-Z][\w’-]+ (?:(?:of|the|for|and|on|in) ){{0,2}}){{2,8}})\((?:the )?{dotted}\)")
        found += [name.strip() for name in long.findall(text) if _letters(name).endswith(letters.upper())]
    return tuple(dict.fromkeys(tuple(_plain(w.written) for w in words(name)) for name in found))


def _plain(written: str) -> str:
    return plain_name(written).replace(".", "")


def _letters(name: str) -> str:
    return "".join(w.written[0] for w in words(name) if w.written[0].isupper())


def _is_kind(match: re.Match[str] | None) -> bool:
    return match is not None and match["kind"].lower() not in _NEITHER and not is_stop_word(match["kind"])


def _is_spelt_out(before: str, after: str, written: str) -> bool:
    """True for "(PNRM)" behind its long name, and for the long name behind it."""
    if not written.isupper() or len(written) < 2:
        return False
    after = after.removeprefix(".")  # of "C.M.A."
    return bool(re.search(r"[A-Z][\w’-]+ \((?:the )?$", before) and after[:1] == ")") or bool(_LONG.match(after))


def _owns(word: Word) -> bool:
    return word.written.endswith(("'s", "’s", "'", "’"))


def _belongs(parsed: Sequence[Word], at: int, sentence: str, behind: bool = False) -> bool:
    """True for a word of a name at `at`, beside the next; `behind` it, the next is one."""
    if at < 0 or sentence[parsed[at].end : parsed[at + 1].start] not in (" ", "-", ". "):
        return False
    written = parsed[at + behind].written
    named = written[0].isupper() and not is_stop_word(written) and written.lower() not in OFFICES
    return named or (not behind and written in ("al", "bin", "de", "van", "von", "el", "da"))


def _goes_on(parsed: Sequence[Word], last: int, sentence: str) -> bool:
    """True where the name is only the beginning of another: "Bank" of "Bank of Israel"."""
    behind = [w.written for w in parsed[last + 1 : last + 3]]
    if not behind or sentence[parsed[last].end : parsed[last + 1].start] != " ":
        return False
    return behind[0][0].isupper() or (behind[0] == "of" and len(behind) > 1 and behind[1][0].isupper())
