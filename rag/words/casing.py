"""Questions typed without capitals, or in capitals only, written as the briefings write their words."""

import re
from collections import Counter
from collections.abc import Iterable

from rag.words.terms import is_stop_word, term, words

# Words that begin no sentence, and name none of a series ("Bulletin No. 1").
_INSIDE = re.compile(r"(?:(?<=[^\W\d_] )|(?<=[,;] )|(?<=\b[MD][rs]\. ))[^\W\d_]\w*\b(?! No\b)")
_MOST_PLAIN = 0.2  # how often a name may stand in small letters, too, for each time that it stands with a capital


def cased(question: str, texts: Iterable[str]) -> str:
    """The question with a capital on every word that these texts give one inside their sentences; as it is when it
    has capitals of its own. Its length stays."""
    question = quiet(question)
    parsed = words(question)
    if any(w.written[0].isupper() for w in parsed if w.written != "I"):
        return question
    asked = {w.term for w in parsed if not is_stop_word(w.written)}
    capital: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for text in texts:
        for written in _INSIDE.findall(text):
            if (key := term(written)) in asked:
                (capital if written[0].isupper() else plain)[key] += 1
    letters = list(question)
    for word in parsed:
        if word.term in asked and capital[word.term] and plain[word.term] <= _MOST_PLAIN * capital[word.term]:
            upper = letters[word.start].upper()
            letters[word.start] = upper if len(upper) == 1 else letters[word.start]
    return "".join(letters)


def quiet(question: str) -> str:
    """A question of capital letters only in small ones; any other as it is. Its length stays."""
    if not question.isupper():
        return question
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in question)
