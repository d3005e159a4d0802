"""The lexical mirror: BM25 over the library's passages in tantivy. The only file that imports tantivy."""

import contextlib
import os
from collections.abc import Collection, Sequence
from pathlib import Path

import tantivy

from rag.briefings import Hit
from rag.database import Vectors
from rag.stamps import Stamp
from rag.terms import index_terms

# How much a term counts where it stands. Measured on MultiHop-RAG's development half and the own evals.
FIELD_WEIGHTS = {"title": 1.0, "section": 1.0, "source": 1.0, "date": 0.5, "text": 1.0}
FORMAT = "lexicon-1"  # changes when what is indexed changes, so that old indexes are built anew
_HEAP = 64_000_000
_STAMP = "stamp.json"


class Lexicon:
    """An index folder. Any number of processes may read; a caller that writes must hold the lexicon's lock."""

    def __init__(self, path: Path) -> None:
        """Open the folder's index, or make an empty one. Raises what tantivy raises when it is broken."""
        self._path = path
        path.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("briefing_id", tokenizer_name="raw", index_option="basic")
        for name in FIELD_WEIGHTS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(path))

    @staticmethod
    def stamp_at(path: Path) -> Stamp | None:
        """Which state of which library the index in this folder stands at, or None for a new one."""
        with contextlib.suppress(OSError):
            return Stamp.read((path / _STAMP).read_text("utf-8"))
        return None

    def stamp(self) -> Stamp | None:
        """Which state of which library the index stands at, or None for a new one."""
        return self.stamp_at(self._path)

    def update(self, forget: Sequence[str], hits: Sequence[Hit], vectors: Vectors) -> None:
        """Remove all passages of the briefings to forget, then add these. When it is cut short, doing it again
        gives the same.

        One commit: a reader sees all of it or nothing. The vectors are not used here."""
        writer = self._index.writer(_HEAP, 1)
        for briefing_id in dict.fromkeys([*forget, *(hit.passage.briefing_id for hit in hits)]):
            writer.delete_documents_by_term("briefing_id", briefing_id)
        above: dict[str, str] = {}  # what stands above passages stands above many
        for hit in hits:
            document = tantivy.Document(passage_id=hit.passage.passage_id, briefing_id=hit.passage.briefing_id)
            published = hit.published.strftime("%Y-%m-%d %-d %B %Y") if hit.published else ""
            fields = {"title": hit.title, "section": hit.section or "", "source": hit.source, "date": published}
            for name, words in fields.items():
                if words not in above:
                    above[words] = " ".join(index_terms(words))
                document.add_text(name, above[words])
            document.add_text("text", " ".join(index_terms(hit.text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def record(self, stamp: Stamp) -> None:
        """Note which state of which library the index stands at."""
        temporary = self._path / f"{_STAMP}.{os.getpid()}"
        temporary.write_text(stamp.write(), "utf-8")
        temporary.replace(self._path / _STAMP)

    def query(self, question: str, k: int, within: Collection[str] | None = None) -> list[tuple[str, float]]:
        """The ids of the k best passages for the words of a question, with their BM25 scores, best first.

        `within` limits the search to these briefings.
        """
        terms = dict.fromkeys(index_terms(question))
        if not terms:
            return []
        should = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, name, t, "freq"), weight),
            )
            for t in terms
            for name, weight in FIELD_WEIGHTS.items()
        ]
        query = tantivy.Query.boolean_query(should)
        if within is not None:
            admitted = tantivy.Query.term_set_query(self._schema, "briefing_id", list(within))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(admitted, 0.0)),
                ]
            )
        self._index.reload()
        searcher = self._index.searcher()
        found = searcher.search(query, k, count=False).hits
        return [(str(searcher.doc(address)["passage_id"][0]), float(score)) for score, address in found]

    def count(self) -> int:
        """How many passages are in the index."""
        self._index.reload()
        return int(self._index.searcher().num_docs)
