"""The last question answered once more: shorter, by other sources, by briefings of other days."""

from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.answers import Answer
from rag.asking.anew import Anew
from rag.asking.followup import Turn, turn_of
from rag.briefings import Scope
from rag.build import App, build_app
from rag.finding.retold import Retold
from rag.settings import Settings

BRIEFINGS = (
    ("wire", "2032-05-10", "Quill Wire", "Kelby valley flood kills 31",
     ("A flood in the Kelby valley killed 31 people on Sunday.", "The bridge at Kelby is gone.")),
    ("gazette", "2032-05-12", "Aldry Gazette", "Toll of the Kelby valley flood rises",
     ("The flood in the Kelby valley killed 44 people.", "Farmers lost their barley.")),
    ("one", "2032-03-01", "Water Ministry", "Oriel reservoir bulletin No. 1",
     ("The Oriel reservoir stood at 61 per cent of its capacity.", "No ban is planned.")),
    ("two", "2032-06-01", "Water Ministry", "Oriel reservoir bulletin No. 2",
     ("The Oriel reservoir stood at 44 per cent of its capacity.", "A hosepipe ban applies.")),
    ("three", "2032-08-01", "Water Ministry", "Oriel reservoir bulletin No. 3",
     ("The Oriel reservoir stood at 29 per cent of its capacity.", "Growers get less water.")),
    ("bank", "2032-05-11", "Sennet Courier", "Bank raises rate",
     ("The bank raised its rate by a point.", "Builders dispute that the rate had to rise.")),
)  # fmt: skip
DEAD = "How many people did the flood in the Kelby valley kill?"
LEVEL = "How many per cent of its capacity did the Oriel reservoir hold in August?"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    folder: Path = tmp_path_factory.mktemp("briefings")
    for name, day, source, title, paragraphs in BRIEFINGS:
        head = f'---\ntitle: "{title}"\ndate: {day}\nsource: {source}\n---\n\n'
        (folder / f"{name}.md").write_text(head + "\n\n".join(paragraphs) + "\n")
    app = build_app(Settings.model_construct(home=folder / "home", library_url=None, chroma_url=None))
    list(ingest(app, sorted(folder.glob("*.md"))))
    return app


def talked(app: App, *questions: str) -> list[Answer]:
    """The answers of a conversation."""
    answers: list[Answer] = []
    for question in questions:
        answers.append(app.ask(question, [turn_of(a) for a in answers]))
    return answers


def cited(answer: Answer) -> list[str]:
    return [c.briefing_id for c in answer.citations]


def said(answer: Answer) -> list[str]:
    return [s.text for s in answer.sentences]


def test_other_sources_are_asked(app: App) -> None:
    known = Turn(DEAD, "A flood in the Kelby valley killed 31 people on Sunday.", ("wire",))
    answer = app.ask("Is that confirmed?", [known])
    assert said(answer) == ["The flood in the Kelby valley killed 44 people."]
    assert answer.notices == ("Told by other sources than Quill Wire.",)
    assert (answer.question, answer.standalone_question) == ("Is that confirmed?", DEAD)
    bridge = Turn("What is gone at Kelby?", "The bridge at Kelby is gone.", ("wire",))
    answer = app.ask("Does anyone disagree?", [bridge])
    assert cited(answer) == ["gazette", "gazette"]  # in short, for nothing there is beside the bridge
    assert "whether they agree was not found" in answer.notices[0]


def test_what_sets_right_may_stand_in_what_was_told(app: App) -> None:
    *_, bank = talked(app, "How did the bank raise its rate?", "has it been revised?")
    assert bank.standalone_question != "How did the bank raise its rate?"  # asked as any other question


def test_several_sources_stand_side_by_side(app: App) -> None:
    first, again = talked(app, DEAD, "is that disputed?")
    assert said(first) == said(again)
    assert again.notices == ("No other source than these was found to report it.",)


def test_where_no_other_source_reports_it_that_is_said(app: App) -> None:
    *_, alone = talked(app, "How did the bank raise its rate?", "is that confirmed?")
    why = "The briefings do not say. No report of another source than Sennet Courier on the same was found."
    assert (alone.abstained, alone.reason) == (True, why)


def test_before_and_now_are_told_by_the_briefings_of_those_days(app: App) -> None:
    answers = talked(app, LEVEL, "and before that?", "and before that?", "earlier?", "and now?")
    assert [cited(a) for a in answers] == [["three"], ["two"], ["one"], [], ["three"]]
    assert answers[1].notices == ("Told by briefings dated 31 July 2032 or earlier.",)
    assert answers[1].standalone_question == LEVEL.replace(" in August", "")
    none = "The briefings do not say. No briefing dated 29 February 2032 or earlier was found that tells it."
    assert answers[3].reason == none
    *_, later = talked(app, LEVEL.replace("August", "March"), "and after that?")
    assert cited(later) == ["two"]


def test_shorter_is_half_of_what_was_shown_or_so_many_sentences(app: App) -> None:
    answers = talked(app, "What's new?", "shorter", "shorter", "in 3 sentences", "thanks!", "in one sentence")
    assert [len(a.sentences) for a in answers] == [6, 3, 2, 3, 0, 1]
    assert cited(answers[1]) == ["three", "two", "gazette"]  # the first of each
    assert app.ask("shorter").abstained  # asks nothing once more


