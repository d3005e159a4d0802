"""The measure of names side by side: what counts as found, and questions without their sources."""

import pytest

from evals.side_by_side import Asked, Side, every_one, questions, shares, without_sources
from rag.briefings import Hit, Passage
from tests.conftest import ROOT

ORAN, VELT = (
    Side(named=("Oran",), told=("the tariff falls", "it falls")),
    Side(named=("Velt",), told=("she resigned",)),
)


def hit(text: str) -> Hit:
    """A passage with this text."""
    return Hit(Passage("p", "b", 1, 1, 0, len(text)), 0.0, text, "Title", "Courier", None, None)


def test_every_one_must_be_found_by_any_of_its_words() -> None:
    assert every_one(["Oran said that it falls.", "Velt"], [ORAN.told, VELT.named])
    assert not every_one(["Oran said that it falls."], [ORAN.told, VELT.named])


def test_shares_are_of_questions_with_all_their_names_and_all_that_is_told_of_them() -> None:
    asked = [Asked(ask="Oran or Velt?", sides=(ORAN, VELT))] * 2
    first = [hit("Oran"), hit("nothing"), hit("Velt"), hit("Velt: she resigned; it falls")]
    assert shares(asked, [first, [hit("Oran and Velt")]]) == [0.5, 1.0, 1.0, 0.0, 0.5, 0.5]


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("Does the Courier article say that Oran won?", "Does one say that Oran won?"),
        ("Did 'The Courier' or Sea Post tell it?", "Did one or one tell it?"),
        ("Did Velt read Sea Post | Ports?", "Did Velt read one?"),
    ],
)
def test_sources_are_taken_out_of_a_question(question: str, without: str) -> None:
    assert without_sources(question, ["The Courier", "Sea Post | Ports"]) == without


def test_the_words_of_the_set_stand_in_the_briefings() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "evals/briefings").iterdir()))
    plain = text.replace("'", "’")
    words = [w for asked in questions() for side in asked.sides for w in (*side.named, *side.told)]
    assert [w for w in words if w.replace("'", "’") not in plain] == []


def test_a_question_has_no_other_fields() -> None:
    with pytest.raises(ValueError, match="extra"):
        Asked.model_validate({**questions()[0].model_dump(), "more": 1})
