"""The process in which hostile files are read: `python -m ingest.worker SECONDS`, bytes in, a document out."""

import contextlib
import json
import os
import signal
import sys
from typing import Any

from ingest.readers import READERS
from ingest.wire import document_to_wire, error_to_wire, receive, send
from rag.errors import UnreadableError

MEMORY = 400_000_000  # bytes that this process may hold
_FILES = 200  # after which it is replaced, so that no leak of a parser grows


def main() -> None:
    """Read one file after another until nobody asks any more."""
    seconds = float(sys.argv[1])
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks decides
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    read = 0
    while (request := receive(asked)) is not None and (data := receive(asked)) is not None:
        if hasattr(signal, "alarm"):
            signal.alarm(int(seconds) + 2)  # should the one who asked be gone, who would end this process
        read += 1
        answer = _answer(json.loads(request)["suffix"], data)
        del data
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        if read >= _FILES:
            answer["spent"] = True
        with contextlib.suppress(BrokenPipeError):
            send(told, json.dumps(answer).encode())


def _answer(suffix: str, data: bytes) -> dict[str, Any]:
    try:
        return {"document": document_to_wire(READERS[suffix].parse(data))}
    except UnreadableError as error:
        return error_to_wire(error)
    except MemoryError:
        words = UnreadableError("reading it takes too much memory", "Split it into several briefings.")
        return error_to_wire(words) | {"spent": True}
    except RecursionError:
        return error_to_wire(UnreadableError("it is nested too deeply", "Save it anew, or save its text."))
    except Exception as error:  # a parser's own errors are of every kind: the file is what is wrong
        what = f"it is damaged or not what its name says ({type(error).__name__})"
        return error_to_wire(UnreadableError(what, "Save it anew, or save its text."))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (MEMORY, MEMORY) if limit == resource.RLIMIT_DATA else (0, 0))


if __name__ == "__main__":
    main()
