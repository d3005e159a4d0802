import json
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.records import Malformed, Missing, Quote, Record, RecordReader
from tests.toys import PROPERTY

ONE = Record(text='He said "no".', quotes=[Quote(paragraph="P1", quote="a {brace} and a \\ slash")])
TWO = Record(text="Über alles.", quotes=[])


def read(*pieces: str) -> list[Record | Missing | Malformed]:
    reader = RecordReader()
    return [record for piece in pieces for record in reader.feed(piece)]


def as_object(missing: str | None = None) -> str:
    return json.dumps(
        {"sentences": [ONE.model_dump(), TWO.model_dump()], "missing": missing}, indent=1, ensure_ascii=False
    )


def as_lines(missing: str | None = None) -> str:
    return "\n".join([ONE.model_dump_json(), TWO.model_dump_json(), json.dumps({"missing": missing})])


@pytest.mark.parametrize("reply", [as_object("the cost"), as_lines("the cost")])
@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Here is my answer:\n{}\nI hope it helps."])
def test_both_forms_are_read_whatever_stands_around_them(reply: str, around: str) -> None:
    assert read(around.replace("{}", reply)) == [ONE, TWO, Missing(missing="the cost")]


@PROPERTY
@given(st.lists(st.integers(0, 400)), st.booleans(), st.text(max_size=20))
def test_where_the_reply_is_cut_into_pieces_does_not_matter(cuts: list[int], wrapped: bool, missing: str) -> None:
    reply = as_object(missing) if wrapped else as_lines(missing)
    ends = sorted({0, *(min(c, len(reply)) for c in cuts), len(reply)})
    assert read(*(reply[a:b] for a, b in pairwise(ends))) == [
        ONE,
        TWO,
        Missing(missing=missing),
    ]


@PROPERTY
@given(st.text(alphabet='{}[]",:\\\n truefalsnextquotesmissing1'), st.integers(1, 9))
def test_no_reply_breaks_the_reader(reply: str, size: int) -> None:
    read(*(reply[i : i + size] for i in range(0, len(reply), size)))


def test_a_record_is_given_as_soon_as_it_is_complete() -> None:
    reader = RecordReader()
    reply = as_object()
    end = reply.index("Über")
    assert list(reader.feed(reply[:end])) == [ONE]
    assert reader.unfinished
    assert list(reader.feed(reply[end:])) == [TWO, Missing(missing=None)]
    assert not reader.unfinished


def test_an_unfinished_record_is_told() -> None:
    reader = RecordReader()
    assert list(reader.feed('{"text": "Half a sen')) == []
    assert reader.unfinished


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"text": "A missing quotation mark, "quotes": []}', "valid JSON"),
        ('{"text": "A string that goes over the line\n', "valid JSON"),
        ('{"text": 5, "quotes": []}', "text"),
        ('{"text": "x", "quotes": [{"paragraph": "P1"}]}', "quotes.0.quote"),
        ('{"words": "x"}', "text"),
    ],
)
def test_a_bad_record_does_not_spoil_the_next(bad: str, why: str) -> None:
    malformed, *rest = read(f"{bad}\n{TWO.model_dump_json()}\n")
    assert isinstance(malformed, Malformed)
    assert why in malformed.why
    assert rest == [TWO]


def test_a_record_that_never_ends_is_given_up() -> None:
    reader = RecordReader()
    found = [r for _ in range(50) for r in reader.feed('{"text": "' if not reader.unfinished else "x" * 1000)]
    assert found[0] == Malformed("a record is too long")


def test_nothing_at_all() -> None:
    assert read("") == []
    assert read("The briefings do not say.") == []


def test_what_is_missing_may_come_before_the_sentences() -> None:
    reader = RecordReader()
    told = '{"missing": "who paid", "sentences": [{"text": "One."}, {"text": "Two."}, {"words": "Three."}]}'
    found = [record for piece in (told[:20], told[20:]) for record in reader.feed(piece)]
    assert [type(f).__name__ for f in found] == ["Record", "Record", "Malformed", "Missing"]
    assert found[:2] == [Record(text="One."), Record(text="Two.")]
    assert found[3] == Missing(missing="who paid")
    assert not reader.unfinished


def test_prose_without_end_costs_no_more_than_its_length() -> None:
    reader = RecordReader()
    started = time.perf_counter()
    for _ in range(20_000):
        assert list(reader.feed("no record here, " * 4)) == []
    assert time.perf_counter() - started < 20  # it would take minutes if all of it were read again for each piece
    assert list(reader.feed('{"text": "One."}')) == [Record(text="One.")]
