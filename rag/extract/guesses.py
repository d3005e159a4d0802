"""Which choices are mere guesses, in the place of which it is better to say that the briefings do not say."""

import re
from collections.abc import Sequence

from rag.asking.general import is_general
from rag.asking.overviews import Wanted
from rag.asking.question import Question
from rag.extract.aspects import utters
from rag.extract.candidates import Candidate
from rag.extract.choice import Choice
from rag.extract.evidence import EvidenceScorer
from rag.extract.readings import ReadText
from rag.words.terms import content_words

_HEAD = re.compile(
    r"(?:what (?:are|is)|list|name|give me) (?:all )?(?:the )?(?:\w+ )?(?P<head>[\w-]+) (?:of|for|in) ",
    re.IGNORECASE,
)


def is_guess(
    scorer: EvidenceScorer,
    parts: Sequence[Question],
    of: Wanted | None,
    loose: Wanted | None,
    choice: Choice,
    candidates: Sequence[Candidate],
) -> bool:
    """True for a choice that tells nothing of what is requested, for certain or perhaps (`loose`): a doubtful one,
    also of general knowledge, or what somebody says in briefings that hold no word of what he is asked about."""
    if choice.doubtful:
        of_source = of is None or not of.who or any(of.may_tell(c.briefing) for c in candidates)
        return (of is not None and of_source) or _is_unsaid(loose, choice) or all(map(is_general, parts))
    if any(map(is_general, parts)) and not all(_holds_head(part, choice) for part in parts):
        return True
    if not choice.chosen or loose is None or loose.aspect != "sayings":
        return False
    told = {one.candidate.briefing.briefing_id for one in choice.chosen}
    beside = [c for c in candidates if c.briefing.briefing_id in told]
    return len(scorer.unsaid(loose.topic, beside)) == len(loose.topic.subject) > 0


def _is_unsaid(loose: Wanted | None, choice: Choice) -> bool:
    """True where it is perhaps asked who is for or against something, or what somebody says, who in the first
    sentence of the choice says nothing."""
    if loose is None or loose.aspect not in ("sayings", "opponents", "supporters"):
        return False
    said = [utters(one.candidate.text, loose.by.rsplit(" ", 1)[-1]) for one in choice.chosen[:1]]
    return loose.aspect != "sayings" or not any(said)


def _holds_head(question: Question, choice: Choice) -> bool:
    """False for a choice in whose paragraphs, and the headings above them, what is asked for is not named: the
    "symptoms" of something."""
    match = _HEAD.match(question.asked.strip())
    if match is None:
        return True
    asked = {w.term for w in content_words(match["head"])}
    places = [one.candidate for one in choice.chosen]
    told = (f"{c.briefing.text[c.paragraph.start : c.paragraph.end]} {c.paragraph.section or ''}" for c in places)
    return any(asked <= ReadText.of(text).terms.keys() for text in told)
