"""Questions whether something is fair, wise or the like, and the sentences in which somebody judges so."""

import re

_TO_JUDGE = re.compile(
    r"(?!.*\b(?:fair|just|reasonable) to (?:say|state|assume|conclude|believe|call|expect)\b)"  # a fact
    r"(?:and |so |but )?(?:(?:do|would) you (?:think|say|agree)\b.*|(?:is|are|was|were)(?:n[’']t)? .*)"
    r"\b(?:(?:un|im)?(?:fair|just|justified|moral|ethical|wise|reasonable)|a (?:good|bad|great|terrible) idea"
    r"|a mistake|worth it)(?: (?:to|for|on|towards) [^?,]+)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_JUDGES = re.compile(
    r"\b(?:un|in)?(?:fair|justif|justice|ethic|wis(?:e|dom)\b|reasonabl|balanced|proportionate|legitima|favou?r)"
    r"|\bunjust|\b(?:im)?moral|\b(?:criti[cq]|prais|condemn|welcom|hail|slam|denounc|accus"
    r"|mistake|reckless|overly|one-sided|biased|too (?:far|much|little|harsh|soft)|(?:good|bad) idea|wrong\b)",
    re.IGNORECASE,
)


def asks_to_judge(text: str) -> bool:
    """True for a question whether something is fair, wise or the like: only somebody's judgement answers it."""
    return bool(_TO_JUDGE.fullmatch(text))


def judges(sentence: str) -> bool:
    """True for a sentence with somebody's judgement."""
    return _JUDGES.search(sentence) is not None
