"""Which terms one search of the index looks for, so that it costs the same in a large library."""

from collections.abc import Mapping

# Postings that one search may read. A term that stands in every hundredth passage of a million has 10,000; rarer
# terms are taken first, so that a search costs the same however large the library grows. The most common terms
# that are left out there say little, and the ranking of what is found still counts them (`rag.finding.ranking`).
_POSTINGS = 60_000
_FEWEST = 3  # terms that are searched for however common they are


def affordable(counts: Mapping[str, int], weights: Mapping[str, float]) -> list[str]:
    """The terms to search for: those that stand anywhere, most telling first, while their postings are few."""
    known = sorted((t for t, n in counts.items() if n), key=lambda t: (counts[t] / weights[t], t))
    chosen: list[str] = []
    read = 0
    for term in known:
        read += counts[term]
        if len(chosen) >= _FEWEST and read > _POSTINGS:
            break
        chosen.append(term)
    return chosen