def test_what_several_briefings_tell_is_asked_of_each(app: App) -> None:
    news, numbers, about = talked(app, "What's new?", "only the numbers", "what are they about?")
    assert cited(numbers) == ["three", "two", "gazette"]
    assert said(about) == said(news)
    within = app.ask("any numbers?", [turn_of(news)], Scope(("two", "gazette", "bank")))
    assert cited(within) == ["two", "gazette"]


def test_one_of_several_is_told_by_its_place_among_them(app: App) -> None:
    _, second, last, growers = talked(
        app, "What's new?", "tell me about the second one", "and the last?", "who lost?"
    )
    assert cited(second) == ["two", "two"]
    assert second.standalone_question == "What is “Oriel reservoir bulletin No. 2” about?"
    assert cited(last) == ["gazette", "gazette"]
    assert growers.standalone_question.startswith("who lost (Toll, the Kelby valley flood")
    assert app.ask("the fifth one", [turn_of(app.ask("What's new?"))]).abstained  # there are three


def test_what_was_not_told_is_not_told_again(app: App) -> None:
    *_, again = talked(app, "Who painted the bridge of Sennet?", "is that confirmed?")
    assert (again.abstained, again.question) == (True, "is that confirmed?")
    assert again.standalone_question == "Who painted the bridge of Sennet?"


def test_a_source_named_in_short_is_asked_the_last_question(app: App) -> None:
    _, gazette, wire = talked(app, DEAD, "what about the Gazette?", "and the Wire?")
    assert (cited(gazette), cited(wire)) == (["gazette"], ["wire"])
    assert gazette.notices == ("Only briefings from Aldry Gazette are told.",)


def test_all_that_told_it_are_no_others(app: App) -> None:
    three = Turn(DEAD, "A flood in the Kelby valley killed 31 people on Sunday.", ("wire", "bank", "gazette"))
    answer = app.ask("what do others say?", [three])
    assert answer.notices == ("No other source than these was found to report it.",)


def test_of_those_that_were_told_only_what_lies_within_the_limits_is_told_again(app: App) -> None:
    known = turn_of(app.ask("What's new?"))
    assert known.briefing_ids == ("three", "two", "gazette")
    june = Scope(since=date(2032, 6, 1))
    assert {*cited(app.ask("what are they about?", [known], june))} == {"three", "two"}
    assert {*cited(app.ask("any numbers?", [known], june))} == {"three", "two"}
    ministry = Scope(sources=("Aldry Gazette",))
    assert {*cited(app.ask("what are they about?", [known], ministry))} == {"gazette"}
    assert {*cited(app.ask("the third one", [known], ministry))} == {"gazette"}
    assert "three" not in cited(app.ask("the first one", [known], ministry))


def test_doubts_are_told_within_the_limits_alone(app: App) -> None:
    bridge = Turn("What is gone at Kelby?", "The bridge at Kelby is gone.", ("wire",))
    assert app.ask("Does anyone disagree?", [bridge], Scope(sources=("Sennet Courier",))).abstained
    rate = Turn("What did the bank do?", "The bank raised its rate by a point.", ("bank",))
    assert "Builders dispute that the rate had to rise." in said(app.ask("Does anyone disagree?", [rate]))
    assert "bank" not in cited(app.ask("Does anyone disagree?", [rate], Scope(("three",))))


def test_what_is_spent_on_answers_that_are_not_told_is_counted(app: App) -> None:
    retold = Retold(app.library, lambda words, scope: app.search(words, 10, scope), None)
    silent = Answer("", "", abstained=True, usage={"input_tokens": 100})
    last = Turn(DEAD, "A flood in the Kelby valley killed 31 people on Sunday.", ("wire",))
    ((answer, _),) = retold.told(Anew("others"), "what do others say?", [last], None, lambda *asked: [(silent, [])])
    assert answer.usage == {"input_tokens": 200}  # the question, then what the Gazette's briefing is about
    assert answer.reason is not None
    assert answer.reason.endswith("No sentence of another source than Quill Wire that tells it was found.")


def test_what_two_say_word_for_word_is_told_by_the_other_alone(tmp_path: Path) -> None:
    told = "The flood in Lund killed nine people on Friday."
    for name, behind in (("Courier", "The Harlow bridge fell."), ("Gazette", "Divers searched the Harlow bridge.")):
        head = f'---\ntitle: "Flood in Lund, {name}"\ndate: 2032-05-03\nsource: {name}\n---\n\n'
        (tmp_path / f"{name}.md").write_text(f"{head}{told} {behind}\n")
    app = build_app(Settings.model_construct(home=tmp_path / "home", library_url=None, chroma_url=None))
    list(ingest(app, sorted(tmp_path.glob("*.md"))))
    (courier,) = (b.briefing_id for b in app.library.listed(Scope(sources=("Courier",)), 2))
    known = Turn("How many people did the flood in Lund kill?", told, (courier,))
    answer = app.ask("what do others say?", [known])
    assert answer.notices == ("Told by other sources than Courier.",)
    assert said(answer) == [told]
    assert [c.source for c in answer.citations] == ["Gazette"]
