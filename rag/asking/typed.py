"""A question as it was typed: what is asked at all."""

import unicodedata

from rag.errors import UsageError

LONGEST_QUESTION = 4_000  # characters


def checked_question(question: str) -> str:
    """The question without the space around it, each letter one with its accent. Raises UsageError when it is empty
    or overlong."""
    whole = question.encode("utf-8", "ignore").decode()  # without halves of characters
    asked = " ".join(unicodedata.normalize("NFC", whole).split())
    if not any(c.isalnum() for c in asked):
        raise UsageError("The question is empty.", 'Ask something, for example "What was agreed?".')
    if len(asked) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(asked):,} characters; at most {LONGEST_QUESTION:,} are read.",
            "Ask a shorter one, or ingest the text as a briefing and ask about it.",
        )
    return asked
