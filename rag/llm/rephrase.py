"""Follow-up questions put in full by a language model, and by rules where it fails or makes something up."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from rag.asking.followup import Standalone, Turn, standalone
from rag.llm.chat import ChatModel, Prompt
from rag.llm.helper import written
from rag.prompts import REWRITE
from rag.words.terms import content_words, visible

_LONGEST = 400  # characters of a question that a model may make of another
_LATEST = 4  # turns that it is shown
_OF_AN_ANSWER = 600  # characters that it is shown of an answer


class Rephraser:
    """Makes questions understandable by themselves, with a language model."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def standalone(self, question: str, history: Sequence[Turn]) -> Standalone:
        """The question in full, made of words of the conversation alone; else what the rules make of it.

        The first question of a conversation costs no request. Never raises ModelError.
        """
        by_rules = standalone(question, history)
        if not history:
            return by_rules
        nonce = secrets.token_hex(8)
        told = "\n".join(_told(turn) for turn in history[-_LATEST:])
        prompt = Prompt(
            REWRITE.format(nonce=nonce), f"{nonce}\n{told}\n{nonce}\n\nLast question: {question}", None, nonce
        )
        reply = written(self._model, prompt, 2 * _LONGEST)
        text = " ".join(visible(reply.text).strip("\"'“” \n").split())
        if reply.problem or not _is_made_of(text, question, history):
            return replace(by_rules, usage=reply.usage)
        if text == question:
            return Standalone(question, question, usage=reply.usage)
        own = {w.term for w in content_words(question)}
        carried = (w.written for w in content_words(text) if w.term not in own)
        return Standalone(question, text, tuple(dict.fromkeys(carried)), reply.usage)


def _told(turn: Turn) -> str:
    answer = visible(turn.answer)[:_OF_AN_ANSWER] or "(not answered)"
    return f"Question: {turn.question}\nAnswer: {answer}"


def _is_made_of(text: str, question: str, history: Sequence[Turn]) -> bool:
    """True for one line that holds no word of substance which the conversation does not hold."""
    if not text or len(text) > _LONGEST:
        return False
    said = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    known = {w.term for w in content_words(said)}
    return all(w.term in known for w in content_words(text))
