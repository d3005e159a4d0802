"""Is the command line, and kills itself at its n-th commit point: the arguments are `N WORD…`.

A commit point is the moment before, or after, anything is made to last: a transaction of the library, a write to
either mirror, the record of a mirror's state, a file that is put in its place or removed. With N of 0 nothing is
killed, and the number of points is written to the file that KILL_POINTS_COUNT names. With KILL_POINTS_FOLLOWER, the
process that follows the library is started early and is the one that is killed.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Points:
    """Counts the commit points of this process, and kills it at one of them."""

    def __init__(self, deadly: int) -> None:
        self.deadly = deadly
        self.passed = 0

    def reach(self) -> None:
        self.passed += 1
        if self.passed == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        """Make a point before and a point after every call of this function."""
        inner: Callable[..., Any] = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.reach()
            try:
                return inner(*args, **kwargs)
            finally:
                self.reach()

        setattr(owner, name, call)


def install(points: Points) -> None:
    """Make every place a commit point where something is made to last, and let there be many of them."""
    from chromadb.api.models.Collection import Collection
    from sqlalchemy.engine.default import DefaultDialect

    from ingest import pipeline
    from rag.keeping import copying
    from rag.lexicon import Lexicon
    from rag.vectors import VectorMirror

    pipeline._PASSAGES = 12
    copying._PASSAGES = 24
    points.around(DefaultDialect, "do_commit")
    for name in ("upsert", "delete", "modify"):
        points.around(Collection, name)
    points.around(Lexicon, "update")
    for name in ("replace", "write_text", "unlink"):
        points.around(Path, name)
    points.around(shutil, "rmtree")
    points.around(VectorMirror, "close")


def main() -> None:
    """Be the command line, or the process that follows it."""
    points = Points(int(sys.argv[1]))
    if sys.argv[2:] == ["follow"]:
        install(points)
        from rag.keeping.follower import main as follow

        follow()
        return
    if os.environ.get("KILL_POINTS_FOLLOWER"):
        from ingest import indexing, sandbox  # before `Popen` is replaced, which its signatures name

        assert sandbox
        indexing._MANY = 3
        start = subprocess.Popen

        def popen(command: list[str], **more: Any) -> Any:
            return start([sys.executable, "-m", "tests.kill_points", sys.argv[1], "follow"], **more)

        subprocess.Popen = popen  # type: ignore[misc,assignment]
    else:
        install(points)
    sys.argv = ["briefings", *sys.argv[2:]]
    from ui.cli import main as briefings

    try:
        briefings()
    finally:
        if count := os.environ.get("KILL_POINTS_COUNT"):
            os.write(os.open(count, os.O_CREAT | os.O_WRONLY), str(points.passed).encode())


if __name__ == "__main__":
    main()
