"""Requests to write something new, as only a language model can: "draft an e-mail about it", "translate it"."""

import re

from rag.words.phrases import PLEASE

NOTHING_WRITTEN = (
    "Without a language model nothing is written or translated: the briefings are quoted in their own words. Ask "
    "what they say: “tell me about …”, “key points of …”."
)
_PIECE = (
    r"(?:e-?mail|letter|tweet|(?:social media |blog )?post|press release|news release|memo|speech|poem|song|haiku"
    r"|essay|blog|op-?ed|editorial|script|joke|story|press statement|statement|headline|slogan|slide|presentation"
    r"|talking point|toast|limerick|newsletter)"
)
_OF = r"(?:of|on|about|for|from|to|in|by|with|and|the)"  # behind which stands what briefings tell of
_TASK = re.compile(
    rf"\W*{PLEASE}(?:(?:draft|compose|write|create|prepare|make|produce|generate)(?: (?:me|us|up))*"
    rf" (?:an?|the|some|\w+) (?:(?!{_OF} )[\w-]+ ){{0,3}}?{_PIECE}s?\b"
    r"|(?:translate|rephrase|paraphrase|proofread|rewrite|reword)\b)",
    re.IGNORECASE,
)


def asks_to_write(text: str) -> bool:
    """True for a request to write or translate something."""
    return _TASK.match(text) is not None
