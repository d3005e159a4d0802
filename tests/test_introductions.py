"""A name is introduced by what stands beside it."""

import pytest

from rag.asking.question import read_question
from rag.asking.whois import asked_name
from rag.extract.introductions import introduced


def _told(question: str, sentence: str, text: str = "") -> float:
    asked = asked_name(read_question(question))
    assert asked
    return introduced(asked, sentence, text or sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is Antony Blinken?", "On Monday U.S. Secretary of State Antony Blinken left."),
        ("Who is Blinken?", "The Secretary of State Antony Blinken left."),
        ("Who is Abbas Kamel?", "Egyptian intelligence chief Abbas Kamel arrived."),
        ("Who is Kamel?", "They met the economist Abbas Kamel."),
        ("Who is Sinwar?", "Talks with Yahya Sinwar, the leader of Hamas, failed."),
        ("Who is Yahya?", "Yahya Sinwar, the leader of Hamas, refused."),
        ("Who is Lena Ortiz?", "Ortiz, 45, a former judge, will stand."),
        ("Who is Lena Ortiz?", "The minister of transport, Lena Ortiz, agreed."),
        ("Who is Lena Ortiz?", "The minister, Dr Lena Ortiz, agreed."),
        ("Who is Lena Ortiz?", "Lena Ortiz was appointed in May."),
        ("Who is Amir Yaron?", "The bank, led by Amir Yaron, kept its rate."),
        ("Who is Amir Yaron?", "Yaron is a former professor."),
        ("What is the PNRM?", "The PNRM, a body that brings aid, was late."),
        ("What is the PNRM?", "The Palestinian National Relief Mission (PNRM) was late."),
        ("What is the PNRM?", "The PNRM (Palestinian National Relief Mission) was late."),
        ("What is the PNRM?", "The Palestinian National Relief Mission (P.N.R.M.) was late."),
        ("What is the P.N.R.M.?", "The PNRM (Palestinian National Relief Mission) was late."),
        ("What is Hezbollah?", "The Lebanese group Hezbollah was late."),
        ("What is Hezbollah?", "A militia known as Hezbollah was late."),
        ("What is Hezbollah?", "The Hezbollah movement is a party as well."),
        ("Who was Hubble?", "Edwin Hubble, (1889 - 1953) American astronomer, watched stars."),
        ("Who was Hubble?", "Edwin Hubble (born 1889), an American, watched stars."),
        ("What is Fitch?", "Fitch, which rates debt, was late."),
        ("What is Sail with Orro?", "Children can talk to it by a new feature called “Sail with Orro.”"),
        ("What is Epic Games?", "Fortnite maker Epic Games was late."),
        ("What is the Philadelphi Corridor?", "The Philadelphi Corridor is a strip of land."),
        ("What does PNRM stand for?", "The Palestinian National Relief Mission (PNRM) was late."),
    ],
)
def test_a_sentence_that_introduces_the_name(question: str, sentence: str) -> None:
    assert _told(question, sentence) > 0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is Sinwar?", "Fighters loyal to Sinwar remained."),
        ("Who is Ortiz?", "According to Ortiz, the port had lost money."),
        ("Who is Abbas Kamel?", "Mustafa Kamel, the judge, was there."),
        ("Who is Kamel?", "After Kamel left, it rained."),
        ("What is Hamas?", "The next step is securing Hamas’s agreement."),
        ("What is Hamas?", "He worked for Hamas (who was killed in 2019)."),
        ("What is OpenAI?", "In a post from OpenAI, the company writes that it is sorry."),
        ("What is FTX?", "Before FTX, Holm founded the firm Alder."),
        ("What is Alder?", "Her time as head of Alder was an ordeal."),
        ("Who is Erik Hag?", "For Erik Hag, it's time to see what happens."),
        ("Who is Erik Hag?", "A match to honor Erik Hag."),
        ("What is the FTC?", "FTC chair Lina Khan warned them."),
        ("What is Swift?", "The best of a Swift album is the last song."),
        ("Who was Hubble?", "His greatest discovery was called “Hubble’s Law”."),
        ("What is the Bank?", "The Bank of Israel is a central bank."),
        ("What does PNRM stand for?", "The PNRM, a body that brings aid, was late."),
    ],
)
def test_a_sentence_that_only_holds_the_name(question: str, sentence: str) -> None:
    assert _told(question, sentence) == 0


def test_what_says_most_introduces_best() -> None:
    apposed = _told("Who is Ortiz?", "Lena Ortiz, the minister, left.")
    titled = _told("Who is Ortiz?", "Minister Lena Ortiz left.")
    short = _told("Who is Ortiz?", "Minister Ortiz left.")
    told = _told("Who is Ortiz?", "Ortiz, who was ill, left.")
    assert apposed > titled > short > told > 0
    hero = _told("Who is Ortiz?", "Ortiz is a hero of mine.")
    assert short > hero > told


def test_a_long_name_is_introduced_by_its_short_one() -> None:
    text = "The National Relief Mission (NRM) was late. The NRM, a body of five, was sorry."
    question = "What is the National Relief Mission?"
    assert _told(question, "The NRM, a body of five, was sorry.", text) > 0
    assert _told(question, "The NRM, a body of five, was sorry.") == 0
    assert _told(question, "The National Relief Mission (NRM) was late.", text) == 0
    assert _told("What is the NRM?", "The National Relief Mission is a body of five.", text) > 0


def test_a_very_long_word_is_read_at_once() -> None:
    assert _told("Who is Kelby?", f"{'a-' * 20_000}, Kelby, {'b' * 40_000}") == 0
