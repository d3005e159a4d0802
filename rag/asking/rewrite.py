"""An earlier question asked again with something changed: "and in Haifa?", "why?", "who else?"."""

import re

from rag.asking.places import placed_elsewhere
from rag.words.phrases import ASKING, AUXILIARY, DO, Phrase, phrases_of, plain
from rag.words.terms import Word, words
from rag.words.values import MONTHS, month_of
from rag.words.verbs import BE, is_past

_ASKS_FOR = {"anyone": "who", "anybody": "who", "someone": "who", "who": "who", "anything": "what",
             "something": "what", "what": "what", "anywhere": "where", "where": "where"}  # fmt: skip
_ELSE = re.compile(rf"(?:{'|'.join(_ASKS_FOR)}) else", re.IGNORECASE)
_BARE = re.compile(
    r"(why|when|where|how)(?: exactly)?(?: (?:was|is|were|did|does|will|has|had|would) (?:that|this|it)"
    r"(?: (?:happen(?:ed)?|be|been|so|the case))?)?",
    re.IGNORECASE,
)
_JOINED = re.compile(rf", and (?:\w+ )?(?:{'|'.join(sorted(ASKING))})(?: \S+){{0,3}}$", re.IGNORECASE)
_SHIFT = re.compile(
    r"(?:in )?(?:the )?(?:(?P<unit>year|month) (?P<way>before|after|earlier|later)|"
    r"(?P<first>previous|preceding|prior|last|next|following) (?P<of>year|month))",
    re.IGNORECASE,
)
_PLACED = frozenset("in at on near off".split())
_BACK = frozenset("before earlier previous preceding prior last".split())


def asked_with(previous: str, fragment: str) -> str | None:
    """The previous question about what the fragment names ("in Haifa", "Qatar", "the year before").

    The fragment takes the place of what stood there, or is added if it tells where or when. One that names nothing
    ("the third one") is asked together with the previous question; None when the place of another cannot be told.
    """
    parts = phrases_of(fragment)
    found = phrases_of(previous)
    if shift := _SHIFT.fullmatch(fragment):
        moved = _shifted(previous, found, shift)
        return moved or joined(previous, fragment)
    if other := placed_elsewhere(previous, fragment):
        return other
    if not parts or re.search(r"\bones?\b", fragment, re.IGNORECASE):
        return joined(previous, fragment)
    if other := _done_otherwise(previous, fragment):
        return other
    head = parts[0]
    core = re.sub(r" \([^()]*\)[\s?!.]*$", "", previous)
    slot = _slot([p for p in found if p.end <= len(core)], head)
    if slot is None:
        if head.kind == "time" or fragment.lower().startswith(f"{head.preposition or '?'} "):
            return _appended(previous, fragment)
        return None
    start = slot.start
    if head.preposition and slot.preposition:
        start = previous[: slot.start].rstrip().rfind(" ") + 1
    new = fragment
    if slot.text.lower().startswith("the ") and not head.preposition and head.kind == "noun":
        new = fragment if fragment.lower().startswith(("the ", "a ", "an ")) else f"the {fragment}"
    if slot.plural and head.plural and slot.asked and not head.preposition and _is_modifier(slot, head):
        last = words(slot.text)[-1]  # "cholera cases", asked of deaths
        at = slot.start + slot.text.rindex(last.written)
        return previous[:at] + fragment + previous[slot.end :]
    if not head.preposition and head.kind == slot.kind == "noun" and _is_modifier(slot, head):
        first = words(slot.text.removeprefix("the "))[0]
        at = slot.start + slot.text.index(first.written)
        return previous[:at] + fragment + previous[at + len(first.written) :]
    return previous[:start] + new + previous[slot.end :]


def _done_otherwise(previous: str, fragment: str) -> str | None:
    """ "How many were destroyed?" of "how many were found?"; None for another piece than a participle."""
    parsed = words(previous)
    if " " in fragment or not is_past(fragment.lower()):
        return None
    verbs = [w for i, w in enumerate(parsed) if i and is_past(plain(w)) and not w.written[0].isupper()]
    passive = [w for w in verbs if any(plain(b) in BE for b in parsed if b.end <= w.start)]
    return f"{previous[: passive[-1].start]}{fragment}{previous[passive[-1].end :]}" if passive else None


def _appended(previous: str, fragment: str) -> str:
    """ "How many were hurt in Haifa?" of "How many were hurt?", in front of what stands in brackets."""
    end = re.search(r"(?: \([^()]*\))?[\s?!.]*$", previous)
    at = end.start() if end else len(previous)
    return f"{previous[:at]} {fragment}{previous[at:]}"


