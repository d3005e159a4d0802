"""An answer in the making: what is shown of the records so far, and what is told of them in the end."""

import pytest

from rag.answers import Answer, Citation, Support, Usage
from rag.asking.followup import Standalone
from rag.checks.locating import QuoteVerdict
from rag.errors import ModelError
from rag.llm.drafting import Draft, ModelOptions
from rag.llm.records import Malformed, Missing, Record
from rag.llm.review import Reviewed
from rag.prompts import REFUSAL

ASKED = "When did the port reopen and who paid?"
QUESTION = Standalone(ASKED, ASKED, usage=Usage(7, 3))
PORT = "The port reopened on 3 May."
GUILD = "The guild reported a rise."


def quoted(quote: str, start: int = 0) -> Citation:
    return Citation(0, "port", "The port", None, "port.txt", None, 1, quote, start, start + len(quote), "exact")


def reviewed(
    text: str, *citations: Citation, support: Support = "supported", verdicts: tuple[QuoteVerdict, ...] = ()
) -> Reviewed:
    return Reviewed(text, citations, support, None if support == "supported" else "it says so", verdicts)


class Given:
    """A reviewer that says of a record what it was told, in turn."""

    def __init__(self, *some: Reviewed) -> None:
        self._some = list(some)

    def review(self, record: Record) -> Reviewed:
        return self._some.pop(0)


def draft(*some: Reviewed, missing: str | None = None, **options: object) -> Draft:
    made = Draft(Answer(ASKED, ASKED, composer="toy"), QUESTION, ModelOptions(**options))  # type: ignore[arg-type]
    given = Given(*some)
    for _ in some:
        made.take(Record(text="x"), given)  # type: ignore[arg-type]
    if missing is not None:
        made.take(Missing(missing=missing), given)  # type: ignore[arg-type]
    return made


GOOD = reviewed("It reopened.", quoted(PORT))
BAD = reviewed("It cost 9 crowns.", quoted(PORT), support="unsupported")


def test_equal_quotes_are_one_citation_and_numbers_go_by_first_use() -> None:
    second = reviewed("Prices rose.", quoted(GUILD, 40), quoted(PORT))
    answer = draft(GOOD, second).answer()
    assert [s.citations for s in answer.sentences] == [(1,), (2, 1)]
    assert [(c.number, c.quote) for c in answer.citations] == [(1, PORT), (2, GUILD)]


@pytest.mark.parametrize(("unsupported", "texts"), [("drop", ["It reopened."]), ("mark", [GOOD.text, BAD.text])])
def test_an_unsupported_sentence_is_shown_only_in_the_end_and_by_setting(
    unsupported: str, texts: list[str]
) -> None:
    made = draft(GOOD, BAD, unsupported=unsupported)
    assert [s.text for s in made.answer().sentences] == ["It reopened."]
    final = made.answer(whole=True)
    assert [s.text for s in final.sentences] == texts
    assert [n for n in final.notices if "1 sentence was left out" in n] == list(final.notices)
    assert final.checks == {"sentences": len(texts), **({"marked": 1} if unsupported == "mark" else {"dropped": 1})}


def test_a_repair_takes_the_place_when_it_is_better() -> None:
    made = draft(GOOD, BAD)
    assert list(made.failed) == [1]
    made.put(1, reviewed("It cost 8 crowns.", quoted(PORT), support="unsupported"))
    assert made.reviewed[1] is BAD
    made.put(1, reviewed("It cost nothing.", quoted(PORT)))
    assert [s.text for s in made.answer(whole=True).sentences] == ["It reopened.", "It cost nothing."]
    assert made.answer(whole=True).checks == {"sentences": 2, "repaired": 1}


def test_a_repair_that_is_there_already_or_empty_takes_the_sentence_back() -> None:
    for text in ("It reopened.", ""):
        made = draft(GOOD, BAD)
        made.put(1, reviewed(text, quoted(PORT)))
        assert [s.text for s in made.answer(whole=True).sentences] == ["It reopened."]


def test_an_answer_without_a_sentence_says_why() -> None:
    broken = ModelError("The reply broke off.", "Ask again.")
    assert draft(BAD).answer(whole=True).reason == f"{REFUSAL} What the model wrote is not supported by them."
    assert draft(missing="who paid").answer(whole=True, failure=broken).reason == f"{REFUSAL} {broken}"
    assert draft().is_empty
    assert not draft(missing="").is_empty


def test_what_is_missing_is_told_in_words_of_the_question_only() -> None:
    assert draft(GOOD, missing="who  paid?").answer(whole=True).missing == "who paid"
    assert draft(GOOD, missing="who paid: the mayor").answer(whole=True).missing == "a part of the question"
    assert draft(GOOD).answer(whole=True).missing is None


def test_what_could_not_be_read_is_told_and_counted() -> None:
    made = draft(GOOD)
    made.take(Malformed("no record"), Given())  # type: ignore[arg-type]
    final = made.answer(whole=True)
    assert "could not be read" in final.notices[0]
    assert final.checks == {"sentences": 1, "unreadable": 1}


def test_quotes_are_counted_by_verdict_also_those_of_sentences_left_out() -> None:
    lost = reviewed("Gone.", support="unsupported", verdicts=("fabricated", "normalised"))
    assert draft(reviewed("Here.", quoted(PORT), verdicts=("normalised",)), lost).answer(whole=True).checks == {
        "sentences": 1, "dropped": 1, "normalised_quotes": 2, "fabricated_quotes": 1,
    }  # fmt: skip


def test_tokens_begin_with_those_of_the_question_and_cost_by_the_prices() -> None:
    assert draft().usage_record() == {"input_tokens": 7, "output_tokens": 3}
    made = draft(input_price=2.0, output_price=10.0)
    made.usage += Usage(993, 97)
    assert made.usage_record()["cost_usd"] == 0.003  # 1,000 tokens at 2 and 100 at 10 dollars a million


def test_after_24_sentences_it_is_full() -> None:
    made = draft(*(reviewed(f"Sentence {i}.", quoted(PORT)) for i in range(25)))
    assert made.is_full
    assert len(made.reviewed) == 24
