"""A reason for which a sentence is not supported by its quotes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why, for the reader; `sure` when the quotes speak against the sentence, False when code cannot tell."""

    sure: bool
    reason: str
