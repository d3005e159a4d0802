"""An answered question as a case for review."""

from pathlib import Path

from evals.cases import read_cases
from evals.draft import draft
from rag.answers import Answer
from tests.eval_toys import AID, gold


def test_a_draft_is_a_valid_case(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "a.yaml").write_text(draft(gold(), ("Before?",)), "utf-8")
    (case,) = read_cases(folder=tmp_path)
    assert (case.expect, case.earlier) == ("answer", ("Before?",))
    assert case.claims[1].evidence[0][0].quote == AID
    assert case.claims[1].must == ("52",)


def test_a_refusal_becomes_a_case_to_refuse(tmp_path: Path) -> None:
    text = draft(Answer("Who?", "Who?", abstained=True, reason="The briefings do not say."))
    assert "expect: abstain" in text
    assert "claims" not in text
