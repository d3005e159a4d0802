"""Who is for or against something: how it is asked, and the words of a sentence that tell it."""

import re
from collections.abc import Mapping
from typing import Literal

from rag.words.phrases import AUXILIARY, PLEASE

Stance = Literal["opponents", "supporters"]

_BE = r"(?:(?:[’']s| is| are| was| were| has been| have been)(?: strongly| still| also)?)"
_SPEAK = r"(?: (?:(?:has |have )?c[ao]me|spoke|speaks?)(?: out)?)"
_ASKED_BY: Mapping[Stance, str] = {
    "opponents": r"(?: (?:oppos(?:es?|ed)|object(?:s|ed)? to|reject(?:s|ed)?|critici[sz](?:es?|ed)|condemn(?:s|ed)?"
    r"|denounc(?:es?|ed)|disagree[sd]? with|protest(?:s|ed)? against|does(?: not|n[’']t) (?:want|like|support))"
    rf"|{_BE} (?:against|opposed to|critical of|opposing|unhappy (?:with|about))|{_SPEAK} against)",
    "supporters": r"(?: (?:supports?|supported|back(?:s|ed)?|favou?r(?:s|ed)?|welcom(?:es?|ed)|prais(?:es?|ed)"
    r"|endors(?:es?|ed)|approv(?:es?|ed) of|defend(?:s|ed)?)"
    rf"|{_BE} (?:in favou?r of|supporting|supportive of|for(?! sure))|{_SPEAK} in favou?r of)",
}
TELLS: Mapping[Stance, str] = {  # how the words begin, one of which a sentence must hold
    "opponents": r"oppos(?!ite)|against|object(?:s\b|ed|ing|ion)|reject|critici|condemn|denounc|protest|disagree"
    r"|dissent|resist|refus|accus|attack|challeng|blam(?:e|ing)|complain|contest(?:s|ed|ing)|ruled out|turned down"
    r"|unhappy|angry|anger|outrag|disapprov|dismiss|deplor|regret|warn|quarrel|call(?:s|ed)\b|describ|no\b|too\b"
    r"|(?:does|do|did) not (?:want|like|accept|agree)|should have|will not|stop|block|scrap|abandon|cancel",
    "supporters": r"support|back(?:s\b|ed|ing)|favou?r|welcom|prais|endors|approv|defend|hail|applaud|called"
    r"|request|call(?:s|ed|ing) for|ask(?:s|ed|ing) (?:for|that|to)|asked\b|want|demand|propos|advocat|campaign"
    r"|recommend|urg|plead|accept|agree|satisf|glad|pleased|relie|describ|promis|press(?:es|ed|ing) for"
    r"|promot|sid(?:es|ed)",
}
_CLEARLY: Mapping[Stance, str] = {  # which say it by themselves
    "opponents": r"oppos(?!ite)|against|object(?:s\b|ed to|ing to|ion)|reject|critici|condemn|denounc|disagree"
    r"|dissent|(?:does|do|did) not (?:want|like)|protest|should have|scandal|disgrace|surrender|betray"
    r"|un(?:fair|just|acceptable|lawful|necessary)",
    "supporters": r"support|back(?:s|ed|ing)\b|favou?r|welcom|prais|endors|approv(?:es|ed) of|call(?:s|ed|ing) for"
    r"|ask(?:s|ed|ing) \b.{0,60}\bfor\b|wants?\b|demand|advocat|campaign|recommend",
}
_WHO = (
    r"(?:who(?: all| else| exactly)?|(?:which|what)(?! (?:the|an?)\b)"
    r"(?: (?!(?:is|are|was|were|do|does|did|has|have|to|for|the|voted)\b)[\w’'-]+){1,3}?)"
)
_QUESTIONS = tuple(
    (
        stance,
        re.compile(
            rf"\W{{0,3}}{PLEASE}{_WHO}{asked} (?:the |an? )?(?!(?:{'|'.join(sorted(AUXILIARY))})\b)"
            r"(?P<topic>[^?!“”\"(),:;]+?)(?: \((?P<carried>[^()]+)\))?[\s.?!]*",
            re.IGNORECASE,
        ),
    )
    for stance, asked in _ASKED_BY.items()
)
_CLEAR = {
    stance: re.compile(rf"\b(?<!without )(?<!no )(?:{told})", re.IGNORECASE) for stance, told in _CLEARLY.items()
}


def stance_asked(text: str) -> tuple[Stance, re.Match[str]] | None:
    """Who is asked for, the opponents or the supporters, and the question with its `topic`; None for another
    question."""
    for stance, question in _QUESTIONS:
        if match := question.fullmatch(text):
            return stance, match
    return None


def takes_stance(stance: Stance, sentence: str) -> bool:
    """True for a sentence that says plainly that somebody is for, or against, something."""
    return _CLEAR[stance].search(sentence) is not None
