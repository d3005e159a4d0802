"""Facts that a question asks for by their kind, which no sentence tells without one of a few words: who owns or
made it, who comes after somebody, who is married, where somebody was born or is buried."""

import re

from rag.asking.question import Question

_KINDS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(tells, re.IGNORECASE))
    for asks, tells in (
        (
            r"\bwho (?:owns?|owned)\b|\b(?:which|what) (?:\w+ )?\w+ owns?\b",
            r"\b(?:co-)?own(?:s|ed|er|ers|ership|ing)?\b|[’']s\b"
            r"|\b(?:belong|propert|subsidiar|shareh|stake|bought|buy|sold|acqui|controll|family|private|national)",
        ),
        (
            r"\bwho (?:\w+ )?(?:painted|wrote|composed|designed|drew|sculpted|carved|directed|invented)\b",
            r"\bby\b|\b(?:paint|writ|wrote|compos|design|dr[ae]w|sculpt|carv|direct|invent|author|architect|artist"
            r"|work of|creat|made)",
        ),
        (
            r"\bwho\b.*\b(?:succeeds?|replaces?|tak(?:e|es|ing) over from)\b",
            r"\b(?:succe|replac|follow|heir|appoint|elect|next|candidate|tak(?:e|es|ing) over|took over)",
        ),
        (
            r"\bmarried\b",
            r"\b(?:marri|wife|wives|husband|spouse|wed|divorc|widow|fianc|partner|single|bachelor|engaged)",
        ),
        (r"\bborn\b", r"\b(?:born|birth|native|grew up|raised|comes? from|came from|hails?|child|son|daughter)"),
        (
            r"\bburied\b",
            r"\b(?:buri|grave|funeral|cemeter|churchyard|tomb|rest\b|remains|lies|interred|cremat|ashes|sea\b)",
        ),
    )
)


def told_matters(question: Question) -> list[re.Pattern[str]]:
    """What a sentence must hold to tell the facts that a question asks for."""
    return [tells for asks, tells in _KINDS if asks.search(question.asked)]
