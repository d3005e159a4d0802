"""The program over a home folder: made when missing, refused when it cannot be."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from rag.briefings import Scope
from rag.build import App, build_app, open_home
from rag.errors import EmbedderError, LibraryError, NotFoundError, UsageError
from rag.mirrors import Mirrors
from rag.settings import Settings
from tests.conftest import REAL
from tests.toys import TOY, briefing, put


def test_a_home_is_made_when_it_is_missing(tmp_path: Path) -> None:
    home = tmp_path / "two" / "deep"
    with open_home(home) as app:
        assert app.settings.home == home
        assert app.library.summaries() == []
    assert home.is_dir()


def test_a_home_can_be_given_as_text_or_by_the_environment(tmp_path: Path) -> None:
    with open_home(str(tmp_path / "text")) as app:
        assert app.settings.home == tmp_path / "text"
    with open_home() as app:
        assert app.settings.home == Path(os.environ["BRIEFINGS_HOME"])


def test_what_was_put_in_is_there_when_the_home_is_opened_again(tmp_path: Path) -> None:
    with open_home(tmp_path / "home") as app:
        put(app.library, briefing("alpha", "ships"))
    with open_home(tmp_path / "home") as app:
        assert [s.briefing_id for s in app.library.summaries()] == ["alpha"]


@pytest.mark.parametrize("below", ["", "folder", "folder/deeper"])
def test_a_home_that_is_a_file_is_refused(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("a letter")
    with pytest.raises(LibraryError) as caught, open_home(tmp_path / "file" / below):
        pass
    assert str(tmp_path / "file") in caught.value.reason
    assert "--home" in caught.value.remedy
    assert (tmp_path / "file").read_text() == "a letter"


def test_a_home_whose_library_is_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_text("a letter " * 1000)
    with pytest.raises(LibraryError), open_home(tmp_path):
        pass


def test_a_library_of_another_embedder_is_refused_with_both_names(tmp_path: Path) -> None:
    with open_home(tmp_path) as app:
        put(app.library, briefing("alpha", "ships"))
    with open_home(tmp_path) as app:
        for use in (lambda: app.embedder, lambda: app.search("ships"), lambda: app.ask("Which ships?")):
            with pytest.raises(EmbedderError) as caught:
                use()
            assert TOY in caught.value.reason
            assert "wordllama" in caught.value.reason
            assert "doctor --repair" in caught.value.remedy
        assert [s.briefing_id for s in app.library.summaries()] == ["alpha"]  # it can still be looked at


def test_threads_that_need_a_part_at_once_share_one(real_app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Slow(Mirrors):
        def __init__(self, *about: Any) -> None:
            sleep(0.05)
            made.append(self)
            super().__init__(*about)

    monkeypatch.setattr("rag.mirrors.Mirrors", Slow)
    together = Barrier(4)

    def use(_: int) -> Mirrors:
        together.wait()
        return real_app.mirrors

    with ThreadPoolExecutor(4) as pool:
        assert {id(found) for found in pool.map(use, range(4))} == {id(one) for one in made}
    assert len(made) == 1


def test_two_programs_over_one_home_answer_alike(real_app: App) -> None:
    question = "How many Israelis have been killed?"
    with open_home(real_app.settings.home) as second:
        first, again = real_app.ask(question), second.ask(question)
    assert first.citations == again.citations
    assert first.sentences == again.sentences


def test_a_program_asks_and_searches_its_home(real_app: App) -> None:
    hits = real_app.search("polio vaccine", k=3)
    assert len(hits) == 3
    assert "polio" in hits[0].text
    assert {h.passage.briefing_id for h in real_app.search("polio", scope=Scope((REAL,)))} == {REAL}
    assert "polio" in real_app.ask("What are the concerns about polio?").text


def test_wrong_use_is_told_apart_from_failure(real_app: App) -> None:
    with pytest.raises(UsageError):
        real_app.search(" ")
    with pytest.raises(UsageError):
        real_app.ask("?")
    with pytest.raises(NotFoundError) as caught:
        real_app.ask("What was agreed?", scope=Scope((REAL[:-1],)))
    assert REAL in caught.value.remedy


def test_an_empty_home_says_that_it_does_not_say(app: App) -> None:
    answer = app.ask("What was agreed?")
    assert answer.abstained
    assert answer.reason
    assert app.search("What was agreed?") == []


def test_closing_twice_or_unused_does_no_harm(tmp_path: Path) -> None:
    app = build_app(Settings(home=tmp_path / "home"))
    app.close()
    app.close()
