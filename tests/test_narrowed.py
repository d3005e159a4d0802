"""Questions that are asked of the briefings they name alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answers import Answer, Sentence
from rag.asking.followup import Standalone
from rag.briefings import Briefing, Hit, Scope
from rag.build import App, build_app
from rag.finding.catalogue import Catalogue
from rag.finding.narrowed import Narrowed
from rag.settings import Settings

BULLETINS = (
    ("one", "2032-05-03", "Health Office", "Fever Bulletin No. 1", "In Kelby 9 people fell ill with the fever."),
    ("two", "2032-05-09", "Health Office", "Fever Bulletin No. 2", "In Kelby 20 people have fallen ill with it."),
    ("courier", "2032-05-04", "The Sennet Courier", "Kelby counts", "In Kelby 310 dockers walked out on Monday."),
    ("gazette", "2032-05-04", "Aldry Gazette", "Dockers", "The strike by 250 dockers in Kelby began on Monday."),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    from ingest.pipeline import ingest

    folder: Path = tmp_path_factory.mktemp("briefings")
    for name, day, source, title, text in BULLETINS:
        (folder / f"{name}.md").write_text(f'---\ntitle: "{title}"\ndate: {day}\nsource: {source}\n---\n\n{text}\n')
    app = build_app(Settings.model_construct(home=folder / "home", library_url=None, chroma_url=None))
    list(ingest(app, sorted(folder.glob("*.md"))))
    yield app
    app.close()


def test_the_bulletin_of_that_number_is_asked(app: App) -> None:
    answer = app.ask("How many people had fallen ill in Kelby in the first fever bulletin?")
    assert [c.briefing_id for c in answer.citations] == ["one"]
    assert answer.notices == ("“the first fever bulletin” is taken for “Fever Bulletin No. 1”.",)
    assert answer.standalone_question == answer.question


def test_a_bulletin_named_alone_is_told_whatever_was_asked_before(app: App) -> None:
    answer = app.ask("the second fever bulletin", ["How many dockers walked out?"])
    assert [c.briefing_id for c in answer.citations] == ["two"]
    assert answer.standalone_question == answer.question
    assert answer.text == app.ask("What does the second fever bulletin say?").text


def test_what_another_bulletin_tells_is_no_answer(app: App) -> None:
    answer = app.ask("How many dockers walked out in Kelby in the first fever bulletin?")
    assert answer.reason is not None
    assert answer.reason.endswith("Only “Fever Bulletin No. 1” was searched.")


def test_two_bulletins_are_told_side_by_side(app: App) -> None:
    answer = app.ask("How do the first and the second fever bulletin differ on how many people fell ill in Kelby?")
    assert [c.briefing_id for c in answer.citations] == ["one", "two"]


@pytest.mark.parametrize(
    "question",
    [
        "What changed between the first and the second fever bulletin?",
        "What are the main differences between the first and second fever bulletins?",
        "What has changed since the first fever bulletin?",
        "What is new in the latest fever bulletin?",
        "How does the second fever bulletin differ from the first one?",
        "How do fever bulletin 1 and fever bulletin 2 differ?",
    ],
)
def test_what_changed_is_told_by_what_the_later_one_tells_otherwise(app: App, question: str) -> None:
    answer = app.ask(question)
    assert [c.quote for c in answer.citations] == [BULLETINS[0][-1], BULLETINS[1][-1]]
    told = "Told in pairs: first “Fever Bulletin No. 1”, then what “Fever Bulletin No. 2” says instead."
    assert answer.notices == (told,)


@pytest.mark.parametrize(("paper", "cited"), [("Courier", "courier"), ("Gazette", "gazette")])
def test_whose_report_is_asked_for_tells(app: App, paper: str, cited: str) -> None:
    answer = app.ask(f"According to the {paper}, how many dockers were there in Kelby?")
    assert [c.briefing_id for c in answer.citations] == [cited]


def test_a_question_completed_by_its_topic_is_rather_answered_by_the_briefings_of_the_talk(app: App) -> None:
    narrowed = Narrowed(app.library, Catalogue, lambda words, scope: [], NoComparer())
    asked = Standalone("how many?", "how many (the fever)?", ("fever",), about=("one", "gone"))
    elsewhere = app.ask("How many dockers were there in Kelby, according to the Courier?")
    here = Answer("how many?", asked.text, (Sentence("9 people fell ill.", (), "supported"),))
    scopes: list[Scope] = []

    def answered(asked: Standalone, scope: Scope) -> list[tuple[Answer, list[Hit]]]:
        scopes.append(scope)
        return [(here, [])]

    assert narrowed.told_nearer(asked, Scope(), elsewhere, answered) == (here, [])
    assert scopes == [Scope(("one",))]
    talk = replace(asked, about=tuple(c.briefing_id for c in elsewhere.citations))
    assert narrowed.told_nearer(talk, Scope(), elsewhere, answered) is None
    titled = replace(asked, text="how many (Kelby)?", carried=("Kelby",))  # as is “Kelby counts”, which was cited
    for other in (replace(asked, text="how many fell ill?"), replace(asked, text="more (the fever)"), titled):
        assert narrowed.told_nearer(other, Scope(), elsewhere, answered) is None
    here = replace(here, doubtful=True)
    assert narrowed.told_nearer(asked, Scope(), elsewhere, answered) is None


class NoComparer:
    """Sets nothing side by side."""

    def side_by_side(self, asked: Standalone, sides: Sequence[tuple[str, Sequence[Hit]]]) -> Answer | None:
        return None

    def changed(self, asked: Standalone, earlier: Briefing, later: Briefing, about: str) -> Answer | None:
        return None
