"""Turns an answered question into a case for review."""

from typing import Any

import yaml

from evals.match import Amount, tokens
from rag.answers import Answer


def draft(answer: Answer, earlier: tuple[str, ...] = ()) -> str:
    """A case as YAML, with each quote of the answer as evidence of one claim; `must` holds its numbers.

    The id, the tags and whether the answer is right at all are for the reviewer.
    """
    quotes = list(dict.fromkeys((c.briefing_id, c.quote) for c in answer.citations))
    case: dict[str, Any] = {"id": "TODO-000", "tags": ["TODO"], "question": answer.question}
    if earlier:
        case["earlier"] = list(earlier)
    case["expect"] = "abstain" if answer.abstained else "answer"
    if quotes:
        case["claims"] = [
            {"must": _numbers(quote), "evidence": [[{"briefing": briefing_id, "quote": quote}]]}
            for briefing_id, quote in quotes
        ]
    return yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=116)


def _numbers(quote: str) -> list[str]:
    found = (t for t in tokens(quote) if isinstance(t, Amount) and not t.ordinal)
    return list(dict.fromkeys(f"{a.value:,.10g}" for a in found))
