"""What is said to the program itself, and not asked of the briefings: greetings, thanks, requests for advice."""

import re

from rag.prompts import REFUSAL

NO_QUESTION = f"{REFUSAL} That is no question about what they report: ask them who, what, when, how many or why."

_GREETINGS = (
    r"(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening|day|night))(?: there| all| everyone| again)?",
    r"(?:many )?(?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| again)?"
    r"(?: for (?:that|this|everything|(?:your|the|all the) (?:help|answer)))?",
    r"how (?:are|have) you(?: been| doing)?(?: today)?",
)
_PHRASES = (
    *_GREETINGS,
    r"(?:that|this|it) (?:really )?help(?:s|ed)(?: a lot| (?:me )?very much)?",
    r"(?:that|this|it)(?: was|[’']s| is)(?: really| very| so| quite| most)? (?:helpful|great|useful|perfect|good"
    r"|nice|interesting|wonderful|amazing)",
    r"(?:very |really )?(?:great|perfect|nice|cool|ok|okay|good|excellent|wonderful|well done|got it|i see)"
    r"(?: job| work| answer| one)?",
    r"how(?:[’']s| is| was) (?:it going|everything|your (?:day|week|weekend|morning|evening)(?: going| so far)?)",
    r"(?:who|what) are you|are you (?:an? )?(?:bot|robot|ai|human|person|chatbot|machine|real)(?: person)?",
    r"what(?:[’']s| is) your name|what can you do(?: for me)?|how do you work|can you help(?: me)?|help(?: me)?",
    r"nice to meet you|(?:good)?bye(?: bye)?|see you(?: later| soon| tomorrow)?|sorry|please",
    r"have a (?:nice|good|great) (?:day|evening|weekend|one)",
)
_SMALL_TALK = re.compile(rf"\W*(?:{'|'.join(_PHRASES)})(?:\W+(?:and )?(?:{'|'.join(_PHRASES)}))*\W*", re.IGNORECASE)
_GREETING = re.compile(
    rf"(?:(?:{'|'.join(_GREETINGS)})[,.;:!?–-]+\s*)+"
    r"|(?:hi|hello|hey)(?: there)? (?=(?:please|tell|wh(?:at|ich|ose|om?|en|ere|y)|how|did|is|are|was|were)\b)",
    re.IGNORECASE,
)
_FOR_ADVICE = re.compile(
    r"(?:can|could|would|will) you (?:please |kindly |maybe )?(?:recommend|suggest) (?:me |us )?(?:a|an|some|any)\b"
    # why something happened, and what was written about it, briefings may say
    r"(?!.*\b(?:why|(?:reason|cause|explanation|briefing|article|report|document|source)s?)\b)"
    r"|(?:please )?tell (?:me|us) a (?:(?:joke|poem)\b|story\W*$)",
    re.IGNORECASE | re.DOTALL,
)


def is_small_talk(text: str) -> bool:
    """True for words that ask nothing of the briefings."""
    return bool(_SMALL_TALK.fullmatch(text) or _FOR_ADVICE.match(text))


def without_greeting(text: str) -> str:
    """A question without the greeting or thanks before it, whose words stand in no answer."""
    greeting = _GREETING.match(text)
    return text[greeting.end() :] if greeting and greeting.end() < len(text) else text
