"""The lexical mirror: BM25 over the library's passages in tantivy. The only file that imports tantivy."""

import contextlib
import math
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import tantivy

from rag.briefings import Hit
from rag.storage.database import Vectors
from rag.storage.postings import affordable
from rag.storage.profiles import Profile, pack, unpack
from rag.storage.stamps import Stamp
from rag.words.keys import keys_of
from rag.words.remembered import Remembered
from rag.words.sentences import sentence_spans
from rag.words.terms import index_terms

FORMAT = "lexicon-5"  # changes when what is indexed changes, so that old indexes are built anew
_HEAP = 64_000_000
_STAMP = "stamp.json"
_LOOKED_AT = 20  # passages at a time, for terms that are spelt almost as another
_ALSO = 0.4  # what a term counts that stands in another's place; the one that counts most does so alone


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: terms by weight, and for each what may `also` stand in its place; within these briefings,
    sources, titles (by their keys, see `rag.words.keys`) and days (both included), where given, and only passages
    that hold `all_of` these terms."""

    weights: Mapping[str, float]
    briefing_ids: Collection[str] | None = None
    sources: Collection[str] = ()
    titles: Collection[str] = ()
    since: date | None = None
    until: date | None = None
    also: Mapping[str, Collection[str]] = field(default_factory=dict)
    all_of: Collection[str] = ()


class Lexicon:
    """An index folder. Any number of processes may read; a caller that writes must hold the lexicon's lock."""

    def __init__(self, path: Path) -> None:
        """Open the folder's index, or make an empty one. Raises what tantivy raises when it is broken."""
        self._path = path
        path.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        for name in ("passage_id", "briefing_id", "source", "title"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        # One field for all words: a term counts the same wherever it stands, its rarity is that in whole passages,
        # and tantivy can leave out passages that cannot come among the best.
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_bytes_field("profile", stored=True)
        self._schema = builder.build()
        if not (path / "meta.json").exists():  # a new index stands nowhere, whatever an old one said
            (path / _STAMP).unlink(missing_ok=True)
        self._index = tantivy.Index(self._schema, path=str(path))
        self._seen = 0, 0, 0
        self._stamped: tuple[tuple[int, int, int], Stamp | None] = self._seen, None
        self._reader: LexiconReader | None = None

    @staticmethod
    def stamp_at(path: Path) -> Stamp | None:
        """Which state of which library the index in this folder stands at, or None for a new one."""
        with contextlib.suppress(OSError):
            return Stamp.read((path / _STAMP).read_text("utf-8"))
        return None

    def stamp(self) -> Stamp | None:
        """Which state of which library the index stands at, or None for a new one."""
        try:
            seen = _state_of(self._path / _STAMP)
        except OSError:
            return None
        if seen != self._stamped[0]:  # it is put in the place of another, never changed
            self._stamped = seen, self.stamp_at(self._path)
        return self._stamped[1]

    def update(self, forget: Sequence[str], hits: Sequence[Hit], vectors: Vectors) -> None:
        """Remove all passages of the briefings to forget, then add these with their vectors. When it is cut short,
        doing it again gives the same.

        One commit: a reader sees all of it or nothing."""
        writer = self._index.writer(_HEAP, 1)
        for briefing_id in dict.fromkeys([*forget, *(hit.passage.briefing_id for hit in hits)]):
            writer.delete_documents_by_term("briefing_id", briefing_id)
        above: dict[str, list[str]] = {}  # what stands above passages stands above many
        keys: dict[str, tuple[str, ...]] = {}
        for hit, vector in zip(hits, vectors, strict=True):
            published = hit.published.strftime("%Y-%m-%d %-d %B %Y") if hit.published else ""
            for words in (hit.title, hit.section or "", hit.source, published):
                if words not in above:
                    above[words] = index_terms(words)
            headings = [*above[hit.title], *above[hit.section or ""]]
            spans = sentence_spans(hit.text, 0, len(hit.text))
            sentences = [index_terms(hit.text[s.start : s.end]) for s in spans]
            document = tantivy.Document(
                passage_id=hit.passage.passage_id, briefing_id=hit.passage.briefing_id, source=hit.source
            )
            around = [*headings, *above[hit.source], *above[published]]
            if hit.title not in keys:
                keys[hit.title] = tuple(keys_of(hit.title))
            for key in keys[hit.title]:
                document.add_text("title", key)
            document.add_text("words", " ".join([*around, *chain.from_iterable(sentences)]))
            if hit.published:
                document.add_integer("day", hit.published.toordinal())
            document.add_bytes("profile", pack(hit, headings, sentences, vector))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def record(self, stamp: Stamp) -> None:
        """Note which state of which library the index stands at."""
        temporary = self._path / f"{_STAMP}.{os.getpid()}"
        temporary.write_text(stamp.write(), "utf-8")
        temporary.replace(self._path / _STAMP)

    def reader(self) -> "LexiconReader":
        """What is in the index now, to be searched; it does not change while it is used."""
        # What a writer, of any process, commits shows in this file; asking tantivy itself takes much longer.
        seen = _state_of(self._path / "meta.json")
        if self._reader is None or seen != self._seen:
            self._index.reload()
            self._seen = seen
            self._reader = LexiconReader(self._schema, self._index.searcher())
        return self._reader

    def count(self) -> int:
        """How many passages are in the index."""
        return self.reader().count


class LexiconReader:
    """The index as it was at one moment."""

    def __init__(self, schema: Any, searcher: Any) -> None:
        self._schema = schema
        self._searcher = searcher
        self._counts = Remembered(lambda term: int(searcher.doc_freq("words", term)))
        self.count = int(searcher.num_docs)

    def search(self, wanted: Wanted, k: int) -> list[Profile]:
        """The k best passages for the terms wanted, with their BM25 scores, best first."""
        groups = []
        for own, weight in wanted.weights.items():
            others = (t for t in wanted.also.get(own, ()) if t not in wanted.weights)
            groups.append(dict.fromkeys(others, weight * _ALSO) | {own: weight})
        weights = dict(chain.from_iterable(group.items() for group in groups))
        chosen = set(affordable({t: self._counts[t] for t in weights}, weights))
        should = []
        for group in groups:
            found = [self._term(t, weight) for t, weight in group.items() if t in chosen]
            if found:
                one = found[0] if len(found) == 1 else tantivy.Query.disjunction_max_query(found)
                should.append((tantivy.Occur.Should, one))
        if not should:
            return []
        return self._profiles(self._filtered(tantivy.Query.boolean_query(should), wanted), k)

    def find(self, passage_ids: Collection[str], wanted: Wanted) -> list[Profile]:
        """Those of these passages that the index holds and that are where they are wanted, with score 0, in no
        order."""
        if not passage_ids:
            return []
        query = tantivy.Query.term_set_query(self._schema, "passage_id", list(passage_ids))
        found = self._filtered(tantivy.Query.const_score_query(query, 0.0), wanted)
        return self._profiles(found, len(passage_ids))

    def has_title(self, key: str) -> bool:
        """True when this is a key of a briefing's title, or lately was one."""
        return bool(self._searcher.doc_freq("title", key))

    def holds(self, term: str) -> bool:
        """True when a passage, or what stands above it, holds this term, or lately did."""
        return bool(self._counts[term])

    def near(self, term: str, most: int) -> list[str]:
        """The terms of the index that differ from this one by a letter or by two swapped, so many at `most`; one
        that only stands where others of them do may be missing."""
        from rapidfuzz.distance import OSA

        alike = tantivy.Query.fuzzy_term_query(self._schema, "words", term, 1, True, False)
        found: list[str] = []
        while len(found) < most:
            others = [(tantivy.Occur.MustNot, self._term(other, 1.0)) for other in found]
            profiles = self._profiles(
                tantivy.Query.boolean_query([(tantivy.Occur.Must, alike), *others]), _LOOKED_AT
            )
            held = {t for p in profiles for s in (p.headings, *p.sentences) for t in s.split()}
            held.update(t for p in profiles for t in index_terms(f"{p.source} {p.published or date.min:%B}"))
            new = sorted(t for t in held.difference(found) if OSA.distance(t, term) == 1)
            if not new:
                break
            found += new
        return found[:most]

    def rarities(self, terms: Collection[str]) -> dict[str, float]:
        """How much each term says, by its inverse document frequency in BM25: log(1 + (N - n + ½) / (n + ½))."""
        counts = {t: min(self._counts[t], self.count) for t in terms}
        return {t: math.log(1 + (self.count - n + 0.5) / (n + 0.5)) for t, n in counts.items()}

    def _term(self, term: str, weight: float) -> Any:
        query = tantivy.Query.term_query(self._schema, "words", term, "freq")
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _any_of(self, name: str, values: Collection[str]) -> Any:
        if len(values) != 1:
            return tantivy.Query.term_set_query(self._schema, name, list(values))
        (only,) = values
        return tantivy.Query.term_query(self._schema, name, only, "basic")  # in half the time of a set of one

    def _filtered(self, query: Any, wanted: Wanted) -> Any:
        filters = []
        for name, values in (
            ("briefing_id", wanted.briefing_ids),
            ("source", wanted.sources or None),
            ("title", wanted.titles or None),
        ):
            if values is not None:
                filters.append(self._any_of(name, values))
        if wanted.since or wanted.until:
            first = (wanted.since or date.min).toordinal()
            last = (wanted.until or date.max).toordinal()
            kind = tantivy.FieldType.Integer
            filters.append(tantivy.Query.range_query(self._schema, "day", kind, first, last))
        filters += [tantivy.Query.term_query(self._schema, "words", term, "basic") for term in wanted.all_of]
        if not filters:
            return query
        must = [(tantivy.Occur.Must, tantivy.Query.const_score_query(f, 0.0)) for f in filters]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *must])

    def _profiles(self, query: Any, k: int) -> list[Profile]:
        hits = self._searcher.search(query, k, count=False).hits
        return [unpack(bytes(self._searcher.doc(at)["profile"][0]), float(score)) for score, at in hits]


def _state_of(path: Path) -> tuple[int, int, int]:
    """What changes when a file does. Raises OSError when there is none."""
    status = path.stat()
    return status.st_mtime_ns, status.st_ino, status.st_size
