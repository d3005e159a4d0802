"""The JSON document keeps the shape that its version promises, and is read back as it was."""

import json
from pathlib import Path

import pytest

from evals.document import SCHEMA_VERSION, as_json, document, json_schema, read_document
from rag.errors import UsageError
from tests.conftest import ROOT
from tests.test_summary import WORSE, summary


def test_the_shape_is_the_documented_one() -> None:
    """A change of shape shows here: write the schema anew (`python -m evals.document`), and raise the version if a
    field went away or means something else."""
    documented = json.loads((ROOT / "docs" / "eval-report.schema.json").read_text("utf-8"))
    assert json_schema() == documented
    assert documented["properties"]["schema_version"]["const"] == SCHEMA_VERSION


def test_it_holds_averages_changes_and_every_case() -> None:
    found = json.loads(as_json(summary(WORSE)))
    assert (found["schema_version"], found["ok"], found["targets"]["refusal_f1"]) == (2, False, 0.9)
    assert found["problems"][0] == {
        "kind": "case", "half": "dev", "subject": "toy-3", "why": "invalid marks: [9]",
        "text": "toy-3 passed and now fails: invalid marks: [9]",
    }  # fmt: skip
    half = found["halves"]["dev"]
    assert half["newly_failing"] == ["toy-3"]
    assert [half["metrics"]["markers"][k] for k in ("micro", "baseline", "change")] == [0.8, 1.0, -0.2]
    assert [c["id"] for c in half["cases"]] == ["toy-1", "toy-3"]
    assert half["cases"][0]["scores"]["claim_recall"] == [2, 2]
    assert half["cases"][0]["cited"] == ["flood¶1", "flood¶2"]


def test_it_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(as_json(summary(WORSE)), "utf-8")
    assert read_document(tmp_path / "a.json") == document(summary(WORSE))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("{}", "schema_version: Field required"),
        ('{"schema_version": 1}', "schema_version: Input should be 2"),
        ("[", "Invalid JSON"),
    ],
)
def test_another_document_is_refused(tmp_path: Path, words: str, why: str) -> None:
    (tmp_path / "a.json").write_text(words, "utf-8")
    with pytest.raises(UsageError, match=f"is not a report of version 2: {why}"):
        read_document(tmp_path / "a.json")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: no such file"):
        read_document(tmp_path / "a.json")
