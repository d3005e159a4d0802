"""Sentences and quotes made wrong in one way each; None where the way does not apply."""

import re
import unicodedata

from evals.match import dates_in, plain, unsupported_dates, unsupported_numbers

_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|may)\b")
_UNIT = re.compile(r"(?<=\d )(?:per cent|percent|tonnes|crowns|metres|kilometres|miles|hours|days|weeks|years)\b")
_LOOKALIKES = {"a": "а", "e": "е", "o": "о"}  # Latin to Cyrillic


def digit(text: str, paragraph: str) -> str | None:
    """One digit of a number other than in the source, where that makes a number the paragraph lacks."""
    text = plain(text)
    spans = dates_in(text)
    for match in re.finditer(r"(?<![\w.,-])\d[\d,]*\b", text):
        if any(s.start <= match.start() < s.end for s in spans):
            continue
        for other in "123456789":
            mutant = text[: match.start()] + other + text[match.start() + 1 :]
            if mutant != text and unsupported_numbers(other + match.group()[1:], [paragraph]).missing:
                return mutant
    return None


def day(text: str, paragraph: str) -> str | None:
    """One day of a month other than in the source, where the paragraph lacks that day."""
    for match in re.finditer(r"\b(\d{1,2})(?= [A-Z][a-z]+\b)", text):
        for other in (int(match[1]) % 28 + 1, (int(match[1]) + 6) % 28 + 1):
            mutant = text[: match.start()] + str(other) + text[match.end() :]
            if (
                dates_in(plain(match.group() + text[match.end() :][:12]))
                and unsupported_dates(mutant, [paragraph]).missing
            ):
                return mutant
    return None


def unit(text: str, paragraph: str) -> str | None:
    """One unit of a number exchanged for another."""
    return (
        _UNIT.sub(lambda m: "minutes" if m.group() != "minutes" else "tonnes", text, count=1)
        if _UNIT.search(text)
        else None
    )


def negated(text: str, paragraph: str) -> str | None:
    """The first statement denied, or its denial taken back."""
    if re.search(r"\bnot ", text):
        return re.sub(r"\bnot ", "", text, count=1)
    match = _AUXILIARY.search(text)
    return f"{text[: match.end()]} not{text[match.end() :]}" if match else None


def paraphrased(text: str, paragraph: str) -> str | None:
    """The sentence's words in another order, in quotation marks."""
    words = re.sub(r"[“”\"]", "", text).split()
    return (
        f"The report says: “{' '.join(words[len(words) // 2 :] + words[: len(words) // 2])}”"
        if len(words) > 3
        else None
    )


def edited(quote: str) -> str:
    """One character of the quote exchanged."""
    middle = len(quote) // 2
    return quote[:middle] + ("x" if quote[middle] != "x" else "y") + quote[middle + 1 :]


def stitched(quote: str) -> str | None:
    """The beginning and the end of the quote put together without what stands between."""
    third = len(quote) // 3
    return quote[:third] + quote[-third:] if third > 8 else None


def retyped(quote: str) -> str | None:
    """The quote with typewriter quotation marks and hyphens made typographic, or the other way round."""
    curly = quote.translate(str.maketrans("“”‘’–", "\"\"''-"))
    return curly if curly != quote else quote.replace("'", "’").replace('"', "”")


def lookalikes(quote: str) -> str:
    """The quote with Cyrillic letters that look like its Latin ones."""
    return "".join(_LOOKALIKES.get(letter, letter) for letter in quote)


def decomposed(quote: str) -> str:
    """The quote with its accents as characters of their own."""
    return unicodedata.normalize("NFD", quote)
