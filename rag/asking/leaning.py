"""Whether a question leans on those asked before it, as far as its form tells."""

import re
from itertools import pairwise

from rag.words.phrases import ASKING, AUXILIARY, PREPOSITIONS, phrases_of, plain
from rag.words.terms import is_stop_word, words
from rag.words.verbs import is_past

ABOUT = re.compile(r"(?:what|how) about\b\s*", re.IGNORECASE)
_WHEN_WAS_THAT = re.compile(r"(?:why|when|where|how)(?: exactly)? \w+ (?:that|this|it)(?: happen(?:ed)?)?")
_IMPERATIVES = frozenset("tell give show list explain describe name summarise summarize compare".split())
_EXPLAINED = frozenset("explain describe summarise summarize".split())  # "explain the annex" names its topic
_VAGUE = frozenset(
    "happen happens happened say said says do done mean means long exactly currently actually next".split()
)
_STANCE = frozenset(
    """accept agree answer appeal apply approve attend change comment confirm deny disagree help join lose object
    oppose react refuse reject reply respond sign start stop support survive vote win""".split()
)
_REFERRING = frozenset(
    "he him his she her hers it its they them their theirs this these those one ones so else same other".split()
)
_FEW = 3  # content words of a question that names nothing, up to which it is taken to lean on what was asked before


def is_piece(body: str, joins: bool) -> bool:
    """True for a piece of a question: "in Gaza?", "what about Haifa?", "by whom?", "when was that?"."""
    parsed = words(body)
    low = [plain(w) for w in parsed]
    core = body.strip(" ?!.").lower()
    if ABOUT.match(body) or _WHEN_WAS_THAT.fullmatch(core):
        return True
    if low[0] in _IMPERATIVES or any(
        plain(w) in AUXILIARY and not (w.start and w.written[0].isupper()) for w in parsed
    ):
        return False  # the "May" of "in May" is no verb
    if low[-1] == "else":
        return True
    asks = next((w for w in low[:2] if w in ASKING), None)
    if low[1:2] in (["many"], ["much"], ["few"]) and len(low) > 3 and is_past(low[-1]):
        return False  # "how many hectares burned" has a verb of its own
    if asks:
        bare = all(is_stop_word(w.written) for w in parsed)
        return (bare or asks in ("why", "how", "when", "where") or low[0] in PREPOSITIONS) and len(low) <= 4
    return (joins and len(low) <= 7) or (low[0] in PREPOSITIONS and len(low) <= 5)


def leans(body: str, joins: bool) -> bool:
    """True for a question that names nothing and says too little to be understood by itself."""
    parsed = words(body)
    low = [plain(w) for w in parsed]
    content = [w for w in parsed if not is_stop_word(w.written) and plain(w) not in _VAGUE]
    named = [w for w in content if w.start > 0 and (w.written[0].isupper() or w.written[0].isdigit())]
    if "else" in low:
        return True
    if named:
        rest = [plain(w) for w in content if w not in named]
        says = low[0] == "what" and low[-1] in ("say", "write")  # "what does the Gazette say?"
        return says if not rest else len(rest) == 1 and rest[0] in _STANCE
    if any("-" in body[a.end : b.start] for a, b in pairwise(parsed)):
        return len(content) <= _FEW - 1
    own = [p for p in phrases_of(body) if p.kind == "noun" and p.preposition in ("about", "against", "for", "of")]
    if any(not p.text.lower().startswith("the ") for p in own):
        return joins  # "what is said about polio" names its subject
    whole = any(p.preposition == "of" for p in phrases_of(body))  # "the budget of the monitoring mission"
    return len(content) <= (_FEW - whole) + joins * 2


def names_a_thing(body: str) -> bool:
    """True for a question that asks about a thing of its own, and points at nothing ("how is that split?")."""
    low = [plain(w) for w in words(body)]
    asks = not (ASKING | AUXILIARY).isdisjoint(low)
    told = ("about" in low and "more" not in low) or (len(low) > 1 and low[0] in _EXPLAINED)
    that = any(a in AUXILIARY | PREPOSITIONS and b == "that" for a, b in pairwise(low))
    if that or low[0] == "that" or not _REFERRING.isdisjoint(low) or not (asks or told):
        return False
    return any(plain(w) not in _VAGUE for p in phrases_of(body) for w in words(p.text))
