"""Cases are validated records; errors name file, line, case and field."""

from pathlib import Path

import pytest

from evals.cases import read_cases
from rag.errors import UsageError
from tests.eval_toys import case, refusal_case

GOOD = """\
- id: a-1
  tags: [single]
  question: Who came?
  as_of: "2031-06-01"
  expect: answer
  claims:
    - must: ["52"]
      evidence:
        - - {briefing: flood, quote: "The ministry sent 52 lorries."}
"""


def write(folder: Path, words: str, half: str = "dev") -> Path:
    (folder / half).mkdir(exist_ok=True)
    (folder / half / "a.yaml").write_text(words, "utf-8")
    return folder


def test_a_case_is_read_with_its_place(tmp_path: Path) -> None:
    (found,) = read_cases(folder=write(tmp_path, GOOD))
    assert (found.id, found.half, found.topic, found.where) == ("a-1", "dev", "a", "dev/a.yaml:1")
    assert found.evidence[0][0].quote == "The ministry sent 52 lorries."
    assert str(found.as_of) == "2031-06-01"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            GOOD.replace("tags:", "tag:"),
            r"a\.yaml:2, case a-1: there is no field tag\. The fields there are id,",
        ),
        (GOOD.replace("  tags: [single]\n", ""), r"dev/a\.yaml:1, case a-1, field tags: Field required"),
        (GOOD + "  notes: x\n", r"dev/a\.yaml:10, case a-1: there is no field notes\."),
        (GOOD + "  half: held_out\n", r"dev/a\.yaml:10, case a-1: there is no field half\."),
        (GOOD.replace("must:", "musst:"), r"dev/a\.yaml:7, case a-1: there is no field claims\.0\.musst\."),
        (GOOD.replace("answer", "perhaps"), r"dev/a\.yaml:5, case a-1, field expect: Input should be"),
        (
            GOOD.replace('"52"', "52"),
            r"a\.yaml:7, case a-1, field claims\.0\.must\.0: Input should be",
        ),
        (
            GOOD.replace("expect: answer", "expect: abstain"),
            r"dev/a\.yaml:5, case a-1: `expect: abstain` wants no claims",
        ),
        (GOOD.replace("[single]", "[single"), r"dev/a\.yaml:\d+ is not YAML"),
        (GOOD.replace("Who came?", '" "'), r"dev/a\.yaml:3, case a-1, field question: String should match"),
        ("cases: 1\n", r"dev/a\.yaml:1 is not a list of cases"),
        ("- &a {id: a, tags: [s], question: q, expect: answer, claims: [*a]}\n", r"dev/a\.yaml:1, case a, "),
        ("- 1\n", r"dev/a\.yaml:1 is not a case"),
        ("", r"is not a list of cases"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, words: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        read_cases(folder=write(tmp_path, words))
    assert caught.value.exit_code == 2


def test_an_empty_selection_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There are no cases"):
        read_cases(("held_out",), folder=write(tmp_path, GOOD))


def test_the_committed_set_is_as_large_as_promised() -> None:
    cases = read_cases()
    hostile = {"hostile", "conflict", "superseded"}
    assert len(cases) >= 320
    assert sum(c.answerable for c in cases) >= 200
    refusals = [c for c in cases if not c.answerable]
    assert len(refusals) >= 60
    assert sum("near-miss" in c.tags for c in refusals) * 2 >= len(refusals)
    assert sum(bool(hostile & set(c.tags)) for c in cases) >= 60


def test_only_an_abstention_is_not_answerable() -> None:
    assert case(expect="partial").answerable
    assert not refusal_case().answerable
