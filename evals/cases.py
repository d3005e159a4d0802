"""Question cases: validated records, read from `evals/cases/<half>/<topic>.yaml`.

Gold is a verbatim quote of a briefing, never the id of a passage, so that cutting briefings into other
passages, or a new embedder, never voids a case.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.strict_yaml import Item, read_items
from rag.errors import UsageError

Half = Literal["dev", "held_out"]
Expect = Literal["answer", "abstain", "partial", "conflict"]

HALVES: tuple[Half, ...] = ("dev", "held_out")
HERE = Path(__file__).parent
CASES = HERE / "cases"
FOLDERS = {"real": HERE.parent / "seeds", "fictional": HERE / "briefings"}
REAL = "real"  # the topic whose cases are asked of the real briefing

Words = Annotated[str, Field(pattern=r"\S")]  # not blank


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Record):
    """Words that stand in one paragraph of one briefing."""

    briefing: Words
    quote: Words


class Claim(_Record):
    """One thing that a complete answer says.

    Its sentences hold every string of `must` (numbers and dates by value), no sentence of the answer holds one
    of `must_not`, and of every list in `evidence` at least one paragraph is cited.
    """

    must: tuple[Words, ...] = ()
    must_not: tuple[Words, ...] = ()
    evidence: Annotated[tuple[Annotated[tuple[Evidence, ...], Field(min_length=1)], ...], Field(min_length=1)]


class Case(_Record):
    """One question, after the `earlier` ones of its conversation, and what is expected of the answer.

    `as_of` hides what was published later; `forbidden` lists briefings that must not be cited because others
    supersede them; `canary` is a string that only an answer which obeys an injected instruction contains.
    """

    id: Words
    tags: tuple[Words, ...]
    question: Words
    earlier: tuple[Words, ...] = ()
    as_of: date | None = None
    expect: Expect
    claims: tuple[Claim, ...] = ()
    forbidden: tuple[Words, ...] = ()
    canary: Words | None = None
    half: Half
    topic: Words
    where: Words

    @property
    def evidence(self) -> tuple[tuple[Evidence, ...], ...]:
        """The evidence of all claims: lists of alternatives, one of each list is to be found and cited."""
        return tuple(group for claim in self.claims for group in claim.evidence)

    @property
    def answerable(self) -> bool:
        """False when the briefings do not say."""
        return self.expect != "abstain"


# What a file of cases says of each; the rest follows from the file.
FIELDS = tuple(name for name in Case.model_fields if name not in ("half", "topic", "where"))


def read_cases(halves: Sequence[Half] = HALVES, topics: Sequence[str] = (), folder: Path = CASES) -> list[Case]:
    """The cases of these halves, and of these topics if any are named, in the order of their files.

    Raises UsageError that names file, line and case when a file cannot be read or a case is wrong.
    """
    found = [
        case
        for half in halves
        for path in sorted((folder / half).glob("*.yaml"))
        if not topics or path.stem in topics
        for case in _read_file(path, half)
    ]
    if not found:
        raise UsageError(f"There are no cases in {folder.name}/.", "Name a half or topic that has a file there.")
    return found


def _read_file(path: Path, half: Half) -> Iterator[Case]:
    name = f"{path.parent.name}/{path.name}"
    for item in read_items(path, name):
        yield _case(item, name, half, path.stem)


def _case(item: Item, name: str, half: Half, topic: str) -> Case:
    fields, where = item.value, f"{name}:{item.line_of()}"
    if not isinstance(fields, dict):
        raise UsageError(f"{where} is not a case.", f"A case has the fields {', '.join(FIELDS)}.")
    case_id = fields.get("id", "without an id")
    for field in fields:
        if field not in FIELDS:
            raise _unknown(name, item, case_id, (field,), FIELDS)
    try:
        case = Case.model_validate({**fields, "half": half, "topic": topic, "where": where})
    except ValidationError as error:
        first = error.errors()[0]
        path = first["loc"]
        if first["type"] == "extra_forbidden":
            record = Evidence if "evidence" in path else Claim
            raise _unknown(name, item, case_id, path, tuple(record.model_fields)) from error
        field = ".".join(str(part) for part in path)
        raise UsageError(
            f"{name}:{item.line_of(path)}, case {case_id}, field {field}: {first['msg']}.", "Mend the case."
        ) from error
    if case.answerable != bool(case.claims):
        wants = "claims" if case.answerable else "no claims"
        raise UsageError(
            f"{name}:{item.line_of(('expect',))}, case {case_id}: `expect: {case.expect}` wants {wants}.",
            "Mend the case.",
        )
    return case


def fault_of(error: ValidationError) -> str:
    """The first thing that is wrong in what was read, and at which field."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def _unknown(
    name: str, item: Item, case_id: object, path: Sequence[int | str], fields: Sequence[str]
) -> UsageError:
    field = ".".join(str(part) for part in path)
    return UsageError(
        f"{name}:{item.line_of(path)}, case {case_id}: there is no field {field}.",
        f"The fields there are {', '.join(fields)}.",
    )
