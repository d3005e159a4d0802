"""Briefings are material, never orders: recognising sentences that speak to the program instead of the reader."""

import re

_ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b [^.]{0,40} \b(?:previous|prior|earlier|above|preceding|all|your)\b
        [^.]{0,30} \b(?:instruction|prompt|rule|message|direction|command)s?\b
    | \bnote \s to \s (?:the \s)? (?:assistant|model|ai|chatbot|llm|language \s model)\b
    | \b(?:begin|start|end|finish|preface|close) \s (?:every|each|all|your) \s (?:repl|answer|response|message)\w*
    | \bat \s the \s (?:end|start|beginning) \s of \s (?:every|each|all|your) \s (?:repl|answer|response)\w*
    | \b(?:reveal|print|repeat|output) \b [^.]{0,30} \b(?:your|hidden|system) \b [^.]{0,20}
        \b(?:prompt|instructions?|configuration)\b
    | \byou \s are \s now \s (?:in|an?|the)\b
    | </? \s* (?:system|assistant|user|inst|instructions?|prompt) \s* > | <\| | \[/?INST\]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SPEAKS_AS_SYSTEM = re.compile(
    r"\W*(?:system|developer|assistant|admin(?:istrator)?)(?: (?:message|notice|prompt|note|override))?\s*:",
    re.IGNORECASE,
)


def gives_orders(sentence: str, paragraph: str) -> bool:
    """True for a sentence that orders the program about, or stands in a paragraph posing as a system message.

    Such a sentence is shown where the briefing is read, but never taken for an answer.
    """
    return _ORDERS.search(sentence) is not None or _SPEAKS_AS_SYSTEM.match(paragraph) is not None
