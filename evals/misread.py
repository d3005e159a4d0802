"""How often a question is taken for what it is not: a misspelt name, an unknown name, a question of fact.

Run `python -m evals.misread`. Each name of the questions of all cases, training cases too, is misspelt in the
first question that has it: a letter left out, one doubled, two swapped; and an invented name is put in its place.
What does `rag.finding.misspelt` read it as, or offer? Then all questions, and, where BRIEFINGS_BENCH_DATA names a
folder, those of MultiHop-RAG and CLAPNQ: which are taken for questions about the library itself?
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from evals.bench.data import clapnq, data_folder, multihop
from evals.cases import FOLDERS, read_cases
from evals.fit import TRAINING
from evals.run import libraries, library_of
from rag.build import App
from rag.errors import UsageError
from rag.finding.catalogue import Catalogue
from rag.finding.inquiries import inquiry_in
from rag.finding.misspelt import Spelling, put_right
from rag.words.terms import is_stop_word, words
from rag.words.values import MONTHS, WEEKDAYS

Outcome = Literal["read right", "offered right", "read wrong", "offered wrong", "left"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_SHORTEST = 4  # letters of a name
_LETTERS = re.compile(r"[^\W\d_]+")
_FIRST = "Bral Cost Dren Folv Gavr Hest Jorv Kald Lumb Mirt Nevr Osth".split()
_LAST = "ando ick ella oth ano ward ine esh uro".split()


@dataclass(frozen=True, slots=True)
class Named:
    """A question with a `name` of the library in it, from `start` on."""

    question: str
    name: str
    start: int

    def spelt(self, written: str) -> str:
        """The question with the name written so."""
        return self.question[: self.start] + written + self.question[self.start + len(self.name) :]


def names_in(question: str) -> Iterator[Named]:
    """The words with a capital inside a question that are no acronyms, months or days."""
    for match in list(_LETTERS.finditer(question))[1:]:
        name = match.group()
        is_name = name[0].isupper() and name[1:].islower() and len(name) >= _SHORTEST
        if is_name and name.lower() not in (*MONTHS, *WEEKDAYS) and not is_stop_word(name):
            yield Named(question, name, match.start())


def slips(name: str) -> tuple[str, str, str]:
    """The name with its middle letter left out, with that doubled, and swapped with the next one."""
    i = (len(name) - 1) // 2
    return name[:i] + name[i + 1 :], name[: i + 1] + name[i:], name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def invented(number: int) -> str:
    """A name that nobody has; 108 of them, in turn."""
    return _FIRST[number % len(_FIRST)] + _LAST[number // len(_FIRST) % len(_LAST)]


def outcome(spelling: Spelling, one: Named, written: str) -> Outcome:
    """What becomes of a name that is written so: read as a name, which is right or wrong, or else offered one."""
    asked = one.spelt(written)
    unknown = spelling.unknown(asked)
    if read := spelling.meant(asked, unknown):
        return "read right" if put_right(asked, read) == one.question else "read wrong"
    offered = [o.meant.lower() for o in spelling.offered(unknown) if o.start == one.start]
    return "left" if not offered else "offered right" if offered == [one.name.lower()] else "offered wrong"


def of_library(app: App, questions: Iterable[str]) -> tuple[Counter[Outcome], Counter[Outcome]]:
    """The outcomes of the slips in the names of a library, and of invented names in their place. What makes
    another word that the library holds is no slip."""
    retriever = app.retriever
    app.mirrors.catch_up()
    retriever.search("names")  # for the words that are held are those of the last search
    spelling = Spelling(retriever.unheld, retriever.near, retriever.texts)

    def is_held(written: str) -> bool:
        return not retriever.unheld(words(written))

    first: dict[str, Named] = {}
    for question in questions:
        for one in names_in(question):
            if is_held(one.name):
                first.setdefault(one.name, one)
    slipped = Counter(
        outcome(spelling, one, written)
        for one in first.values()
        for written in dict.fromkeys(slips(one.name))
        if written != one.name and not is_held(written)
    )
    unheld = (
        outcome(spelling, one, invented(i)) for i, one in enumerate(first.values()) if not is_held(invented(i))
    )
    return slipped, Counter(unheld)


def taken(questions: Iterable[str], catalogue: Catalogue) -> list[str]:
    """The questions that are taken for questions about a library with this catalogue."""
    today = catalogue.newest or date(2030, 1, 1)
    return [question for question in questions if inquiry_in(question, catalogue, today)]


def questions_of_cases() -> dict[str, list[str]]:
    """The questions of all cases by library, each once, earlier ones of a conversation too."""
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for case in read_cases():
        asked[library_of(case)].update(dict.fromkeys((*case.earlier, case.question)))
    for case in read_cases(("dev",), folder=TRAINING / "cases"):
        asked["training"].update(dict.fromkeys((*case.earlier, case.question)))
    return {name: list(some) for name, some in asked.items()}


def main() -> None:
    """Print what becomes of misspelt and of unknown names, and how many questions of fact are taken for others."""
    slipped: Counter[Outcome] = Counter()
    unheld: Counter[Outcome] = Counter()
    asked = 0
    mistaken: list[str] = []
    with libraries({**FOLDERS, "training": TRAINING / "briefings"}) as apps:
        for name, questions in questions_of_cases().items():
            slips_there, unheld_there = of_library(apps[name], questions)
            slipped, unheld = slipped + slips_there, unheld + unheld_there
            asked, mistaken = asked + len(questions), mistaken + taken(questions, apps[name].retriever.catalogue())
    print(f"| | names | {' | '.join(OUTCOMES)} |\n| --- | --: |{' --: |' * len(OUTCOMES)}")
    for label, found in (("with a slip", slipped), ("invented", unheld)):
        print(f"| {label} | {found.total():,} | {' | '.join(f'{found[o]:,}' for o in OUTCOMES)} |")
    try:
        for data in (multihop(data_folder()), clapnq(data_folder())):
            questions = [query.text for query in data.queries]
            catalogue = Catalogue.of({article.source for article in data.articles})
            asked, mistaken = asked + len(questions), mistaken + taken(questions, catalogue)
    except UsageError as error:
        print(f"\nThe cases' questions alone: {error}")
    print(f"\nOf {asked:,} questions of fact {len(mistaken)} are taken for questions about the library.")
    for question in mistaken:
        print(question)


if __name__ == "__main__":
    main()
