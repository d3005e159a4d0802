"""Sentences that cannot answer, since they lack what the question names as wanted."""

import pytest

from rag.asking.question import read_question
from rag.extract.untold import Untold
from rag.words.thesaurus import Thesaurus

KNOWN = Thesaurus(
    "both, two\nfirm, company\nQatari, Doha\nminister, secretary\npropose, suggest, plan, put forward"
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What is the name of the firm that built it?", "The firm did not answer."),
        ("What is the name of the firm that built it?", "On Monday the firm did not answer."),
        ("Which minister opposed the law?", "The minister opposed it."),
        ("Which company supplied Kelby with cranes?", "Kelby has new cranes."),
        ("Who is the captain of the Silver Tern?", "Both captains were on the Silver Tern."),
        ("How old is the captain?", "He has been at sea for 27 years."),
        ("What percentage of pupils get lunch?", "The 900 pupils get lunch."),
        ("How many megawatts will it deliver?", "It has 4 turbines and cost $9."),
        ("How many megawatts will it deliver?", "Price (euros): 9"),
        ("How many feet deep is it?", "It is deep and cost $9."),
        ("How many megawatts will it deliver?", "It is 9% dearer."),
        ("How old is the captain?", "He is one of nine."),
        ("What is the name of the firm that built it?", "Then I left the firm."),
        ("What is the name of the firm that built it?", "By June the firm had left."),
        ("Which company bought or sold the Kelby mine?", "Kelby has a mine."),
        ("Which minister opposed Holm?", "Secretary, Holm was ill."),
        ("Who is Kelby's mayor?", "The mayor of Kelby is ill."),
        ("Who is the Mayor of Kelby?", "The mayor of Kelby is ill."),
        ("Which finance minister left?", "The finance minister left."),
        ("Which firm is meant?", "The finance minister called the firm."),
        ("What is the name of the flood?", "The mayor called for help."),
        ("What share of the fund is spent?", "Of 4,000 crowns, 900 are left."),
        ("Is the plan fair?", "The plan has three phases."),
        ("Who proposed the three-phase plan?", "The proposed plan of Kelby has three phases."),
        ("Who suggested the plan, and when?", "Proposed rules of Kelby are a plan of June."),
        ("Who has put forward a truce?", "The proposed truce helps Kelby."),
        ("When was the truce proposed?", "The proposed truce begins in June."),
        ("Which firms did the fund sell?", "Four were sold over pay, two over coal."),
        ("Who is the captain of the Silver Tern?", "Nine are on the Maren Lorch and nine on the Silver Tern."),
        (
            "Name the names of the fishers, please.",
            "Fishers from Tern Harbour were found on Motu Larn, east of Omarava.",
        ),
        ("What sentence did the thieves receive?", "Police arrested the thieves."),
        ("What was the captain of the Tern called?", "The captain was ill."),
        ("Which company does the ship belong to?", "The only ship lies off the Corrigan Republic."),
        ("Which competitor made an offer?", "It ruled out a sale to a competitor."),
        ("Which engineers spoke to Holm?", "Two engineers told Holm that it was old."),
        ("Which four languages are spoken there?", "The line answers in four languages."),
        ("What was the man called who was missing?", "The missing man was found in Kelby."),
        ("How much will the bus cost when it is no longer free?", "The bus is free at first."),
    ],
)
def test_a_sentence_without_what_is_asked_for(question: str, sentence: str) -> None:
    assert Untold(read_question(question), KNOWN).by(sentence, "It rained.")


