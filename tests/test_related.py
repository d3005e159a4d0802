"""Which briefings tell the same story as others."""

from datetime import date

from rag.briefings import Hit, Passage, Scope
from rag.finding.related import Related
from rag.library import Library
from tests.toys import briefing, put

FIRST = briefing("first", "A ship sank.", published=date(2032, 5, 3), source="Wire", title="Ship")
OTHER = briefing("other", "The ship went down.", published=date(2032, 5, 9), source="Gazette", title="Wreck")
LATER = briefing("later", "The ship was raised.", published=date(2032, 6, 9), source="Gazette", title="Raised")
OWN = briefing("own", "The ship was old.", published=date(2032, 5, 4), source="Wire", title="Age")
LADY = briefing("lady", "The Lady Maude sank.", published=date(2032, 5, 3), source="Wire", title="Ship")
FAR = briefing("far", "Bread is dear.", published=date(2032, 5, 3), source="Gazette", title="Bread")
SCORES = {"first": 10.0, "other": 4.0, "later": 3.5, "own": 3.1, "far": 3.0}


def found(words: str, scope: Scope) -> list[Hit]:
    """The first passage of every briefing, for the title and the first sentence of the first."""
    assert words in ("Ship. A ship sank.", "Ship. The Lady Maude sank.")
    return [
        Hit(Passage(f"{one}:0", one, 1, 1, 0, 5), score, "", one, "", None, None) for one, score in SCORES.items()
    ]


def test_what_scores_nearly_as_its_own_passages_tells_the_same(library: Library) -> None:
    for one in (FIRST, OTHER, LATER, OWN, FAR):
        put(library, one)
    related = Related(library, found)
    assert [b.briefing_id for b in related.to([FIRST], Scope())] == ["other", "later", "own"]
    beside = related.beside([FIRST], Scope(), [FIRST])
    assert [b.briefing_id for b in beside] == ["other"]  # of that week, by somebody else
    assert related.beside([FIRST], Scope(), [FIRST, OTHER]) == []  # who was told as well
    put(library, briefing("other", "The wreck of the Lady Maude lies deep.", source="Gazette", title="Wreck"))
    assert [b.briefing_id for b in related.to([LADY], Scope())] == ["other"]  # no other one has the name
