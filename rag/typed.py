"""A question as it was typed: what is asked at all."""

from rag.errors import UsageError

LONGEST_QUESTION = 4_000  # characters


def checked_question(question: str) -> str:
    """The question without the space around it. Raises UsageError when it is empty or overlong."""
    asked = " ".join(question.encode("utf-8", "ignore").decode().split())  # without halves of characters
    if not any(c.isalnum() for c in asked):
        raise UsageError("The question is empty.", 'Ask something, for example "What was agreed?".')
    if len(asked) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(asked):,} characters; at most {LONGEST_QUESTION:,} are read.",
            "Ask a shorter one, or ingest the text as a briefing and ask about it.",
        )
    return asked
