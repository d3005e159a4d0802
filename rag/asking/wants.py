"""Which kind of answer a question wants, by its words."""

import re
from typing import Literal

AnswerType = Literal["number", "date", "time", "full_name", "body", "person", "place", "where", "any"]

_COUNTED = r"\bhow (?:many|much|few)\b|\bnumber of\b|\b(?:what|which) (?:percentage|share|proportion) of\b"
# What stands before a "who" that asks; behind other words it tells which ones are meant: "nurses who fell ill".
_ASKS = (
    r"(?:and|or|but|so|by|to|for|from|with|of|about|on|against|at|know|me|us|say|says|said|see|is|was|it|out|exactly"
    r"|please|also|wonder|wondering|unclear|clear|learn|understand|explain|ask|asked|decide|decides|decided|hi|hello)"
)
# Persons and bodies that are asked for by what they are, in any number.
PERSONS = (
    r"(?:minister|official|leader|politician|judge|director|author|expert|scientist|researcher|commander|envoy"
    r"|negotiator)s?"
)
BODIES = (
    r"(?:(?:firm|manufacturer|organi[sz]ation|outlet|newspaper|bank|union|institute|court)s?"
    r"|(?:company|agency|ministry|party|university)|(?:compan|agenc|ministr|part|universit)ies)"
)
HOW_MANY = re.compile(_COUNTED, re.IGNORECASE)
# The first pattern that a question matches says what it wants. One of the strings before it must stand in the
# question in small letters: to find that out is much quicker.
_PATTERNS: tuple[tuple[AnswerType, tuple[str, ...], str], ...] = (
    (
        "number",
        ("how", "what", "which", "number"),
        rf"{_COUNTED}|\bhow (?:long|old|far|large|big|high|tall|wide|often)\b|\bnumber$|"
        r"\b(?:what|which) (?:number|percentage|share|proportion|amount|price|rate|total|sum|figure)\b",
    ),
    ("date", ("date", "day"), r"\b(?:what|which|exact|calendar) (?:calendar )?(?:date|day)\b|\bdate of\b"),
    (
        "time",
        ("when", "month", "year", "week", "time", "soon"),
        # not the clause of another question: "what will it cost when it is done"
        r"^(?:(?!\b(?:what|which|who|whom|whose|where|why|how|did|does|do|is|are|was|were|has|have|had|will|if)\b).)*"
        r"\bwhen\b|\b(?:what|which) (?:month|year|week|time)\b|\bhow soon\b",
    ),
    ("full_name", ("name",), r"\b(?<!in the )names? of\b|\bnamed? the (?=people|persons|members|hostages|victims)"),
    (
        "body",
        ("what", "which"),
        rf"\b(?:what|which) (?:(?!the\b)\w+ )?{BODIES}\b",
    ),
    (
        "person",
        ("what", "which", "who"),
        rf"(?:^|[,;:(] ?|\b{_ASKS} )(?!(?-i:WHO))who(?:m|se)?\b|\b(?!(?-i:WHO))who(?:m|se)?$"
        # not "what do officials say"
        r"|\b(?:what|which) (?:(?!(?:do|does|did|are|is|have|has|had|the)\b)\w+ )?"
        rf"(?:{PERSONS}|persons?|people|groups?|body|bodies|members?|authority|authorities)\b",
    ),
    (
        "place",
        ("countr", "cit", "town", "village", "capital"),
        r"\b(?:what|which) (?:countr|cit|town|village|capital)\w*",
    ),
    (
        "where",
        ("where", "place", "region", "area", "location"),
        r"\bwhere\b|\b(?:what|which) (?:place|region|area|location)\w*",
    ),
)
_WANTS = tuple((kind, some, re.compile(pattern, re.IGNORECASE)) for kind, some, pattern in _PATTERNS)


def wanted(text: str) -> AnswerType:
    """The kind of answer that the words of a question ask for; "any" where they leave it open."""
    lower = text.lower()
    asked = lower if text.isupper() else text  # "WHO" with capitals asks nothing, unless all have some
    likely = ((kind, pattern) for kind, some, pattern in _WANTS if any(map(lower.__contains__, some)))
    return next((kind for kind, pattern in likely if pattern.search(asked)), "any")
