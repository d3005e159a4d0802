"""`briefings ingest`: files brought in once, or folders watched."""

import json
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import typer

from ingest import pipeline
from ingest.indexing import Indexing
from ingest.results import FileResult, failed
from ingest.walk import addresses_among, is_gone
from ingest.watch import Trouble, Watch
from ingest.web import Address, is_address
from rag.build import App, open_home
from rag.errors import BriefingsError, LibraryError, NotFoundError
from ui.progress import IngestProgress, print_ingest_summary
from ui.signals import interruptible


def ingest_once(home: Path | None, places: Sequence[str], *, prune: bool, as_json: bool) -> bool:
    """Bring files, folders and URLs in, and say what became of them; True when nothing failed.

    Raises BriefingsError, after what was done has been printed, when the library or the embedder fails.
    """
    results: list[FileResult] = []
    failure: BriefingsError | None = None
    try:
        with open_home(home) as app, interruptible():
            app.library.check_writable()
            _bring_in(app, places, results, prune=prune, quiet=as_json)
    except BriefingsError as error:
        failure = error
    if as_json:
        document: dict[str, object] = {"results": [asdict(r) for r in results]}
        if failure:
            document["error"] = {"reason": failure.reason, "remedy": failure.remedy}
        print(json.dumps(document, ensure_ascii=False, indent=2), flush=True)
    elif results or not failure:
        print_ingest_summary(results)
    if failure:
        raise failure
    return all(r.outcome != "failed" for r in results)


def ingest_and_watch(home: Path | None, places: Sequence[str], *, prune: bool, as_json: bool) -> None:
    """Bring folders in, then whatever changes in them, until SIGINT or SIGTERM. With `as_json`, every event is one
    line of JSON."""
    stop = threading.Event()
    folders = [Path(place) for place in places]
    results: list[FileResult] = []
    with open_home(home) as app, _stopping(stop):
        app.library.check_writable()
        watch = Watch(app, folders, stop)
        try:
            _bring_in(app, places, results, prune=prune, quiet=as_json, stop=stop)
        except BriefingsError as error:
            _tell(Trouble(error.reason, error.remedy), as_json)
        app.mirrors.close()
        if as_json:
            for result in results:
                _tell(result, as_json)
            print(json.dumps({"event": "watching", "folders": [str(f) for f in folders]}), flush=True)
        else:
            print_ingest_summary(results)
            typer.echo(f"Watching {', '.join(map(str, folders))}; Ctrl-C ends.", err=True)
        with IngestProgress(0, quiet=True) as lines:
            for event in watch.events():
                if isinstance(event, FileResult):
                    results.append(event)
                    if not as_json:
                        lines.say(event)
                        continue
                _tell(event, as_json)
    if as_json:
        counts = {o: sum(r.outcome == o for r in results) for o in sorted({r.outcome for r in results})}
        print(json.dumps({"event": "ended", "counts": counts}), flush=True)
    else:
        print_ingest_summary(results)


def _bring_in(
    app: App,
    places: Sequence[str],
    results: list[FileResult],
    *,
    prune: bool,
    quiet: bool,
    stop: threading.Event | None = None,
) -> None:
    """Bring files, folders and URLs in; what became of each is added to `results` as it comes."""
    _ = app.fingerprint  # another embedder than the library's is refused before anything is done
    paths = [Path(place) for place in places if not is_address(place)]
    missing = [path for path in paths if prune and is_gone(path.expanduser())]
    sources = pipeline.find_files([path for path in paths if path not in missing], may_be_empty=prune or bool(stop))
    addresses, problems = addresses_among(places)
    files: list[Path | Address] = [*sources.files, *addresses]
    with Indexing(app) as indexing, IngestProgress(len(files), quiet=quiet) as progress:

        def tell(result: FileResult) -> None:
            results.append(result)
            progress.show(result)

        for result in (*sources.problems, *problems):
            tell(result)
        for result in pipeline.ingest(app, files):
            tell(result)
            indexing.note(result)
            if stop and stop.is_set():
                return
        if prune:
            for result in pipeline.prune(app, paths):
                tell(result)
            for path in missing:
                whole = str(path.expanduser().absolute().resolve())
                if not any(r.outcome == "removed" and r.path.startswith(whole) for r in results):
                    tell(failed(path, NotFoundError("there is no such file or folder", "Check the path.")))
        progress.indexing()
        try:
            indexing.finish(progress.indexed)
        except LibraryError as error:  # what was brought in is in the library all the same
            typer.echo(f"briefings: {error}", err=True)


def _tell(event: FileResult | Trouble, as_json: bool) -> None:
    if as_json:
        kind = "result" if isinstance(event, FileResult) else "trouble"
        print(json.dumps({"event": kind, **asdict(event)}, ensure_ascii=False), flush=True)
    elif isinstance(event, Trouble):
        typer.echo(f"briefings: {event.reason} {event.remedy}".rstrip(), err=True)


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """Let SIGINT and SIGTERM set `stop`; a second one ends at once."""

    def handle(number: int, _: FrameType | None) -> None:
        if stop.is_set():
            raise SystemExit(128 + number)
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
