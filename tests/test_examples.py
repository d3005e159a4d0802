"""Questions that are offered: drawn from sentences by their form, and tried."""

import pytest

from rag.briefings import Scope
from rag.build import App
from tests.conftest import ROOT, SEEDS, fill
from tests.toys import briefing
from ui.examples import example_questions, examples_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("The proposed truce involves three phases.", ["What does the proposed truce involve?"]),
        ("The mediators’ draft provides for a truce.", ["What does the mediators’ draft provide for?"]),
        ("The recall covers 48,000 packs.", []),  # which recall
        ("The plan also covers ports.", []),
        ("Over 1,200 Israelis have been killed.", ["How many Israelis have been killed?"]),
        ("Some 40 unarmed monitors were posted.", ["How many unarmed monitors were posted?"]),
        ("In all, 19 people were treated.", []),  # where
        ("Twelve, or 12 of its members were heard.", []),
        ("He met Lena Stroud, the mayor of Hexley.", ["Who is Lena Stroud?"]),
        ("He met Lena Stroud, chief of the port.", ["Who is Lena Stroud?"]),
        ("The Savers’ League, whose director spoke, left.", []),
        ("Mr. Pell, of Tarrow Mercantile, will be chief executive.", []),
        ("The board of Royal Fuels, Dunmarch’s state oil company, met.", []),
        ("Minister Aurel Pike said it was counted twice.", ["What did Minister Aurel Pike say?"]),
        ("Orrin Vale said so. They heard of Orrin.", []),
        ("Orrin Vale said that it was over. They heard Orrin.", ["What did Orrin Vale say?"]),
        ("The Dunmarch Guild said it was late. They asked Dunmarch.", ["What did the Dunmarch Guild say?"]),
        ("The Guild said it was late. They asked the Guild.", []),
        ("But Livingstone said that it was over. They heard Livingstone.", []),
        ("Officials said that it may rain.", []),
        ("Yesterday Mr Pell announced a merger.", []),
        ("The Coastal Council approved the plan. They asked Coastal.", ["What did the Coastal Council approve?"]),
        ("The Coastal Plan approved by all is old. They asked Coastal.", []),
    ],
)
def test_a_question_is_drawn_from_a_sentence_that_names_what_it_is_about(text: str, questions: list[str]) -> None:
    assert [example.question for example in examples_in(briefing("a", text))] == questions


def test_the_questions_offered_are_of_several_kinds_and_fall_back_on_titles(app: App) -> None:
    fill(app, SEEDS)
    fiction = ROOT / "evals" / "briefings"
    fill(app, fiction / "strait-crossings-notice.md")
    assert example_questions(app) == (
        "What does the proposed cease-fire involve?",
        "What is “Notice No. 7: Arrangements at Hask Bridge and Perren Gate” about?",
        "How many Israelis have been killed?",
    )
    fill(app, fiction / "economy-kelby-port-strike-operator-figures.txt")  # the second with a date
    assert example_questions(app) == (
        "Who is Ysolde Karrin?",
        "What does the proposed cease-fire involve?",
        "What’s new?",
    )


@pytest.mark.slow
def test_each_briefing_offers_a_question_that_it_answers(app: App) -> None:
    for path in sorted((ROOT / "evals" / "briefings").iterdir()):
        fill(app, path)
        [briefing_id] = app.library.within(Scope())
        offered = example_questions(app)
        assert offered, path.name
        for question in offered:
            assert app.ask(question).citations[0].briefing_id == briefing_id
        app.library.remove([briefing_id])


def test_examples_are_answered_by_the_briefing_they_were_drawn_from(real_app: App) -> None:
    assert example_questions(real_app) == (
        "What does the proposed cease-fire involve?",
        "How many Israelis have been killed?",
        "What are the key points?",
    )
