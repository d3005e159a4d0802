"""Questions for general knowledge, which news seldom tells: “what are the symptoms of cholera?”, “how does a
vaccine work?”. They name nobody and no day, and nothing that was spoken of (“the vaccine”)."""

import re

from rag.asking.question import Question

_ONE = r"(?:an? |any )?(?!(?:the|this|that|these|those|it|them|his|her|its|our|their|your|my|each|both)\b)"
_LONGEST = 3  # words behind that, of which the first may be cut
_MANY = r"(?:an? [a-z]+|(?!(?:its|his|this)\b)[a-z]+s)"
_ASKS = re.compile(
    rf"(?:(?P<list>what (?:are|is) (?:the )?(?:\w+ )?[\w-]+ (?:of|for|in) {_ONE}[a-z]"
    r"|(?:list|name|give me) (?:all )?(?:the )?(?:\w+ )?[\w-]+ (?:of|for|in) (?!the\b(?! (?:world|earth)\b))[a-z])"
    rf"|how (?:do|can|should|would) (?:you|I|one|people)\b|(?:how|why) (?:do|does|can|are|is)"
    rf" {_MANY}\b|what (?:causes?|makes) {_ONE}[a-z]+(?: [a-z]+)?$)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|his|her|its|our|their)\b")


def is_general(question: Question) -> bool:
    """True for a question for what is so at any time and place."""
    asked = question.asked
    match = None if question.names or question.numbers or question.times else _ASKS.match(asked.strip())
    if match is None or _DEFINITE.search(asked, match.end()):
        return False
    return match["list"] is None or len(asked[match.end() :].split()) <= _LONGEST
