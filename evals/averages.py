"""Averages of scores over cases, with 95 % intervals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy import special, stats

from evals.metrics import Score

_LEVEL = 0.95
_RESAMPLES = 1000
_PLACES = 4


class Averaged(BaseModel):
    """Micro and macro average over `cases` cases; `hits` out of `of`; [low, high] is the 95 % interval of micro."""

    model_config = ConfigDict(frozen=True)
    micro: float
    macro: float
    low: float
    high: float
    hits: float
    of: float
    cases: int


def average(scores: Sequence[Score]) -> Averaged | None:
    """Micro = Σhits / Σof, macro = mean of hits / of, over the scores that apply; None when none does.

    The interval is the exact binomial one (Clopper & Pearson 1934) when every case counts 0 or 1 of 1; else a
    percentile bootstrap over cases (Efron 1979), because the marks of one answer are not independent. Where all
    cases are alike a bootstrap knows no doubt: there it is the exact one, with the cases as trials.
    """
    applying = [s for s in scores if s.of > 0]
    if not applying:
        return None
    hits, of = np.array([s.hits for s in applying]), np.array([s.of for s in applying])
    micro = float(hits.sum() / of.sum())
    shares = hits / of
    if micro in (0.0, 1.0) or bool(np.isin(hits, (0, 1)).all() and (of == 1).all()):
        low, high = _exact(round(float(shares.sum())), len(shares))
    else:
        low, high = _bootstrap(hits, of)
    found = {"micro": micro, "macro": shares.mean(), "low": low, "high": high, "hits": hits.sum(), "of": of.sum()}
    return Averaged(cases=len(applying), **{name: round(float(x), _PLACES) for name, x in found.items()})


def _exact(hits: int, of: int) -> tuple[float, float]:
    tail = (1 - _LEVEL) / 2
    low = special.betaincinv(hits, of - hits + 1, tail) if hits else 0.0
    high = special.betaincinv(hits + 1, of - hits, 1 - tail) if hits < of else 1.0
    return float(low), float(high)


def _bootstrap(hits: NDArray[np.float64], of: NDArray[np.float64]) -> tuple[float, float]:
    def ratio(h: NDArray[np.float64], o: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
        result: NDArray[np.float64] = h.sum(axis=axis) / o.sum(axis=axis)
        return result

    if len(hits) < 2:
        return 0.0, 1.0
    found = stats.bootstrap(
        (hits, of), ratio, paired=True, n_resamples=_RESAMPLES, confidence_level=_LEVEL, method="percentile",
        rng=np.random.default_rng(0),
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
