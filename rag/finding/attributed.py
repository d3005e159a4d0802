"""Whose report alone a question asks for: “according to the Courier”, “what does the Gazette say?”."""

import re

from rag.asking.comparing import SAYS
from rag.finding.catalogue import Catalogue
from rag.finding.limits import REPORTS, side_by_side

_LONGEST = 200  # characters of such a question
_ATTRIBUTES = re.compile(
    r"(?:\baccording to|\bper|\bas reported by) (?:the )?$|\b(?P<says>do|does|did) (?:the )?$", re.IGNORECASE
)
_OF_REPORT = re.compile(r"\b(?:in|by|from|on|per) (?:the )?$", re.IGNORECASE)
_REPORT_OF = re.compile(rf"['’]s? {REPORTS}\b", re.IGNORECASE)
_MAY_ATTRIBUTE = re.compile(r"\b(?:according|per|reported by|do|does|did)\b|['’]s? ", re.IGNORECASE)


def may_attribute(text: str) -> bool:
    """False for a question that asks for nobody's report, known at a glance."""
    return len(text) <= _LONGEST and _MAY_ATTRIBUTE.search(text) is not None


def attributed(text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The sources whose report alone a question asks for; none for another question."""
    together = side_by_side(catalogue.mentioned(text), text)
    if len(together) != 1:
        return ()
    sources, start, end = together[0]
    before, behind = text[:start], text[end:]
    said = _ATTRIBUTES.search(before)
    if said and (not said["says"] or SAYS.match(behind.lstrip())):
        return sources
    return sources if _OF_REPORT.search(before) and _REPORT_OF.match(behind) else ()