@pytest.mark.parametrize(
    ("question", "before", "sentence"),
    [
        ("What is the name of the firm that built it?", "", "It was built by Halden Works."),
        ("Which minister opposed the law?", "", "Tarrick opposed it."),
        (
            "Who is the captain of the Silver Tern?",
            "The Silver Tern's captain is Eda Holm.",
            "She has a crew of nine.",
        ),
        ("Which company makes the valve?", "", "It is made by 3M."),
        ("Who is the head of the bank?", "", "The bank passed to Anna Holm."),
        ("What is the name of the donor?", "", "It is a gift from Anna Holm."),
        ("What sentence did he receive?", "", "He was given 20 months, suspended."),
        ("How much does the bus cost?", "", "The bus is free."),
        ("Is the plan fair?", "", "Hamas criticized the plan as overly favorable to Israel."),
        ("Is the fair open?", "", "It opened on Monday."),
        ("Which company runs the flights?", "", "They are run by easyJet."),
        ("Which agency sent the doses?", "", "They were sent by the WHO."),
        ("Which company makes the valve?", "", "It is made by 青山."),
        ("Which country won, Kelby or Sennet?", "", "In the end Kelby won."),
        ("Which minister left?", "", "The finance minister left."),
        ("What was the captain of the Tern called?", "", "Its captain, Eda Holm, was ill."),
        ("What is the strike called for?", "", "It is about pay."),
        ("Which company does the ship belong to?", "", "The ship belongs to Halden Works."),
        ("Which country does the ship belong to?", "", "It lies in Maravel."),
        ("Which minister opposed Holm?", "", "Secretary Holm opposed himself."),  # perhaps another Holm
        ("Which ministry objected?", "", "The health ministry did."),
        ("Which country hosted the talks?", "", "Doha hosted them."),
        ("What is the name of the disease?", "", "The disease is called cholera."),
        ("What was banned in the name of safety?", "", "It banned fishing."),
        ("Who met the captain?", "", "A harbour pilot met him."),
        ("Who is Eda Holm?", "", "Eda Holm is the captain."),
        ("Who are the Greens?", "", "The Greens want fewer cars."),
        ("Who were the victims?", "", "They were two fishermen and a nurse."),
        ("How old is the captain?", "", "Captain Holm, 43, lives in Kelby."),
        ("How old is the captain?", "", "Captain: Eda Holm, 43"),
        ("How old is the captain?", "", "Captain Holm (43) lives in Kelby."),
        ("How old is the captain?", "", "The captain is forty-three."),
        ("At what age do teachers retire?", "", "They retire at 65."),
        ("How old is the bridge?", "", "The bridge was built in 1911."),
        ("How old is the bridge?", "", "It was opened on 4 May 1911."),
        ("How old is the bridge?", "", "The 12th-century bridge fell."),
        ("How old is the bridge?", "", "It was opened ninety years ago."),
        ("What percentage of pupils get lunch?", "", "A third of the pupils get lunch."),
        ("What percentage of pupils get lunch?", "", "Lunch goes to 900 of the 4,000 pupils."),
        ("What percentage of pupils get lunch?", "", "1 in 6 of them gets lunch."),
        ("What percentage of pupils get lunch?", "", "An eighth of the pupils get lunch."),
        ("What percentage of pupils get lunch?", "", "¾ of the pupils get lunch."),
        ("What percentage of pupils get lunch?", "", "Every pupil gets lunch."),
        ("What percentage of pupils get lunch?", "", "Lunch goes to 900 of Kelby's 4,000 pupils."),
        ("What part of the city was flooded?", "", "The harbour was flooded."),
        ("What share price did it reach?", "", "It reached $9."),
        ("How many megawatts will it deliver?", "", "It will deliver 300 MW."),
        ("How many kilometres long is it?", "", "It is 640 km long."),
        ("How many won seats?", "", "Seven women took seats."),
        ("How many foot soldiers died?", "", "Nine of them died."),
        ("How many tonnes will be sent?", "", "Item: Flour | Quantity (t): 320"),
        ("How many kilometres long is it?", "", "Length (km): 640"),
        ("How many dollars did it cost?", "", "Price ($): 640"),
        ("How many hours did it take?", "", "It took two days."),
        ("How many hours did it take?", "", "It took all of Monday."),
        ("What happened in Kelby?", "", "Nothing happened."),
        ("What company policy changed?", "", "Staff may work at home."),
        ("Who proposed the truce?", "", "The proposed truce was proposed by Kelby."),
        ("Who proposed the truce?", "", "Kelby proposed a truce."),
        ("Who proposed the truce?", "Kelby met.", "Their proposed truce is short."),
        ("Who co-proposed the truce?", "", "The proposed truce of Kelby is short."),
        ("Who proposed the truce?", "", "It was Kelby's idea."),
        ("Who was wounded?", "", "The wounded man is Eda Holm."),
        ("What is the proposed truce?", "", "The proposed truce is short."),
    ],
)
def test_a_sentence_that_may_tell_it(question: str, before: str, sentence: str) -> None:
    assert not Untold(read_question(question), KNOWN).by(sentence, before)