def asked_again(previous: str, fragment: str) -> str:
    """The previous question asked for something else: "why", "since when", "who else", "when was that"."""
    if _ELSE.fullmatch(fragment):
        asking = _ASKS_FOR[fragment.lower().removesuffix(" else")]
        if previous.lower().startswith(f"{asking} ") and " else " not in previous.lower():
            return f"{previous[: len(asking)]} else{previous[len(asking) :]}"
        return joined(previous, fragment)
    if fragment.lower() == "why not" and (denied := _denied(previous)):
        return f"Why {denied}"
    match = _BARE.fullmatch(fragment)
    if match:
        again = _inverted(previous, match[1].capitalize())
        if again:
            return again
    return joined(previous, fragment)


def joined(previous: str, fragment: str) -> str:
    """Both asked in one sentence: "Which crossings reopen, and why?", without what was joined to it before."""
    alone = _JOINED.sub("", previous.rstrip(" ?!."))
    return f"{alone}, and {fragment}?"


def _denied(previous: str) -> str | None:
    """ "Did Egypt agree?" as "did Egypt not agree?"; None where no subject stands behind its verb."""
    first = plain(words(previous)[0])
    subject = next((p for p in phrases_of(previous) if p.subject), None)
    if first not in AUXILIARY or subject is None:
        return None
    return f"{previous[0].lower()}{previous[1 : subject.end]} not{previous[subject.end :]}"


def _inverted(previous: str, asking: str) -> str | None:
    """ "Did Egypt agree?" or "How many people were hurt?", asked for the reason, time, place or manner."""
    parsed = words(previous)
    first = plain(parsed[0])
    if first in AUXILIARY:
        return f"{asking} {previous[0].lower()}{previous[1:]}"
    if len(parsed) < 3:
        return None
    second = plain(parsed[1])
    if first in ("why", "when", "where", "how") and second in AUXILIARY:
        return asking + previous[parsed[0].end :]
    if first in ("what", "who", "whom") and second in DO:
        return asking + previous[parsed[0].end :]
    at = next((i for i, w in enumerate(parsed[:7]) if plain(w) in AUXILIARY), None)
    counted = 2 if (first, second) in (("how", "many"), ("how", "much")) else 1 if first in ("which", "what") else 0
    if not at or not counted or at <= counted or at + 1 >= len(parsed) or plain(parsed[at]) in DO:
        return None
    following = parsed[at + 1]
    if following.written[0].isupper() or plain(following) in ("the", "a", "an", "this", "that"):
        return None
    thing = previous[parsed[counted].start : parsed[at - 1].end]
    article = "the " if first == "which" else ""
    return f"{asking} {plain(parsed[at])} {article}{thing}{previous[parsed[at].end :]}"


def _slot(found: list[Phrase], head: Phrase) -> Phrase | None:
    """The phrase of the previous question that a fragment changes, or None when it cannot be told."""
    if head.kind == "time":
        return next((p for p in reversed(found) if p.kind == "time"), None)
    others = [p for p in found if p.kind != "time" and not p.asked] or [p for p in found if p.kind != "time"]
    if head.preposition:
        same = [p for p in others if p.preposition == head.preposition]
        alike = [p for p in same if p.kind == head.kind]
        fitting = alike or (same if head.kind == "noun" or len(same) == 1 else [])
        return fitting[-1] if fitting else None
    alike = [p for p in others if p.kind == head.kind]
    if called := [p for p in others if _last_word(p) == _last_word(head)]:
        return called[-1]  # "the No side", asked of the Yes side
    if head.kind == "name":
        people = [p for p in alike if p.person]
        fitting = people if head.person and people else alike
        located = [p for p in others if p.preposition in _PLACED]
        if not fitting and not head.person and len(located) == 1:
            return located[0]  # "in the strait", asked of Skarne Roads
        return fitting[-1] if fitting else None
    alike = [p for p in alike if p.plural == head.plural]
    subjects = [p for p in others if p.subject and (p.kind == "noun" or p.person or p.speaks)]
    if head.text.lower().startswith("the ") and subjects:
        return subjects[0]
    if len(alike) == 1:
        return alike[0]
    if len(others) == 1 and others[0].kind == "noun":
        return others[0]
    return next((p for p in alike if p.subject), None)


def _last_word(phrase: Phrase) -> str:
    return words(phrase.text)[-1].term


def _is_modifier(slot: Phrase, head: Phrase) -> bool:
    """True for "cod quota", of which "herring" changes the first word only."""
    return len(words(slot.text.removeprefix("the "))) > 1 and len(words(head.text)) == 1


def _shifted(previous: str, found: list[Phrase], shift: re.Match[str]) -> str | None:
    unit = (shift["unit"] or shift["of"]).lower()
    step = -1 if (shift["way"] or shift["first"]).lower() in _BACK else 1
    for word in reversed(words(previous)):
        new = _moved(word, unit, step)
        if new:
            return previous[: word.start] + new + previous[word.end :]
    return None


def _moved(word: Word, unit: str, step: int) -> str | None:
    if unit == "year" and re.fullmatch(r"(?:18|19|20|21)\d\d", word.written):
        return str(int(word.written) + step)
    month = month_of(word.written) if unit == "month" and word.written[0].isupper() else None
    return MONTHS[(MONTHS.index(month) + step) % 12].capitalize() if month else None
