"""A YAML file is a list whose items know their lines; anything else is refused with its line."""

from pathlib import Path

import pytest

from evals.strict_yaml import read_items
from rag.errors import UsageError

GOOD = """\
- id: a
  claims:
    - must: [x]
      evidence: 1
- id: b
"""


def write(folder: Path, words: str | bytes) -> Path:
    path = folder / "a.yaml"
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def test_items_know_the_lines_of_their_fields(tmp_path: Path) -> None:
    first, second = read_items(write(tmp_path, GOOD), "a.yaml")
    assert first.value == {"id": "a", "claims": [{"must": ["x"], "evidence": 1}]}
    assert (first.line_of(), first.line_of(["claims"]), first.line_of(["claims", 0, "evidence"])) == (1, 2, 4)
    assert second.line_of() == 5
    assert first.line_of(["claims", 0, "none"]) == 3  # as far as there is one
    assert first.line_of(["claims", 7]) == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("- id: a\n  id: b\n", r"^a\.yaml:2: the field id stands there a second time; the first is in line 1\."),
        ("- c:\n    - d: 1\n      e: 2\n      d: 3\n", r"a\.yaml:4: the field d stands there a second time"),
        ("- id: [a\n- b\n", r"a\.yaml:\d is not YAML: while parsing a flow sequence, expected ',' or '\]'"),
        (
            "- id: a\n  tags: x: y\n",
            r"a\.yaml:2 is not YAML: mapping values are not allowed here\. Expected is a list",
        ),
        ("- id: a\n\ttags: x\n", r"a\.yaml:2 is not YAML: .*found character"),
        ("- id: !!python/object:os.system x\n", r"a\.yaml:1 is not YAML: could not determine a constructor"),
        ("- id: a\n  x: *b\n", r"a\.yaml:2 is not YAML: found undefined alias"),
        ("- id: a\n- as_of: 2031-02-30\n", r"a\.yaml:2 holds a wrong value: day is out of range"),
        ("- id: a\n  x: b\x00c\n", r"a\.yaml:2 holds the control character #x0000"),
        ("id: a\n", r"a\.yaml:1 is not a list of cases"),
        ("", r"a\.yaml:1 is not a list of cases"),
        ("- a\n---\n- b\n", r"a\.yaml:2 is not YAML: expected a single document"),
        ("- " + "[" * 5000, r"a\.yaml is nested too deeply"),
        (b"- id: \xff\n", r"a\.yaml is not UTF-8 text"),
    ],
)
def test_what_is_not_strictly_a_list_is_refused_with_its_line(
    tmp_path: Path, words: str | bytes, message: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        read_items(write(tmp_path, words), "a.yaml")
    assert caught.value.exit_code == 2


def test_the_same_key_in_two_mappings_and_an_alias_are_fine(tmp_path: Path) -> None:
    items = read_items(write(tmp_path, "- &a {id: a}\n- {id: b, x: *a}\n"), "a.yaml")
    assert [item.value for item in items] == [{"id": "a"}, {"id": "b", "x": {"id": "a"}}]


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"x\.yaml cannot be read: is a directory"):
        read_items(tmp_path, "x.yaml")
