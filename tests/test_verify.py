"""Only exact quotes inside their paragraph survive, and no sentence is called supported that they do not hold."""

from dataclasses import replace
from datetime import date

from rag.answers import Answer, Citation, Sentence
from rag.briefings import Briefing, Paragraph
from rag.verify import DROPPED, renumbered, surroundings, verified

#        0         1         2         3
#        0123456789012345678901234567890123456
TEXT = "Talks began.\n\nNine ships left on May 3."
BRIEFING = Briefing(
    "talks", "Talks", None, "Courier", TEXT, "0" * 64, paragraphs=(Paragraph(1, 0, 12), Paragraph(2, 14, 39))
)
GOOD = Citation(1, "talks", "Talks", None, "Courier", None, 2, "Nine ships left", 14, 29, "exact")


def answer(*citations: Citation) -> Answer:
    sentences = tuple(Sentence(c.quote, (c.number,), "supported") for c in citations)
    return Answer("q", "q", sentences, citations)


def test_an_exact_quote_passes_unchanged() -> None:
    asked = answer(GOOD)
    assert verified(asked, {"talks": BRIEFING}) is asked


def test_one_changed_character_loses_the_sentence() -> None:
    bad = replace(GOOD, number=1, quote="Five ships left")
    checked = verified(answer(bad, replace(GOOD, number=2)), {"talks": BRIEFING})
    assert [s.text for s in checked.sentences] == ["Nine ships left"]
    assert [c.number for c in checked.citations] == [1]
    assert checked.notices == (DROPPED,)


def test_a_quote_outside_the_paragraph_it_names_is_refused() -> None:
    assert verified(answer(replace(GOOD, paragraph=1)), {"talks": BRIEFING}).abstained


def test_a_paragraph_that_does_not_exist_is_refused() -> None:
    for number in (0, 3, -1):
        assert verified(answer(replace(GOOD, paragraph=number)), {"talks": BRIEFING}).abstained


def test_a_briefing_that_is_gone_leaves_an_abstention_with_its_reason() -> None:
    checked = verified(answer(GOOD), {})
    assert checked.abstained
    assert checked.reason
    assert not checked.citations


def test_numbers_follow_first_use_and_unused_citations_go() -> None:
    three = tuple(replace(GOOD, number=n) for n in (1, 2, 3))
    mixed = Answer("q", "q", (Sentence("a", (3,), "supported"), Sentence("b", (1, 3), "supported")), three)
    again = renumbered(mixed)
    assert [s.citations for s in again.sentences] == [(1,), (2, 1)]
    assert [c.number for c in again.citations] == [1, 2]


def test_a_sentence_that_its_quotes_do_not_hold_is_labelled_anew() -> None:
    wrong = Answer("q", "q", (Sentence("Ten ships left.", (1,), "supported"),), (GOOD,))
    checked = verified(wrong, {"talks": BRIEFING})
    assert checked.sentences == (
        Sentence("Ten ships left.", (1,), "unsupported", "no quote holds the number “Ten”"),
    )
    assert checked.checks == {"relabelled": 1}
    assert not checked.abstained
    assert checked.notices == ()
    assert verified(checked, {"talks": BRIEFING}) is checked


def test_a_lower_label_is_never_raised() -> None:
    shy = Answer("q", "q", (Sentence("Nine ships left", (1,), "unchecked", "why"),), (GOOD,))
    assert verified(shy, {"talks": BRIEFING}) is shy


def test_a_sentence_that_loses_the_quote_it_rests_on_is_judged_by_the_rest() -> None:
    gone = replace(GOOD, number=2, quote="Ten boats came", start=0, end=14)
    both = Answer("q", "q", (Sentence("Nine ships left and ten boats came.", (1, 2), "supported"),), (GOOD, gone))
    (sentence,) = verified(both, {"talks": BRIEFING}).sentences
    assert (sentence.citations, sentence.support) == ((1,), "unsupported")


def test_a_sentence_without_a_citation_never_passes() -> None:
    loose = Answer(
        "q",
        "q",
        (Sentence("Nine ships left.", (), "supported"), Sentence("Nine ships left", (1,), "supported")),
        (GOOD,),
    )
    checked = verified(loose, {"talks": BRIEFING})
    assert [s.text for s in checked.sentences] == ["Nine ships left"]
    assert checked.checks == {"dropped": 1}


def test_what_a_quote_is_read_with() -> None:
    dated = replace(BRIEFING, published=date(2031, 5, 4))
    assert surroundings(dated, BRIEFING.paragraphs[0]) == ("Talks", "Courier", "4 May 2031", "Talks began.")
    assert surroundings(BRIEFING, BRIEFING.paragraphs[0]) == ("Talks", "Courier", "Talks began.")
