"""Questions about the real briefing: the right paragraph is cited, and what it does not say is refused.

The development questions were used while building the composer; the held-out ones were only measured with.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from evals.cases import Case, Half, read_cases
from rag.answers import Citation
from rag.asking.followup import turn_of
from rag.briefings import Briefing
from rag.build import App, open_home
from tests.conftest import REAL


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares of the answerable questions answered from a right paragraph, and of the others refused."""

    right: float
    refused: float
    paraphrases: int
    refusals: int


def tally(app: App, half: Half) -> Tally:
    briefing = app.library.briefing(REAL)
    answerable: list[bool] = []
    refusals: list[bool] = []
    paraphrases = 0
    for case in read_cases((half,), ("real",)):
        answer = app.ask(case.question)
        for citation in answer.citations:
            assert briefing.text[citation.start : citation.end] == citation.quote
        assert answer.abstained == (not answer.sentences)
        if not case.answerable:
            refusals.append(answer.abstained)
        else:
            answerable.append(_is_right(answer.citations, case, briefing))
            paraphrases += "paraphrase" in case.tags
    return Tally(sum(answerable) / len(answerable), sum(refusals) / len(refusals), paraphrases, len(refusals))


def _is_right(citations: tuple[Citation, ...], case: Case, briefing: Briefing) -> bool:
    cited = [briefing.words_of(briefing.paragraphs[c.paragraph - 1]) for c in citations]
    return any(e.quote in paragraph for any_of in case.evidence for e in any_of for paragraph in cited)


@pytest.fixture(scope="module")
def development(tmp_path_factory: pytest.TempPathFactory, real_home: Path) -> Tally:
    home = tmp_path_factory.mktemp("tally") / "home"
    shutil.copytree(real_home, home)
    with open_home(home) as app:
        return tally(app, "dev")


def test_the_development_set_is_what_it_claims_to_be(development: Tally) -> None:
    cases = list(read_cases(("dev",), ("real",)))
    assert len(cases) == 120
    assert len({case.id for case in cases}) == 120
    assert development.paraphrases == 40
    assert development.refusals == 40


def test_nine_in_ten_answerable_questions_cite_a_right_paragraph(development: Tally) -> None:
    assert development.right >= 0.90


def test_nine_in_ten_unanswerable_questions_are_refused(development: Tally) -> None:
    assert development.refused >= 0.90


def test_the_held_out_questions_stay_near(real_app: App) -> None:
    held_out = tally(real_app, "held_out")
    assert held_out.right >= 0.80
    assert held_out.refused >= 0.85


@pytest.mark.parametrize(
    ("before", "question", "quoted"),
    [
        (
            "What did Blinken announce about the bridging proposal?",
            "how many israelis were killed, and how many palestinians?",
            ["Over 1,200 Israelis", "over 40,000 Palestinian deaths"],
        ),
        ("What is the death toll in Gaza?", "are mediators optimistic?", ["optimism from mediators"]),
        ("What do the three phases involve?", "what did netanyahu say about his meeting?", ["good and important"]),
        ("What does the three-phase plan involve?", "Who proposed it, and when?", []),  # it does not say
    ],
)
def test_a_question_is_answered_after_another(real_app: App, before: str, question: str, quoted: list[str]) -> None:
    answer = real_app.ask(question, [turn_of(real_app.ask(before))])
    assert [any(words in c.quote for c in answer.citations) for words in quoted] == [True] * len(quoted)
    assert answer.abstained == (not quoted)
    if quoted:
        assert answer.standalone_question == question


def test_a_denial_of_something_else_answers_no_question_whether(real_app: App) -> None:
    assert real_app.ask("Did Blinken meet the king?").abstained
    assert "his meeting with Blinken" in real_app.ask("Did Blinken meet Netanyahu?").text


def test_everybody_who_opposes_something_is_told_of(real_app: App) -> None:
    told = real_app.ask("Who opposes the bridging proposal?")
    assert any("Hamas has criticized the proposal" in sentence.text for sentence in told.sentences)
    for_it = real_app.ask("Who supports the bridging proposal?")
    assert for_it.sentences[0].text.endswith("support for the latest bridging proposal.")
    assert not any("criticized" in sentence.text for sentence in for_it.sentences)


def test_what_somebody_goes_on_to_say_is_told(real_app: App) -> None:
    told = real_app.ask("What did Blinken say about Hamas?")
    assert [s.text.rpartition("—")[2] for s in told.sentences] == [
        "he acknowledged the need for further negotiations."
    ]
