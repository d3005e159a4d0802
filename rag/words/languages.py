"""Whether a question is in another language than the texts found for it: told only where it is certain."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from rag.words.terms import is_stop_word, written_words

# The small words of a question. What is an English one, too ("was", "is"), says nothing.
_SMALL: Mapping[str, frozenset[str]] = {
    name: frozenset(some.split())
    for name, some in {
        "German": """wer was wann wo warum wie wieso welche welcher welches wessen wem wen viele ist sind war waren
        hat haben wurde wurden wird werden der die das den dem des ein eine einen einem und oder nicht im von zu zum
        zur mit für über auf bei nach gibt kann es""",
        "French": """qui que quoi quand où pourquoi comment combien quel quelle quels quelles est sont était étaient
        été a ont avait avaient fut le la les l un une des du de d et ou pas dans en sur avec pour par au aux ce
        cette il elle ils elles est-ce qu'est-ce""",
        "Spanish": """quién quiénes qué cuándo dónde cómo cuánto cuánta cuántos cuántas cuál cuáles es son fue
        fueron era eran ha han hay está están el la los las un una unos unas del de al y o no en con por para se su
        sobre quien que cuando donde como cuantos cuantas cual""",
        "Portuguese": """quem que quando onde como quanto quanta quantos quantas qual quais é são foi foram era eram
        tem têm há o a os as um uma do da dos das de no na nos nas ao e ou não em com por para se sobre está""",
        "Italian": """chi che cosa quando dove perché come quanto quanta quanti quante quale quali è sono era erano
        fu stato stati stata state ha hanno il lo la i gli le un una del della dei delle di al alla e o non in con
        per su si nel nella sul""",
        "Dutch": """wie wat wanneer waar waarom hoe hoeveel welke welk is zijn was waren heeft hebben werd werden
        wordt de het een van en of niet in op met voor over bij naar uit er dat die""",
    }.items()
}
_LATIN = "LATIN"
_FEWEST = 2  # small words of a language that say which one it is
_OFTEN = 0.1  # share of a text's words from which they are its language


def is_in_another_language(question: str, texts: Sequence[str]) -> bool:
    """True for a question in a language, or in letters, that none of these texts has; False when there are none."""
    if not texts:
        return False
    if not question.isascii() and (most := _most_letters(question)) != _LATIN:
        return not any(alphabet_of(c) == most for text in texts for c in text if ord(c) > 127 and c.isalpha())
    asked = [w.lower() for w in written_words(question.replace("’", "' ").replace("'", "' "))]
    for small in _SMALL.values():
        own = [w for w in asked if w in small and not is_stop_word(w)]
        english = [w for w in asked if w not in small and is_stop_word(w)]
        if len(own) >= max(_FEWEST, len(english) + 1):
            return not any(_is_in(small, text) for text in texts)
    return False


def _is_in(small: frozenset[str], text: str) -> bool:
    said = [w.lower() for w in written_words(text)]
    return sum(w in small and not is_stop_word(w) for w in said) > _OFTEN * len(said)


def _most_letters(text: str) -> str:
    """The alphabet of most letters of a text; "LATIN" where it has none."""
    letters = Counter(map(alphabet_of, filter(str.isalpha, text)))
    return letters.most_common(1)[0][0] if letters else _LATIN


def alphabet_of(letter: str) -> str:
    """The alphabet of a letter, which its Unicode name begins with: "LATIN", "CYRILLIC", "ARABIC", "CJK"."""
    return _LATIN if letter < "\u0250" else unicodedata.name(letter, "?").partition(" ")[0]
