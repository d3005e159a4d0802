"""`python -m evals.bench` (`make bench`): retrieval and speed beside the building blocks, as tables and a plot."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench.data import clapnq, data_folder, multihop
from evals.bench.homes import DEFAULT_PLACE, home_of
from rag.errors import BriefingsError

_SIZES = (1_000, 10_000, 35_000)


def main() -> int:
    """Measure, print the tables, write the plot; 1 with a reason when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--only", choices=("quality", "speed"), help="measure this alone")
    parser.add_argument(
        "--sizes", type=sizes, default=_SIZES, help="passages to measure the speed at, as 1000,35000"
    )
    parser.add_argument(
        "--place", type=Path, default=DEFAULT_PLACE, help="where libraries are kept for the next run"
    )
    parser.add_argument("--alone", action="store_true", help="time the product only")
    chosen = parser.parse_args()
    try:
        if chosen.only != "speed":
            _quality(chosen.place)
        if chosen.only != "quality":
            _speed(chosen.place, chosen.sizes, alone=chosen.alone)
    except BriefingsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def sizes(words: str) -> tuple[int, ...]:
    """Numbers with commas between, each 1 or more and kept once. Raises ArgumentTypeError for anything else."""
    parts = [word.strip() for word in words.split(",")]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise argparse.ArgumentTypeError(f"{words!r} is not a list of numbers such as 1000,35000")
    return tuple(dict.fromkeys(map(int, parts)))


def _quality(place: Path) -> None:
    from evals.bench.quality import clapnq_recall, multihop_scores, refusals
    from evals.bench.report import clapnq_table, multihop_table, refusal_table

    folder = data_folder()
    with home_of(data := multihop(folder), place) as app:
        print(multihop_table(multihop_scores(app, data)), end="\n\n", flush=True)
        print(refusal_table(refusals(app, data)), end="\n\n", flush=True)
    with home_of(data := clapnq(folder), place) as app:
        print(clapnq_table(clapnq_recall(app, data)), end="\n\n", flush=True)


def _speed(place: Path, at: Sequence[int], *, alone: bool) -> None:
    from evals.bench.report import plot, speed_table
    from evals.bench.speed import measure

    def tell(words: str) -> None:
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)

    data = multihop(data_folder())
    speeds = measure(data, at, place, tell, alone=alone)
    tell("")
    print(speed_table(speeds))
    (place / "speed.svg").write_text(plot(speeds), "utf-8")
    print(f"\nThe plot is in {place / 'speed.svg'}.")


if __name__ == "__main__":
    sys.exit(main())
