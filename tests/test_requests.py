"""Requests in a conversation: limited further, and gone on with."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rag.asking.followup import Turn, turn_of
from rag.briefings import Scope
from rag.build import App, build_app
from rag.finding.catalogue import Catalogue
from rag.finding.limits import Limited, limited
from rag.finding.requests import Request, conversation, is_request, remembered
from rag.settings import Settings

CATALOGUE = Catalogue.of(["Sennet Courier", "Aldry Gazette"])
STRIKE = Turn("Tell me about the strike", "Dockers left.", ("dock",))


def read(text: str) -> Limited:
    return limited(text, CATALOGUE, date(2031, 9, 18))


def requested(question: str, *earlier: Turn) -> Request | None:
    titles = {"dock": "Dockers leave"}
    return conversation(question, earlier, read, lambda ids: {one: titles[one] for one in ids}).request


@pytest.mark.parametrize(
    "text", ["more", "Tell me more", "go on", "And?", "anything else?", "Continue, please", "some more details"]
)
def test_a_request_is_gone_on_with(text: str) -> None:
    found = requested(text, STRIKE)
    assert found is not None
    assert (found.text, found.written, found.told, found.said) == (
        STRIKE.question,
        STRIKE.question,
        (STRIKE,),
        "Dockers left.",
    )


def test_more_about_the_same_goes_on_and_about_something_else_does_not() -> None:
    same = requested("Tell me more about the strike", STRIKE)
    assert same is not None
    assert same.told == (STRIKE,)
    assert requested("Tell me more about the flood", STRIKE) is None


def test_what_was_told_adds_up_until_it_is_limited() -> None:
    more = Turn("more", "They want 9 crowns.", ("dock",))
    found = requested("more", STRIKE, Turn("Thanks!"), more)
    assert found is not None
    assert found.said == "Dockers left. They want 9 crowns."
    only = requested("only from the Courier", STRIKE, more)
    assert only is not None
    assert (only.text, only.written) == (STRIKE.question, "Tell me about the strike only from the Courier")
    assert (only.limited.scope, only.told) == (Scope(sources=("Sennet Courier",)), ())


def test_a_source_takes_the_place_of_a_source_and_days_are_added() -> None:
    first = Turn("Tell me about the strike, only from the Courier")
    other = requested("and from the Gazette?", first)
    since = requested("since 3 May?", first)
    assert other is not None
    assert since is not None
    assert other.limited.scope == Scope(sources=("Aldry Gazette",))
    assert since.limited.scope == Scope(since=date(2031, 5, 3), sources=("Sennet Courier",))
    assert since.is_dated


def test_the_earlier_questions_are_put_in_full() -> None:
    turns = conversation("Who left?", [STRIKE, Turn("only from the Courier")], read, lambda ids: {}).earlier
    assert [turn.question for turn in turns] == [
        STRIKE.question,
        "Tell me about the strike only from the Courier",
    ]


def test_news_that_one_briefing_told_go_on_with_that_briefing() -> None:
    found = requested("more", Turn("What's new from the Courier?", "Dockers left.", ("dock",)))
    assert found is not None
    assert (found.text, found.limited.scope) == (
        "What is “Dockers leave” about?",
        Scope(sources=("Sennet Courier",)),
    )


def test_news_that_one_briefing_told_are_limited_as_news() -> None:
    found = requested("since 3 May?", Turn("What's new from the Courier?", "Dockers left.", ("dock",)))
    assert found is not None
    assert (found.text, found.written, found.told) == (
        "What's new",
        "What's new from the Courier since 3 May",
        (),
    )


def test_asked_for_its_source_a_request_is_told_again_and_gone_on_with_behind_that() -> None:
    more, sure = Turn("more", "They want 9 crowns.", ("dock",)), Turn("Are you sure?", "Dockers left.", ("dock",))
    again = requested("Where does it say that?", STRIKE, more)
    assert again is not None
    assert (again.text, again.told) == (STRIKE.question, (STRIKE,))
    on = requested("more", STRIKE, sure, more, sure)
    assert on is not None
    assert on.told == (STRIKE, more)
    first = requested("Are you sure?", STRIKE)
    assert first is not None
    assert (first.text, first.told) == (STRIKE.question, ())
    assert requested("Are you sure?", Turn("Who left?", "Dockers left.")) is None
    plain = requested("Are you sure?", Turn("Who left?", "Dockers left."), Turn("tell me more", "On Monday."))
    assert plain is not None
    assert plain.said == "Dockers left."


def test_a_request_is_remembered_for_as_long_as_it_is_gone_on_with() -> None:
    more, left = Turn("tell me more"), Turn("Who left?")
    assert remembered([left, STRIKE, *[more] * 3, Turn("Are you sure?"), more], 2)[0] == STRIKE
    assert remembered([left, STRIKE, left, more], 1) == [left, more]
    assert remembered([left, STRIKE, left], 1) == [left]
    assert remembered([more, more], 1) == [more, more]
    assert remembered([left], 10) == [left]


def test_tell_me_more_behind_any_other_question() -> None:
    found = requested("tell me more", Turn("Who left?", "Dockers left."))
    assert found is not None
    assert (found.plain, found.text, found.said) == (True, "tell me more", "Dockers left.")


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("Tell me about the strike", []),
        ("more", []),
        ("from the Courier", [Turn("Who left?")]),
        ("Who left?", [STRIKE]),
        ("What happened on 3 May?", []),  # may be asked of an event
        ("According to the Courier, who left?", []),
        ("Summarize the latest briefing from the Courier", []),  # which is read as one about the library
        ("and the Courier?", [Turn("What does the Gazette say about the strike?", "Dockers left.", ("dock",))]),
    ],
)
def test_any_other_question(question: str, earlier: Sequence[Turn]) -> None:
    assert requested(question, *earlier) is None


def test_what_happened_in_some_days_is_news() -> None:
    found = requested("What happened in May?")
    assert found is not None
    assert (found.text, found.limited.scope) == (
        "what’s new?",
        Scope(since=date(2031, 5, 1), until=date(2031, 5, 31)),
    )
    assert is_request("Summarize this briefing")
    assert not is_request("Who left?")


STRIKES = (
    ("old", "2032-05-03", "The Sennet Courier", "Strike at Kelby docks",
     ("Dockers of Kelby began a strike.", "They want 9 crowns an hour.", "The harbour master spoke of ruin.",
      "Ships turned to Oriel.", "Bread grew dear in Aldry.", "No talks are planned.")),
    ("new", "2032-06-09", "Aldry Gazette", "Kelby dock strike over",
     ("The strike at the Kelby docks has ended.", "Cranes moved again at noon.")),
    ("bank", "2032-06-10", "The Sennet Courier", "Bank raises rate", ("The bank raised its rate.",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    from ingest.pipeline import ingest

    folder: Path = tmp_path_factory.mktemp("briefings")
    for name, day, source, title, paragraphs in STRIKES:
        head = f'---\ntitle: "{title}"\ndate: {day}\nsource: {source}\n---\n\n'
        (folder / f"{name}.md").write_text(head + "\n\n".join(paragraphs) + "\n")
    app = build_app(Settings.model_construct(home=folder / "home", library_url=None, chroma_url=None))
    list(ingest(app, sorted(folder.glob("*.md"))))
    return app


def test_a_limit_is_kept_and_told(app: App) -> None:
    answer = app.ask("Tell me about the Kelby strike, only from the Courier")
    assert {c.briefing_id for c in answer.citations} == {"old"}
    assert answer.notices == ("Only briefings from The Sennet Courier are told.",)
    assert answer.standalone_question == answer.question
    june = app.ask("What's new in June?")
    assert [c.briefing_id for c in june.citations][:2] == ["bank", "new"]
    assert june.notices == ("Only briefings dated 1 June 2032 to 30 June 2032 are told.",)


def test_where_nothing_lies_within_the_limits_that_is_said(app: App) -> None:
    none = app.ask("What's new since 1 July 2032?")
    assert none.reason == "The briefings do not say. No briefing dated 1 July 2032 or later is among them."
    other = app.ask("Tell me about the Kelby strike, only from the Evening Herald")
    assert other.reason == "No source of the briefings is called “Evening Herald”."
    silent = app.ask("Tell me about the bank, only from the Gazette")
    assert silent.abstained
    assert silent.reason is not None
    assert silent.reason.endswith("None of them is about this. Only briefings from Aldry Gazette were searched.")


def test_more_tells_what_was_not_told_until_nothing_is_left(app: App) -> None:
    turns = [turn_of(app.ask("Tell me about the Kelby strike, only from the Courier"))]
    for _ in range(2):
        turns.append(turn_of(app.ask("more", turns)))
    assert [turn.answer for turn in turns] == [
        "Dockers of Kelby began a strike. They want 9 crowns an hour. The harbour master spoke of ruin."
        " Ships turned to Oriel.",
        "Bread grew dear in Aldry. No talks are planned.",
        "",
    ]
    last = app.ask("more", turns)
    assert last.reason is not None
    assert last.reason.startswith("The briefings do not say. Nothing is left to tell")
    news = turn_of(app.ask("What's new?"))
    assert app.ask("go on", [news]).abstained  # all three have been told of
