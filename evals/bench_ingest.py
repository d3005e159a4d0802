"""How fast briefings are ingested: beside a bare loop over the same passages, and beside stock LlamaIndex.

`python -m evals.bench_ingest [FILES]` prints one line a contestant. Each runs in a process of its own over the same
generated files with the default embedder; what counts are the ratios, for machines differ.
"""

import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FILES = 10_000
_STOCK_SHARE = 10  # stock LlamaIndex reads every tenth file: its rate is compared, and it is slow
_SYLLABLES = [c + v for c in "bdklmnrstv" for v in "aeiou"]
_COMMON = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one were all there would their we has been when who will no more if out so up said its about than into "
    "them can only other time new some could these two may first then do any minister talks border harbour treaty "
    "harvest council election budget ships grain storm railway hospital school bridge market court union"
).split()
_BATCHES = (1_000, 5_000)  # rows a call of Chroma's `add`; it takes at most 5,461
_TRIED = 5_000  # passages on which the better of them is chosen


def write_files(folder: Path, count: int) -> None:
    """Write `count` text briefings of a title and eight paragraphs of 40 to 80 words, by a Zipfian vocabulary."""
    rng = random.Random(20240819)  # the same words in every run
    words = _COMMON + ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(8_000)]
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(words))))

    def sentence() -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(8, 20))).capitalize() + "."

    folder.mkdir(parents=True)
    for number in range(count):
        title = " ".join(rng.choices(words, cum_weights=weights, k=6)).title()
        paragraphs = [" ".join(sentence() for _ in range(rng.randint(3, 5))) for _ in range(8)]
        (folder / f"{number:05}.txt").write_text("\n\n".join([title, *paragraphs]) + "\n", "utf-8")


def ours(work: Path, files: Path) -> dict[str, Any]:
    """What `briefings ingest` does: read, embed, write the library and both mirrors."""
    from ingest.indexing import Indexing
    from ingest.pipeline import find_files, ingest
    from rag.build import open_home

    began = time.perf_counter()
    outcomes = set()
    with open_home(work / "home") as app, Indexing(app) as indexing:
        for result in ingest(app, find_files([files]).files):
            outcomes.add(result.outcome)
            indexing.note(result)
        indexing.finish()
        seconds = time.perf_counter() - began
        passages = sum(app.library.passage_counts(list(app.library.uris())).values())
    return {"seconds": seconds, "outcomes": sorted(outcomes), "passages": passages}


def bare(work: Path, files: Path) -> dict[str, Any]:
    """A loop that embeds the same passages and calls Chroma's `add` in its best batch size, and nothing else."""
    import numpy as np

    from ingest.passages import embedded_text
    from rag.build import open_home
    from rag.embedders import WordLlamaEmbedder
    from rag.vectors import VectorMirror

    with open_home(work / "home") as app:
        if wrong := [s.problem for s in app.mirrors.states() if s.problem]:
            sys.exit(f"what is compared with is not complete: {wrong[0]}")
        ids, texts = [], []
        for summary in app.library.summaries():
            whole = app.library.briefing(summary.briefing_id)
            for hit in app.library.passages([summary.briefing_id])[0]:
                ids.append(hit.passage.passage_id)
                texts.append(embedded_text(whole, hit.passage))
    embedder = WordLlamaEmbedder()

    def load(name: str, count: int, size: int) -> float:
        collection = VectorMirror.at_path(work / name)._collection  # as the mirror makes it, without the mirror
        began = time.perf_counter()
        for at in range(0, count, size):
            some = slice(at, min(at + size, count))
            rows = [embedder.embed(texts[i : i + 512]) for i in range(some.start, some.stop, 512)]
            collection.add(ids=ids[some], documents=texts[some], embeddings=np.concatenate(rows)[: some.stop - at])
        return time.perf_counter() - began

    embedder.embed(texts[:100])
    tried = {size: load(f"bare-{size}", min(_TRIED, len(texts)), size) for size in _BATCHES}
    best = min(tried, key=lambda size: tried[size])
    return {"passages": len(texts), "batch": best, "seconds": load("bare", len(texts), best)}


def stock(work: Path, files: Path) -> dict[str, Any]:
    """LlamaIndex as its documentation has it: SimpleDirectoryReader and VectorStoreIndex on Chroma."""
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from evals.bench.rivals import SameEmbedder
    from rag.embedders import WordLlamaEmbedder
    from rag.vectors import VectorMirror

    embedder = SameEmbedder(WordLlamaEmbedder(), batch=512)
    collection = VectorMirror.at_path(work / "stock")._collection
    began = time.perf_counter()
    documents = SimpleDirectoryReader(input_files=sorted(files.iterdir())[::_STOCK_SHARE]).load_data()
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    VectorStoreIndex.from_documents(documents, context, embed_model=embedder)
    return {"files": len(documents), "passages": collection.count(), "seconds": time.perf_counter() - began}


_CONTESTANTS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "ours": ours,
    "again": ours,  # everything is unchanged
    "bare": bare,
    "stock": stock,
}


def measure(name: str, work: Path, files: Path) -> dict[str, Any]:
    """Run a contestant in a process of its own; what it found, or why it could not run."""
    command = [sys.executable, "-m", "evals.bench_ingest", name, str(work), str(files)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    if ended.returncode:
        return {"error": (ended.stderr.strip().splitlines() or ["it ended"])[-1]}
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def main(arguments: Sequence[str]) -> None:
    """Measure all contestants and print what came of it; or, with three arguments, be one of them."""
    if len(arguments) == 3:
        found = _CONTESTANTS[arguments[0]](Path(arguments[1]), Path(arguments[2]))
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        usage = [resource.getrusage(kind) for kind in kinds]
        found["megabytes"] = sum(u.ru_maxrss for u in usage) // 1024
        found["cpu"] = sum(u.ru_utime + u.ru_stime for u in usage)
        print(json.dumps(found))
        return
    if arguments and not (len(arguments) == 1 and arguments[0].isdecimal() and int(arguments[0])):
        sys.exit("usage: python -m evals.bench_ingest [FILES], a number of at least 1")
    count = int(arguments[0]) if arguments else FILES
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_files(work / "files", count)
        results = {contestant: measure(contestant, work, work / "files") for contestant in _CONTESTANTS}
    for contestant, found in results.items():
        if "error" in found:
            print(f"{contestant:6} could not run: {found['error']}")
            continue
        passages, seconds, cpu = found["passages"], found["seconds"], found["cpu"]
        found["rate"] = passages / seconds
        words = f"{found['rate']:6,.0f} a second; {cpu:.0f} s of processor time with its start"
        print(f"{contestant:6} {passages:>7,} passages in {seconds:6.1f} s: {words}")
    mine, again, bare_rate = results["ours"], results["again"], results["bare"].get("rate")
    if "rate" not in mine or "rate" not in again or bare_rate is None:
        sys.exit(1)
    if (mine["outcomes"], again["outcomes"]) != (["added"], ["unchanged"]):
        sys.exit(f"not all was added and then unchanged, but {mine['outcomes']} and then {again['outcomes']}")
    print(f"ours / bare loop: {mine['rate'] / bare_rate:.2f} (batches of {results['bare']['batch']:,})")
    if "rate" in results["stock"]:
        ratio = mine["rate"] / results["stock"]["rate"]
        print(f"ours / stock LlamaIndex, in passages a second: {ratio:.2f} (its passages are longer)")
    print(f"second run: {again['seconds']:.2f} s, {mine['seconds'] / again['seconds']:.0f} times as fast")
    print(f"peak memory of all its processes: {mine['megabytes']} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
