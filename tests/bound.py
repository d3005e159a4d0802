"""Commands run one after another in one process that is bound by permissions, as root otherwise is not.

`python -m tests.bound` takes a command a line on its standard input, and says on a line of its own how it ended.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.command import Ended

ROOT = Path(__file__).parent.parent
# What lets root write where nobody may; without it, root is bound by permissions as everybody is.
_BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


class Bound:
    """The process, as its test sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, words: Sequence[str], temporary: Path) -> Ended:
        """How a command ended that has `temporary` as its folder, and for its temporary files."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"words": words, "temporary": str(temporary)}) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


@contextmanager
def bound() -> Iterator[Bound]:
    """The process, with nothing of the machine's settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "CHROMA_", "BRIEFINGS_"))}
    process = subprocess.Popen(
        [*_BOUND, sys.executable, "-m", "tests.bound"],
        env={**clean, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        try:
            yield Bound(process)
        finally:
            process.kill()  # also when a command never ends


def _ended(words: list[str], temporary: str) -> dict[str, Any]:
    from ui.cli import main

    os.environ["TMPDIR"] = tempfile.tempdir = temporary
    os.chdir(temporary)
    sys.argv = ["briefings", *words]
    files = [os.memfd_create(name) for name in ("out", "err")]
    for number, file in enumerate(files, start=1):
        os.dup2(file, number)
    code: object = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    told = []
    for file in files:
        os.lseek(file, 0, os.SEEK_SET)
        with os.fdopen(file, encoding="utf-8") as read:
            told.append(read.read())
    return {"code": code, "out": told[0], "err": told[1]}


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in sys.stdin:
        print(json.dumps(_ended(**json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    _serve()
