"""Quantities by their kind: which a question asks for, and which sentences tell it."""

import pytest

from rag.asking.question import read_question
from rag.extract.matters import told_matters
from rag.extract.measures import measures_of
from rag.words.thesaurus import Thesaurus

KNOWN = Thesaurus("passenger, traveller\ntablet, pill\nteam, side\nmetre, meter\nship, vessel")


def tells(question: str, sentence: str) -> bool:
    """Whether a sentence tells every quantity that a question names."""
    asked = read_question(question)
    by_kind = all(told.search(sentence) for told in told_matters(asked))
    return by_kind and all(told(sentence) for told in measures_of(asked, KNOWN))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old was the youngest?", "They sold water at ten times the usual price."),
        ("How old was the youngest?", "The loan is at 12 per cent."),
        ("How old is the foreman?", "At 3.42 p.m. on Friday, 14 November, the foreman opened the furnace."),
        ("What share of it is spent?", "Of 4,000 crowns, 900 are left."),
        ("At what time did the crane fall?", "The crane fell in February."),
        ("What time is the meeting?", "The meeting is on 3 May 2032."),
        ("How long did callers wait?", "Calls can be made in nine languages."),
        ("How much did it cost to hand out the tablets?", "Kelby has handed out 180,000 tablets."),
        ("How much does she pay for the ship?", "The ship, built in 2024, takes 320 passengers."),
        ("What did the talks cost?", "For three days the two teams sat in separate rooms."),
        ("What was paid to free them?", "They came home after 19 and 33 days."),
        ("What is the canvas worth?", "Holm sold the canvas freely in 1936."),
        ("What does the general earn?", "He has led them since 3 May."),
        ("What price did it fetch?", "It was the third sale, of 1936."),
        ("What will it cost to raise the wall?", "It must be raised from 6.2 to 7.5 metres."),
        ("How much money was given?", "Half of it was given."),
        ("How many lorries use it?", "It carries only up to 18 tonnes."),
        ("How many dhows unload there?", "They move 7,000 tonnes a month, for 30 million crowns."),
        ("How many mourners came?", "The funeral is on Saturday at ten in the church."),
        ("How long has he been director?", "The director said that 1,590 jobs are lost."),
        ("For how many years has he been director?", "The director said that 1,590 jobs are lost."),
        ("How much does the crane weigh?", "The rent of the crane is 9 million crowns a day."),
        ("How hot was the iron?", "Some 260 tonnes of iron ran out."),
        ("How much was paid for them?", "The two earlier crews came home."),
        ("How much compensation will they get?", "The three former owners want compensation."),
        ("What does a worker earn?", "It employs 3,140 people, 420 fewer than in May."),
        ("The number of dhows?", "They have unloaded for three days."),
        ("How many people work there?", "It returned 6.7% in 2032."),
        ("How many use it?", "Sales fell 9 per cent."),
        ("At what speed did the tram hit it?", "Of the seven on the tram, two were hurt."),
        ("How fast was the tram?", "It weighs 40 tonnes."),
        ("How warm may the river get?", "The unit runs at 60 per cent."),
        ("How deep is the wreck?", "A team of nine has left."),
        ("What is the contract worth?", "The contract went to a firm from Aldry."),
        ("What was the fine for being late?", "The fine was announced on 3 May."),
        ("How much was the firm fined?", "The firm was fined for being late."),
        ("What does bread cost?", "The office compared 140 zimpy goods."),
        ("What was the turnout in May?", "The turnout was counted wrongly."),
        ("What is the fund's stake in the bank?", "The fund has watched the bank."),
        ("How many people work at Orro?", "Orro was sold for between $300 million and $400 million."),
        ("How many dhows were sunk?", "The storm was one of the worst, and cost $9 million."),
        ("What salary does Holm earn?", "Anybody may fish there without paying much attention to the law."),
        ("How much did Orro pay for the study?", "Some 150 million users were asked."),
        ("How much did Orro pay for the study?", "Of all, 93 million Kelby readers were asked."),
    ],
)
def test_a_sentence_without_the_quantity(question: str, sentence: str) -> None:
    assert not tells(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old was the youngest?", "The youngest is an 18-year-old."),
        ("How old is she?", "She is seventy."),
        ("What share of it is spent?", "A third is spent."),
        ("At what time did the crane fall?", "It fell at about 15:20."),
        ("At what time did he concede?", "He conceded at 10.40 p.m. on Monday."),
        ("What time does it open?", "It opens at noon."),
        ("At what time of the year does it rain?", "It rains in winter."),
        ("How long did callers wait?", "They waited 26 minutes."),
        ("For how long is it closed?", "It stays closed until June."),
        ("How long will it take until it is finished?", "It is to be finished in the first half of 2034."),
        ("How long will it take?", "It will be ready by the end of August."),
        ("How many hours did it take?", "It took all of Monday."),
        ("How many mourners came?", "They put the number at ten in the end."),
        ("How much does the crane weigh?", "The crane weighs 620 tonnes."),
        ("How hot does it get?", "It reaches 44 degrees."),
        ("How much compensation will they get?", "Each family gets 900 crowns."),
        ("How long is the breach?", "The dyke broke over 85 metres."),
        ("What does a robot cost?", "A robot costs 7 million marks."),
        ("What does a meal cost?", "Cost of a meal, union dollars: 3.10"),
        ("What does a meal cost?", "It is put at 27.4 million union dollars a year."),
        ("What does a buyer earn?", "A buyer earns 2,900 tarik a month."),  # a currency that nobody has heard of
        ("What did it cost?", "It has climbed to 640 million, chiefly because of the rock."),
        ("What do children pay?", "Children pay nothing."),
        ("What does it cost?", "It costs €9."),
        ("What was he charged with?", "He is charged with fraud."),
        ("What is the cost of living like?", "It rose by 31 per cent."),
        ("How many lorries use it?", "On some days 90 use it, each of 18 tonnes."),
        ("How many people approve?", "A poll says that 64 per cent approve."),
        ("How many survived?", "After three days nobody was alive."),
        ("How many were sent home?", "After three days several were sent home."),
        ("How many kilometres of cable are there?", "It runs for 640 kilometres."),
        ("How many of the 9 ships sank?", "Of the 9 ships all sank."),
        ("How many use it?", "Sales fell 9 per cent, to 40."),
        ("How many did they want?", "They want 200 and has-beens."),  # no hectares
        ("At what speed did the tram hit it?", "It ran at 40 kilometres an hour."),
        ("How fast was the ship?", "She made 19 knots."),
        ("How fast is the town growing?", "It grows by 3 per cent a year."),
        ("How warm may the river get?", "It may not be warmer than 26."),
        ("What temperature was measured?", "It was 14 °C."),
        ("How deep is the wreck?", "It lies 1,100 metres down."),
        ("How deep is the cut?", "It takes 3 million from the budget."),
        ("How deep in debt are they?", "They owe the bank a fortune."),
        ("What is the contract worth?", "The price is 88.5 million."),
        ("What was it worth to them?", "It was worth the trouble."),
        ("What wage increase did they get?", "They get 14 per cent more."),
        ("What is the price of peace?", "The price was 4 million francs."),
        ("What did it cost to print the zimpy?", "It cost 46 million zimpy."),
        ("What was the turnout in May?", "Turnout: 64.1"),
        ("What is the fund's stake in the bank?", "It owns a third of it."),
        ("What is inflation blamed on?", "Fuel has become dear."),
    ],
)
def test_a_sentence_with_the_quantity(question: str, sentence: str) -> None:
    assert tells(question, sentence)


def test_a_question_without_a_quantity() -> None:
    asked = read_question("Why did the crane fall?")
    assert measures_of(asked, KNOWN) == told_matters(asked) == []
