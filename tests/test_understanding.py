"""Follow-ups in full, or as typed where their own words lead to other briefings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.asking.followup import Turn
from rag.asking.understanding import Understanding
from rag.briefings import Hit, Scope
from rag.library import Library
from rag.mirrors import Mirrors
from rag.retrieve import PlannedRetriever
from tests.toys import TOY, ToyEmbedder, briefing, put

MORE = (
    briefing("mission", "The mission has a budget of 22 million crowns.", "Its monitors watch the truce."),
    briefing("mines", "Rear Admiral Sofie Brandt commands the clearance force.", "It found mines in the strait."),
    briefing("merger", "The chief executive is Eda Holm.", "A chief executive rests.", "He is chief executive."),
    briefing("fire", "The fire burned pine and heath.", "Firemen of Kelby came."),
    briefing("school", "Teachers in Kelby want smaller classes.", "Pupils want longer holidays."),
)


@pytest.fixture
def understanding(library: Library, tmp_path: Path) -> Iterator[Understanding]:
    """It, over MORE."""
    for one in MORE:
        put(library, one)
    mirrors = Mirrors(tmp_path, library, TOY)
    retriever = PlannedRetriever(library, mirrors, ToyEmbedder())

    def find(words: str, scope: Scope) -> list[Hit]:
        return retriever.search_by(retriever.plan_by_rules(words, scope), 10, scope)

    yield Understanding(library, find)
    mirrors.close()


@pytest.mark.parametrize(
    ("question", "cited", "text"),
    [
        ("Who commands the clearance force?", "mission", None),  # "mines" holds all of it
        ("who will be chief executive?", "merger", None),  # the words lead there
        ("Who paints the ladders?", "mission", "Who paints the ladders (the budget)?"),  # nobody holds it
        ("and who commands the clearance force?", "mission", "who commands the clearance force (the budget)?"),
        ("what does brandt say about their mines?", "mission", None),  # Brandt has a capital in "mines"
        ("what do rules say about their mines?", "mission", "what do rules say about their mines (the budget)?"),
    ],
)
def test_a_short_question_is_asked_as_typed_where_other_briefings_hold_more_of_it(
    understanding: Understanding, question: str, cited: str, text: str | None
) -> None:
    before = [Turn("How large is the budget?", "22 million crowns.", (cited,))]
    understood = understanding.of(question, before, Scope())
    assert (understood.asked, understood.text) == (question, text or question)
    assert understood.carried == (("budget",) if text else ())


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        (Turn("Who is Sofie Brandt?"), "who proposed it?", "who proposed it (Sofie Brandt)?"),  # a passage shows it
        (Turn("When did Brandt find the mines?"), "how did she do that?", "how did Brandt do that (the mines)?"),
        (
            Turn("Who is Eda Holm?", "Ms Eda Holm rests."),
            "who owns it?",
            "who owns it (Eda Holm)?",  # the answer does
        ),
        (Turn("What is Kelby?"), "who governs it?", "who governs Kelby?"),
    ],
)
def test_it_is_no_name_that_the_library_shows_to_be_a_persons(
    understanding: Understanding, before: Turn, question: str, text: str
) -> None:
    assert understanding.of(question, [before], Scope()).text == text
