"""A short briefing with an answer that cites it twice, for the tests of what is shown of an answer."""

from dataclasses import replace
from datetime import date

from rag.answers import Answer, Citation, Sentence
from rag.briefings import Briefing, Paragraph

#        0         1         2         3
#        0123456789012345678901234567890123456789
TEXT = "Talks began.\n\nNine ships left. Two stayed."
BRIEFING = Briefing(
    "talks", "Talks", date(2031, 5, 3), "Courier", TEXT, "0" * 64,
    paragraphs=(Paragraph(1, 0, 12), Paragraph(2, 14, 42, "Ships")),
)  # fmt: skip
NINE = Citation(1, "talks", "Talks", date(2031, 5, 3), "Courier", "Ships", 2, "Nine ships left.", 14, 30, "exact")
TWO = replace(NINE, number=2, quote="Two stayed.", start=31, end=42)
ANSWER = Answer(
    "who left?", "who left?", (Sentence(NINE.quote, (1,), "supported"), Sentence(TWO.quote, (2,), "supported")),
    (NINE, TWO),
)  # fmt: skip
