"""The benchmark's results as Markdown tables, and the plot of the times as SVG."""

import math
from collections.abc import Mapping, Sequence

from evals.bench.quality import Recall, Refusals
from evals.bench.scorers import Scores
from evals.bench.speed import Speed

_NAMES = {
    "hits_10": "Hits@10", "hits_4": "Hits@4", "mrr_10": "MRR@10", "map_10": "MAP@10",
    "recall_10": "evidence recall@10", "all_10": "all evidence@10",
}  # fmt: skip
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 360, 60, 40
_COLOURS = ("#1a5fb4", "#2a7d4f", "#c64600", "#813d9c")


def multihop_table(scores: Mapping[str, Scores]) -> str:
    """One row a measure, one column a system, and the product's value over the best of the others."""
    systems = list(scores)
    lines = _head(["MultiHop-RAG, development half", *systems, "ratio to the best other"])
    for field, name in _NAMES.items():
        values = [getattr(scores[system], field) for system in systems]
        lines.append(_row([name, *(f"{v:.3f}" for v in values), f"{values[0] / max(values[1:]):.2f}"]))
    return "\n".join(lines)


def clapnq_table(recalls: Mapping[str, Mapping[str, Recall]]) -> str:
    """One row a kind of question and depth, one column a system."""
    systems = list(recalls)
    lines = _head(["CLAPNQ, development half", *systems, "ratio to the best other"])
    for kind in next(iter(recalls.values())):
        for depth in (1, 5):
            values = [getattr(recalls[system][kind], f"at_{depth}") for system in systems]
            cells = [f"{kind}: recall@{depth}", *(f"{v:.3f}" for v in values)]
            lines.append(_row([*cells, f"{values[0] / max(values[1:]):.2f}"]))
    return "\n".join(lines)


def refusal_table(refused: Refusals) -> str:
    """How many of the unanswerable questions were refused."""
    lines = _head(["unanswerable questions of MultiHop-RAG", "asked", "refused"])
    for name, asked, said_no in (
        ("that name a source of the library", refused.known, refused.known_refused),
        ("that name none", refused.unknown, refused.unknown_refused),
    ):
        lines.append(_row([name, str(asked), f"{said_no / asked:.3f}" if asked else "–"]))
    return "\n".join(lines)


def speed_table(speeds: Sequence[Speed]) -> str:
    """One row a size."""
    lines = _head(
        ["passages", "question, ms", "95 %", "search alone", "its processor time",
         "bare Chroma", "bare tantivy",
         "question / both", "questions/s", "first answer, s", "memory, MB"]
    )  # fmt: skip
    for s in speeds:
        lines.append(
            _row(
                [
                    f"{s.passages:,}", f"{s.ask:.1f}", f"{s.ask_95:.1f}", f"{s.search:.1f}", f"{s.search_cpu:.1f}",
                    _ms(s.chroma), _ms(s.tantivy), f"{s.ratio:.2f}" if s.ratio else "–", f"{s.per_second:.1f}",
                    f"{s.first:.1f}", f"{s.memory:,.0f}",
                ]
            )
        )  # fmt: skip
    return "\n".join(lines)


def plot(speeds: Sequence[Speed]) -> str:
    """Milliseconds over passages, both axes logarithmic, one line for each of what is timed."""
    lines = {
        "whole question": [(s.passages, s.ask) for s in speeds],
        "search": [(s.passages, s.search) for s in speeds],
        "bare Chroma": [(s.passages, s.chroma) for s in speeds if s.chroma],
        "bare tantivy": [(s.passages, s.tantivy) for s in speeds if s.tantivy],
    }
    points = [p for line in lines.values() for p in line]
    x0, x1 = (math.log10(f(x for x, _ in points)) for f in (min, max))
    y0, y1 = math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points)))

    def at(x: float, y: float) -> str:
        left = _LEFT + (math.log10(x) - x0) / ((x1 - x0) or 1) * (_WIDTH - _LEFT - 130)
        top = _HEIGHT - _BOTTOM - (math.log10(y) - y0) / ((y1 - y0) or 1) * (_HEIGHT - _BOTTOM - 20)
        return f"{left:.1f},{top:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for power in range(y0, y1 + 1):
        left, top = at(10**x0, 10.0**power).split(",")
        parts.append(f'<path d="M{left} {top}H{_WIDTH - 130}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{top}" text-anchor="end">{10.0**power:g} ms</text>')
    for size in sorted({x for x, _ in points}):
        left, _ = at(size, 10.0**y0).split(",")
        parts.append(f'<text x="{left}" y="{_HEIGHT - 20}" text-anchor="middle">{size:,}</text>')
    for colour, (name, line) in zip(_COLOURS, lines.items(), strict=True):
        if line:
            parts.append(
                f'<polyline points="{" ".join(at(*p) for p in line)}" fill="none" stroke="{colour}" '
                'stroke-width="2"/>'
            )
            left, top = at(*line[-1]).split(",")
            parts.append(f'<text x="{float(left) + 8}" y="{float(top) + 4}" fill="{colour}">{name}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_HEIGHT - 4}">passages</text></svg>')
    return "\n".join(parts) + "\n"


def _head(cells: Sequence[str]) -> list[str]:
    return [_row(cells), _row(["---", *("--:" for _ in cells[1:])])]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
