"""Whether quotes hold what a sentence says: its values, its names, what it claims, and its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answers import Support
from rag.checks.denials import claim_doubts
from rag.checks.figures import figure_doubts
from rag.checks.naming import name_doubts
from rag.checks.roles import role_doubts
from rag.checks.statements import Doubt, Statements
from rag.words.amounts import is_measure
from rag.words.dates import is_calendar
from rag.words.folding import as_read, deception, fold
from rag.words.grammar import Token
from rag.words.spelling import spelt_alike
from rag.words.terms import content_words, term
from rag.words.values import CARDINALS, ORDINALS

MOST = 0.7  # share of a sentence's content words from which its quotes hold most of it
HARDLY = 0.34  # ... up to which they hold hardly any of it
_SYNONYM, _RELATED, _AROUND = 1.0, 0.5, 0.4
_PLAIN = str.maketrans("“”„‟«»‘’‚‛ʼ–—‑‐−\u00a0", '""""""\'\'\'\'\'-----\u0020')
_GLUED = re.compile(r"(?<=\d)(km|mm|cm|k?g|mg|[kmg]w|ml|ha|lbs?|ft|mph|kph|[gt]b|hrs?|mins?)\b", re.IGNORECASE)
_LIGHT = frozenset(
    term(w)
    for w in """said say says stated state reported report announced announce told tell added according noted
    described mention mentioned confirmed explained also total including include meanwhile currently people person
    number overall following additionally specifically briefing article document text statement
    get give make take go come put let use do happen keep remain stay hold become leave
    old expect fewer less more least most under over due around roughly nearly almost a.m p.m am pm""".split()
)
_SPANS = frozenset(term(w) for w in "minute hour day week month quarter year decade century".split())
_PLACED = frozenset("this last next same past coming following previous each every per".split())


@dataclass(frozen=True, slots=True)
class SupportCheck:
    """How far quotes support a sentence, and what speaks against it or could not be told, for the reader."""

    support: Support
    reason: str | None


def check_support(sentence: str, quotes: Sequence[str], around: Sequence[str] = ()) -> SupportCheck:
    """How far the quotes hold what the sentence says.

    `around` is context that may explain a quote (title, section, source, date written out, the cited paragraphs);
    nothing is supported by it alone. Words that are part of a quote are always supported.
    """
    if not content_words(sentence):
        return SupportCheck("unsupported", "it says nothing that could be checked")
    if not any(content_words(q) for q in quotes):
        return SupportCheck("unsupported", "no quote stands behind it")
    if sentence in quotes:
        return SupportCheck("supported", None)
    tricked = deception(sentence)
    if tricked:
        return SupportCheck("unsupported", tricked)
    if _is_verbatim(sentence, quotes):
        return SupportCheck("supported", None)
    said, held, context = _plain(sentence), [_plain(q) for q in quotes], [_plain(a) for a in around]
    statements = Statements(said, held)
    doubts = [
        *figure_doubts(said, held, context),
        *name_doubts(said, held, context),
        *claim_doubts(statements),
        *role_doubts(statements),
        *_words(said, statements, context),
    ]
    for sure in (True, False):
        for doubt in doubts:
            if doubt.sure is sure:
                return SupportCheck("unsupported" if sure else "unchecked", doubt.reason)
    return SupportCheck("supported", None)


def _plain(text: str) -> str:
    return spelt_alike(_GLUED.sub(r" \1", " ".join(as_read(text).translate(_PLAIN).split())))


def _is_verbatim(sentence: str, quotes: Sequence[str]) -> bool:
    sought = fold(sentence.strip()).text.strip(" '.")
    for quote in quotes:
        whole = f" {fold(quote).text} "
        at = whole.find(sought)
        if at > 0 and not whole[at - 1].isalnum() and not whole[at + len(sought)].isalnum():
            # the beginning of a sentence must be one there too, or a denial could be cut off
            return whole[:at].strip(" '") == "" or whole[:at].rstrip(" '")[-1:] in ".!?:;"
    return False


def _is_counted(span: Token) -> bool:
    """True for "three weeks" and "last week", which are judged as amounts and as times."""
    left = span.left.lower()
    return left[:1].isdigit() or left in CARDINALS or left in ORDINALS or left in _PLACED


def _words(said: str, statements: Statements, around: Sequence[str]) -> list[Doubt]:
    """How many of the sentence's content words the quotes hold."""
    known = {t.base for some in statements.quoted for t in some}
    near = {w.term for a in around for w in content_words(a)}
    score, total, unsaid = 0.0, 0, ""
    for i, token in enumerate(statements.said):
        written = token.word.written
        if (token.base in _LIGHT and token.base not in known) or is_measure(written) or is_calendar(written):
            if token.base in _SPANS and token.base not in known and not _is_counted(token):
                unsaid = unsaid or written  # "within weeks": nobody said when
            continue
        total += 1
        if token.base in known or written[0].isdigit():
            score += 1.0
        elif statements.synonyms(i) or statements.matches(i) or statements.opposed(i):
            score += _SYNONYM
        elif token.is_name:
            score += 1.0  # judged as a name
        elif statements.related(i):
            score += _RELATED
        elif token.base in near:
            score += _AROUND
        else:
            unsaid = unsaid or written
    share = score / total if total else 0.0
    if share <= HARDLY:
        return [Doubt(True, "its quotes speak of other things")]
    if share < MOST:
        return [Doubt(False, "its wording is far from that of its quotes")]
    if unsaid:
        return [Doubt(False, f"its quotes do not say “{unsaid}”")]
    return []
