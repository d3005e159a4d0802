"""A run is a transcript of what a system answered and found; its order and workers change nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from evals.run import libraries, library_of, run, sources_of, turn
from rag.answers import Answer
from rag.briefings import Hit, Scope
from rag.errors import UsageError
from tests.eval_toys import SOURCES, case, gold
from tests.toys import hits


@dataclass
class FakeSystem:
    """Answers everything with gold, finds "flood", and remembers what it was asked."""

    asked: list[tuple[str, tuple[str, ...], Scope | None]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        self.asked.append((question, tuple(history), scope))
        return gold(timings_ms={"compose": 1.0})

    def search(self, query: str, k: int = 10, scope: Scope | None = None) -> list[Hit]:
        return hits(SOURCES["flood"])[:k]


def test_a_case_is_asked_with_its_history_and_day() -> None:
    system = FakeSystem()
    found = turn(case(earlier=["Before?"], as_of="2031-05-09"), system)
    assert system.asked == [("What happened?", ("Before?",), Scope(until=date(2031, 5, 9)))]
    assert [f.passage_id for f in found.found or ()] == ["flood:1", "flood:2", "flood:3"]
    assert found.answer.timings_ms == {}


def test_order_and_workers_change_nothing() -> None:
    cases = [case(id=f"toy-{i}") for i in range(9)]
    systems = {"fictional": FakeSystem()}
    told: list[int] = []
    one = run(cases, systems, SOURCES, 1, lambda: told.append(1))
    assert one == run(cases[::-1], systems, SOURCES, 4)
    assert len(told) == 9


def test_the_real_briefing_has_a_library_of_its_own_whatever_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "BRIEFINGS_EMBEDDER": "openai",
        "CHROMA_URL": "http://x:1",
        "BRIEFINGS_TIMEOUT": "x",
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.txt").write_text("A title\n\nThe dam did not break.\n", "utf-8")
    with libraries({"fictional": tmp_path}) as apps:
        assert list(sources_of(apps)) == ["a"]
    assert (library_of(case()), library_of(case(topic="real"))) == ("fictional", "real")


def test_a_folder_without_briefings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file in it can be read"), libraries({"fictional": tmp_path}):
        pass
