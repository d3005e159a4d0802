"""Sentences × paragraphs: what is cited, what holds gold, and in which words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Case
from evals.matrix import Matrix, Piece, Span, matrix, pieces
from evals.run import Transcript, Turn
from evals.scoring import score
from rag.answers import Answer
from tests.eval_toys import AID, FLOOD, OLD, SOURCES, WARNING, case, gold, refusal_case, said
from tests.toys import PROPERTY

SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)).map(lambda s: (min(s), max(s))), max_size=4)


def laid(answer: Answer, asked: Case | None = None) -> Matrix:
    (result,) = score(Transcript((Turn(asked or case(), answer, ()),), SOURCES))
    return matrix(result, SOURCES)


def test_gold_answers_cite_gold_only() -> None:
    found = laid(gold())
    assert [(c.key, c.anchor, c.claims, c.marks) for c in found.columns] == [
        ("A", "flood¶1", (1,), (1,)),
        ("B", "flood¶2", (2,), (2,)),
    ]
    assert [line.cells for line in found.lines] == [("right", "none"), ("none", "right")]
    assert found.columns[1].pieces == (Piece(AID, expected=True, cited=True),)
    assert found.columns[0].about == "About flood · 2031-05-10"


def test_other_paragraphs_and_marks_that_lead_nowhere_are_shown() -> None:
    moved = replace(gold().citations[1], paragraph=3, quote=WARNING)
    found = laid(replace(said((FLOOD, (1, 2)), (AID, (2, 9))), citations=(gold().citations[0], moved)))
    assert [c.anchor for c in found.columns] == ["flood¶1", "flood¶2", "flood¶3"]
    assert [line.cells for line in found.lines] == [("right", "none", "wrong"), ("none", "none", "wrong")]
    assert [line.lost for line in found.lines] == [(), (9,)]
    assert found.columns[1].marks == ()  # expected, and not cited
    assert [(p.text, p.cited) for p in found.columns[2].pieces] == [
        (WARNING, True)
    ]  # found, in spite of its offsets


def test_what_the_product_itself_doubts_is_told() -> None:
    doubted = gold().sentences[0]
    sentences = (replace(doubted, support="unsupported", reason="no quote holds it"), *gold().sentences[1:])
    assert [line.doubt for line in laid(gold(sentences=sentences)).lines] == ["unsupported: no quote holds it", ""]


def test_quotes_that_do_not_stand_there_are_loose() -> None:
    wrong = replace(gold().citations[0], quote="no such words")
    nowhere = replace(gold().citations[1], paragraph=99)
    found = laid(replace(gold(), citations=(wrong, nowhere)))
    by_anchor = {c.anchor: c for c in found.columns}
    assert by_anchor["flood¶1"].loose == ("no such words",)
    assert (by_anchor["flood¶99"].pieces, by_anchor["flood¶99"].loose) == ((), (AID,))


def test_of_alternatives_the_cited_ones_are_shown_or_the_first() -> None:
    either = case(
        claims=[{"evidence": [[{"briefing": "flood", "quote": AID}, {"briefing": "plan", "quote": OLD}]]}]
    )
    assert [c.anchor for c in laid(said((FLOOD, (1,))), either).columns] == ["flood¶2", "flood¶1"]
    plan = replace(
        gold().citations[0], briefing_id="plan", paragraph=1, quote=OLD, start=0, end=len(OLD)
    )  # the second alternative
    found = laid(replace(said((OLD, (1,))), citations=(plan,)), either)
    assert [(c.anchor, c.claims) for c in found.columns] == [("plan¶1", (1,))]


def test_a_refusal_has_no_lines_and_what_was_expected() -> None:
    silent = Answer("What happened?", "What happened?", abstained=True, reason="The briefings do not say.")
    assert [c.anchor for c in laid(silent).columns] == ["flood¶1", "flood¶2"]
    assert laid(silent, refusal_case()) == Matrix((), ())


@PROPERTY
@given(st.text(max_size=25), SPANS, SPANS)
def test_pieces_put_together_are_the_words(words: str, expected: list[Span], cited: list[Span]) -> None:
    found = list(pieces(words, expected, cited))
    assert "".join(p.text for p in found) == words
    at = 0
    for piece in found:
        for i in range(at, at + len(piece.text)):
            assert piece.expected == any(a <= i < b for a, b in expected)
            assert piece.cited == any(a <= i < b for a, b in cited)
        at += len(piece.text)
