"""How long verification takes a sentence, on answers of ten sentences: `python -m tests.measure_verification`.

Every answer is checked once with nothing kept from an earlier one (`first`), and once more (`again`). Beside it
stands how long its sentences take to be read into words, as a measure of the machine.
"""

import statistics
import time
from collections.abc import Callable

from rag.briefings import Briefing
from rag.checks.figures import _Text
from rag.verify import check_quote, check_support, surroundings
from rag.words.dates import Times
from rag.words.folding import fold
from rag.words.grammar import read_claims
from rag.words.names import _Held, names_in
from rag.words.terms import _words_again, term, words
from tests.verification_table import Case, Table

SENTENCES = 10  # an answer


def main() -> None:
    """Print the medians and the slowest tenth."""
    table = Table.read("first")
    cases = [c for c in table.cases if c.sentence]
    answers = [cases[i : i + SENTENCES] for i in range(0, len(cases) - SENTENCES + 1, SENTENCES)]
    others = list(table.briefings.values())
    verify(answers[0][0], others)  # what is read once a process
    rows: dict[str, list[float]] = {"first": [], "again": [], "reading words": []}
    for answer in answers:
        for cache in (fold, read_claims, term, _words_again, names_in, Times.of, _Text.of, _Held.of):
            cache.cache_clear()
        for name in ("first", "again"):
            rows[name] += [timed(lambda c=case: verify(c, others)) for case in answer]  # type: ignore[misc]
        _words_again.cache_clear()
        rows["reading words"] += [timed(lambda c=case: words(c.sentence)) for case in answer]  # type: ignore[misc]
    for name, times in rows.items():
        slow = statistics.quantiles(times, n=10)[-1]
        print(f"{name:14} median {statistics.median(times):6.3f} ms   p90 {slow:6.3f} ms")


def verify(case: Case, others: list[Briefing]) -> None:
    """Locate the case's quote and check its sentence, as for one sentence of an answer."""
    found = check_quote(case.quote, case.briefing, case.number, others)
    if found.briefing and found.paragraph and case.sentence:
        quote = found.briefing.text[found.start : found.end]
        check_support(case.sentence, [quote], surroundings(found.briefing, found.paragraph))


def timed(run: Callable[[], object]) -> float:
    """How long one call takes, in milliseconds."""
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
