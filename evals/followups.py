"""How well follow-ups are understood: whether the right paragraph is found for them in the midst of a conversation.

Run `python -m evals.followups`: it prints a table for the conversations of `evals/conversations/`, and another one
for MTRAG-UN when BRIEFINGS_BENCH_DATA names a folder that holds `mtrag/mtragun-dev-half.jsonl`.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from evals.cases import HALVES, HERE, Half
from evals.event_dates import DEPTH, rank
from evals.metrics import Score
from evals.run import libraries
from ingest.pipeline import find_files, ingest
from rag.answers import Citation
from rag.asking.followup import Turn, standalone, turn_of
from rag.asking.typed import LONGEST_QUESTION
from rag.build import App, build_app
from rag.errors import UnreadableError
from rag.settings import Settings

Kind = Literal["opening", "follow", "alone"]
Way = Literal["as typed", "as understood", "with the question before", "written out by a person"]
CONVERSATIONS = HERE / "conversations"
_WIDE = 40  # passages, so that five of different texts are among them
_MTRAG = Path("mtrag") / "mtragun-dev-half.jsonl"


class Said(BaseModel):
    """A question of a conversation; `find` holds words of the right paragraph, any of which will do, and `full` is
    how a person wrote a follow-up out."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ask: str
    find: tuple[str, ...]
    kind: Kind = Field("opening", alias="is")
    full: str | None = None


class Conversation(BaseModel):
    """Questions asked one after another of one library."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    library: Literal["fictional", "real"] = "fictional"
    turns: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how it was understood, whether the answer cites the right paragraph, and that paragraph's rank
    among the passages found, from 1 (below DEPTH: DEPTH + 1), by what was searched for."""

    kind: Kind
    question: str
    understood: str
    ranks: Mapping[Way, int]
    cited: bool


@dataclass(frozen=True, slots=True)
class Recall:
    """Mean share of the gold passages among the first 3 and the first 5, over so many questions."""

    questions: int
    at3: float
    at5: float


def conversations(half: Half) -> list[Conversation]:
    """The conversations of one half."""
    plain = yaml.safe_load((CONVERSATIONS / f"{half}.yaml").read_text("utf-8"))
    return [Conversation.model_validate(c) for c in plain]


def measured(apps: Mapping[str, App], some: Sequence[Conversation]) -> list[Asked]:
    """Every question of some conversations, asked after those before it and their answers."""
    return [asked for c in some for asked in _asked(apps[c.library], c)]


def share(asked: Sequence[Asked], way: Way) -> Score:
    """How many of the questions have the right paragraph among the first three passages."""
    return Score(float(sum(a.ranks[way] <= 3 for a in asked)), len(asked))


def _asked(app: App, conversation: Conversation) -> Iterator[Asked]:
    history: list[Turn] = []
    for said in conversation.turns:
        answer = app.ask(said.ask, history)
        queries: dict[Way, str] = {
            "as typed": said.ask,
            "as understood": answer.standalone_question,
            "with the question before": f"{history[-1].question} {said.ask}" if history else said.ask,
            "written out by a person": said.full or said.ask,
        }
        ranks = {way: rank(app.search(query, DEPTH), said.find) for way, query in queries.items()}
        cited = any(_holds(app, citation, said.find) for citation in answer.citations)
        yield Asked(said.kind, said.ask, answer.standalone_question, ranks, cited)
        history.append(turn_of(answer))


def _holds(app: App, citation: Citation, find: Sequence[str]) -> bool:
    briefing = app.library.briefing(citation.briefing_id)
    words = briefing.words_of(briefing.paragraphs[citation.paragraph - 1])
    return any(quote in words for quote in find)


def mtrag(path: Path) -> dict[Way, Recall]:
    """Recall of the gold passages on MTRAG-UN's last questions with a history, by what is searched for.

    The gold passages of all tasks together are what is searched.
    """
    tasks = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    tasks = [t for t in tasks if t["contexts"] and len(t["input"]) > 1]
    pool = {c["document_id"]: c["text"] for t in tasks for c in t["contexts"]}
    found: dict[Way, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place) / "texts"
        texts.mkdir()
        files = {f"passage-{i}.txt": name for i, name in enumerate(pool)}
        for file, name in files.items():
            (texts / file).write_text(" ".join(pool[name].split()) + "\n", "utf-8")
        app = build_app(Settings.model_construct(home=Path(place) / "home"))
        try:
            for result in ingest(app, find_files([texts]).files):
                if result.outcome == "failed":
                    raise UnreadableError(
                        f"{result.path} could not be taken in: {result.reason}.", result.remedy or ""
                    )
            app.mirrors.catch_up()
            name_of = {i: files[uri.rsplit("/", 1)[-1]] for i, uri in app.library.uris().items()}
            for task in tasks:
                gold = {c["document_id"] for c in task["contexts"]}
                for way, query in _queries(task["input"]).items():
                    hits = app.search(query[:LONGEST_QUESTION], _WIDE)
                    ranked = list(dict.fromkeys(name_of[h.passage.briefing_id] for h in hits))
                    three, five = (len(gold & set(ranked[:k])) / len(gold) for k in (3, 5))
                    found.setdefault(way, []).append((three, five))
        finally:
            app.close()
    return {way: Recall(len(r), mean(a for a, _ in r), mean(b for _, b in r)) for way, r in found.items()}


def _queries(turns: Sequence[Mapping[str, str]]) -> dict[Way, str]:
    said = [(t["speaker"], " ".join(t["text"].split())) for t in turns]
    history: list[Turn] = []
    for speaker, words in said[:-1]:
        if speaker == "user":
            history.append(Turn(words))
        elif history:
            history[-1] = Turn(history[-1].question, words)
    question = said[-1][1]
    return {
        "as typed": question,
        "as understood": standalone(question, history).text,
        "with the question before": f"{history[-1].question} {question}",
    }


def main() -> None:
    """Print both tables."""
    with libraries() as apps:
        for half in HALVES:
            asked = measured(apps, conversations(half))
            for kind in ("follow", "alone"):
                some = [a for a in asked if a.kind == kind]
                scores = {way: share(some, way) for way in some[0].ranks}
                ways = ", ".join(f"{s.hits / s.of:.3f} {way}" for way, s in scores.items())
                cited = sum(a.cited for a in some)
                print(
                    f"{half}, {len(some)} {kind}: right paragraph in the first 3 {ways}; cited by {cited} answers"
                )
    data = os.environ.get("BRIEFINGS_BENCH_DATA")
    path = Path(data or "") / _MTRAG
    if not data or not path.is_file():
        print(f"MTRAG-UN is left out: set BRIEFINGS_BENCH_DATA to a folder that holds {_MTRAG}.", file=sys.stderr)
        return
    for way, recall in mtrag(path).items():
        print(
            f"MTRAG-UN, {recall.questions} questions: recall@3 {recall.at3:.3f}, recall@5 {recall.at5:.3f}  {way}"
        )


if __name__ == "__main__":
    main()
