"""What a briefing said before is kept for the answers that were made from it."""

from dataclasses import replace

from rag.answers import Answer, Citation, Sentence
from rag.briefings import Briefing, Scope
from rag.library import Library
from rag.storage.conversations import Conversations
from rag.storage.versions import KEPT
from tests.toys import briefing, put
from ui.pages import page_of_citation


def edition(number: int) -> Briefing:
    return briefing("alpha", f"Edition {number} of the report.", "Rain fell.")


def answer_from(whole: Briefing) -> Answer:
    """An answer that quotes its first paragraph."""
    p = whole.paragraphs[0]
    citation = Citation(
        1, whole.briefing_id, whole.title, None, whole.source, None, 1, whole.words_of(p), p.start, p.end, "exact"
    )
    return Answer(
        question="Which edition?",
        standalone_question="Which edition?",
        sentences=(Sentence(citation.quote, (1,), "supported"),),
        citations=(citation,),
        abstained=False,
    )


def test_replaced_words_are_kept_with_their_paragraphs(library: Library) -> None:
    for number in (1, 2, 3):
        put(library, edition(number))
    versions = library.versions("alpha")
    assert [v.number for v in versions] == [1, 2]
    assert [v.briefing.text for v in versions] == [edition(1).text, edition(2).text]
    assert versions[0].briefing.paragraphs == edition(1).paragraphs
    assert library.briefing("alpha").text == edition(3).text


def test_the_same_words_are_no_new_version(library: Library) -> None:
    put(library, edition(1))
    put(library, replace(edition(1), title="Another title", sha256="f" * 64))
    assert library.versions("alpha") == []


def test_a_removed_briefing_leaves_no_version(library: Library) -> None:
    put(library, edition(1))
    put(library, edition(2))
    library.remove(["alpha"])
    assert library.versions("alpha") == []


def test_the_last_versions_are_kept_and_older_ones_that_a_saved_answer_cites(library: Library) -> None:
    conversations = Conversations(library.engine)
    talk = conversations.create("Talk")
    for number in range(1, KEPT + 5):
        put(library, edition(number))
        if number == 2:
            conversations.add(talk, "Which edition?", Scope(), 1, answer_from(edition(2)))
    # KEPT + 3 editions were replaced: the last KEPT stay, and the second
    assert [v.number for v in library.versions("alpha")] == [2, *range(4, KEPT + 4)]
    conversations.delete(talk)
    put(library, edition(99))
    assert [v.number for v in library.versions("alpha")] == list(range(5, KEPT + 5))


def test_the_pane_shows_the_words_that_an_answer_was_made_from(library: Library) -> None:
    answer = answer_from(edition(1))
    put(library, edition(1))
    put(library, edition(2))
    page = page_of_citation(library.briefing("alpha"), answer, 1, library.versions("alpha"))
    marked = [piece.text for p in page.paragraphs for piece in p.pieces if piece.kind == "chosen"]
    assert marked == ["Edition 1 of the report."]
    assert "has changed since" in (page.why or "")
    assert page.saved == ""  # they are marked where they stood
    without = page_of_citation(library.briefing("alpha"), answer, 1)
    assert without.saved == "Edition 1 of the report."