@pytest.mark.parametrize(
    ("question", "sentence", "to_come"),
    [
        ("How did the council vote?", "The council is to vote by 13 May.", True),
        ("What did the board decide on 12 April?", "The next meeting is due on 12 April.", True),
        ("How did the council vote?", "The council voted 7 to 2.", False),
        ("What will the board decide?", "The board is to vote by 13 May.", False),
        ("What did the board announce?", "It will close the port.", False),
        ("What did the minister promise?", "Taxes are to fall.", False),
    ],
)
def test_what_is_still_to_come_when_it_was_asked_for_as_past(question: str, sentence: str, to_come: bool) -> None:
    assert Untold(read_question(question), KNOWN).is_to_come(sentence) is to_come


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did the board decide on 12 April?", "The board will meet on 12 April."),
        ("How did the council vote on the accord?", "The accord needs the council, which is to vote by 13 May."),
        ("What has the inquiry found out?", "The opposition called for an inquiry."),
        ("Why did the relay fail?", "The relay failed on Monday."),
        ("So why was the airstrip closed?", "The airstrip is closed."),
        ("How come the plants declined?", "Nine plants declined to take part."),
        ("Who designed the notes?", "A seventh note has been designed but will be issued later."),
        ("Who was elected rector?", "Until a rector is elected in spring, Eda Holm conducts business."),
        ("When did the dockers go back?", "They expect the effect to be gone by August."),
        ("What did the bank decide in June?", "She does not say whether another cut could follow."),
        ("Who stole the battery?", "Its battery had been stolen in the winter, the fire service said."),
        ("Who removed the siren?", "Its secretary, Eda Holm, heard none in May, when the siren was removed."),
        ("How did the council vote on the accord?", "The council votes on Tuesday on the accord."),
        ("What was found in the samples?", "The samples are being tested in Kelby."),
        ("How did the tribunal decide on it?", "It must be decided by 4 October."),
        ("Who built the Nordkelt?", "Holm has leased the Nordkelt, built in 2024, for three years."),
    ],
)
def test_a_sentence_that_leaves_the_answer_open(question: str, sentence: str) -> None:
    untold = Untold(read_question(question), KNOWN)
    assert untold.leaves_open(sentence, untold.is_to_come(sentence))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What will the board decide on 12 April?", "The board will meet on 12 April."),
        ("When does the board meet?", "The board will meet on 12 April."),
        ("How many copies have to be replaced?", "All 600 copies will be replaced."),
        ("Which auditor was hired?", "Holm has been hired and will report in May."),
        ("Why did the relay fail?", "The relay failed because it was wet."),
        ("Who pays for water where the wells were shut?", "The port will pay for the water."),
        ("Who was elected rector?", "Until now Eda Holm is rector."),
        ("Why did the relay fail?", "The relay failed, ruining the vaccine."),
        ("Why did he come?", "He came to Kelby, to further the talks."),
        ("Why did the relay in the cold store fail?", "Its coil was wet."),
        ("What failed?", "The relay failed."),
        ("Who designed the notes?", "The notes were designed in Kelby by two firms."),
        ("Who designed the notes?", "The notes of Adelhart were designed abroad."),
        ("Who suggested the plan?", "The plan was put forward to help miners."),  # other words for it
        ("When were the notes designed?", "The notes were designed in May."),
    ],
)
def test_a_sentence_that_leaves_nothing_open(question: str, sentence: str) -> None:
    untold = Untold(read_question(question), KNOWN)
    assert not untold.leaves_open(sentence, untold.is_to_come(sentence))
