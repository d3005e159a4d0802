"""Requests for an aspect of a topic."""

import pytest

from rag.asking.aspects import Asked, aspect_asked, loosely_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What are the key figures on the strike?", Asked("figures", "strike")),
        ("the outbreak in numbers", Asked("figures", "outbreak")),
        ("key facts and figures please", Asked("figures")),
        ("Who are the key people in the talks?", Asked("people", "talks")),
        ("and who are the main players?", Asked("people")),
        ("who are the key figures in the talks?", Asked("people", "talks")),
        ("List the people involved in the theft.", Asked("people", "theft")),
        ("Who’s who in the theft?", Asked("people", "theft")),
        ("what is still unclear about the theft?", Asked("open", "theft")),
        ("What don't we know yet about the fire?", Asked("open", "fire")),
        ("what remains to be decided?", Asked("open")),
        ("What are the open questions in the talks?", Asked("open", "talks")),
        ("what's still open (the strike)?", Asked("open", "the strike")),
        ("What are the sticking points in the talks (Kelby)?", Asked("disputes", "talks", "Kelby")),
        ("main points of contention over the port", Asked("disputes", "port")),
        ("Where do the two sides disagree?", Asked("disputes")),
        ("What obstacles stand in the way of an exchange?", Asked("disputes", "an exchange")),
        ("what happens next in the talks?", Asked("next", "talks")),
        ("and what's next?", Asked("next")),
        ("Next steps on the cable, please", Asked("next", "cable")),
        ("biggest concerns about the lease", Asked("risks", "lease")),
        ("How was the verdict received?", Asked("reactions", "verdict")),
        ("reactions to the takeover", Asked("reactions", "takeover")),
        ("Give me the best quotes on the march", Asked("quotes", "march")),
        ("key dates of the exchange", Asked("dates", "exchange")),
        ("what deadlines are there in the act?", Asked("deadlines", "act")),
        ("Give me five key takeaways from the paper", Asked("points", "paper", "", 5)),
        ("3 bullet points on the budget", Asked("points", "budget", "", 3)),
        ("What should I know before the meeting about the drought?", Asked("points", "drought")),
        ("any numbers?", Asked("figures")),
        ("stats on unemployment pls", Asked("figures", "unemployment")),
        ("give me the cholera numbers", Asked("figures", "cholera")),
        ("key dates cholera outbreak", Asked("dates", "cholera outbreak")),
        ("the cable: next steps", Asked("next", "cable")),
        ("open questions re: the reef", Asked("open", "reef")),
        ("what happens next (the sticking points)?", Asked("next")),
        ("any numbers (next steps, the talks)?", Asked("figures", "the talks")),
        ("Give me the gist in two sentences", Asked("points", "", "", 2)),
        ("the merger in three bullet points", Asked("points", "merger", "", 3)),
        ("elevator pitch on the dam for a busy minister", Asked("points", "dam")),
        ("what's the bottom line?", Asked("points")),
        ("tl;dr on the recall", Asked("points", "recall")),
        ("anything I should worry about?", Asked("risks")),
        ("What is blocking the deal?", Asked("disputes", "deal")),
        ("what did each side say about the cranes?", Asked("positions", "cranes")),
        ("positions of both parties in the strike", Asked("positions", "strike")),
        ("pros and cons of the lease", Asked("positions", "lease")),
        ("arguments for and against the mine", Asked("positions", "mine")),
        ("who supports the reform and who opposes it?", Asked("positions", "reform")),
        ("What are the union's demands in the strike?", Asked("positions", "strike", by="union")),
        ("quotes from Runa Hask", Asked("quotes", "Runa Hask", by="Runa Hask")),
        ("what do critics say about the reform?", Asked("criticism", "reform")),
        ("who is to blame for the flood?", Asked("blame", "flood")),
        ("causes of the fire", Asked("causes", "fire")),
        ("how did it come to the strike?", Asked("causes", "strike")),
        ("how did it come to this?", Asked("background")),
        ("winners and losers of the reform", Asked("effects", "reform")),
        ("what was decided on wages?", Asked("decisions", "wages")),
        ("lessons from the crash", Asked("lessons", "crash")),
        ("what came out of the talks?", Asked("decisions", "talks")),
        ("what did the ministers agree on?", Asked("decisions", "ministers")),
        ("where does the union stand on the cranes?", Asked("positions", "cranes", by="union")),
        ("quote the minister on the drought", Asked("quotes", "drought", by="minister")),
        ("what were the exact words of Runa Hask?", Asked("quotes", "Runa Hask", by="Runa Hask")),
        ("upcoming deadlines for the lease", Asked("upcoming", "lease")),
        ("what dates are coming up for the lease?", Asked("upcoming", "lease")),
        ("which deadlines for the lease are coming up?", Asked("upcoming", "lease")),
        ("which deadlines have passed?", Asked("passed")),
    ],
)
def test_a_request_for_an_aspect(text: str, asked: Asked) -> None:
    assert aspect_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "What are the figures for exports?",  # one number may be meant
        "What are the two sticking points about troops that the sides still quarrel over?",
        "Who is involved in the talks?",
        "What is the next step that was announced?",
        "Why are there concerns about the lease?",
        "What did the union demand?",
        "What are the risks when the dam is filled?",
        "Which points did Hask make?",
        "What are the dates?",
        "Tell me about the truce in two sentences, please.",  # an overview
        "background on the strike",
        "what was agreed on prisoners in the second round?",
        "What are the risks the report names for the wall?",
        "who wants the army out of the valley?",
        "What is the position of the Greens on the road?",
        "Compare Hask's view of the cranes with Ohre's.",
        f"key figures on {'the ' * 200}strike",
    ],
)
def test_another_question(text: str) -> None:
    assert aspect_asked(text) is None


def test_a_question_that_may_ask_for_a_position() -> None:
    assert loosely_asked("What does the union want?") == Asked("positions", "union", by="union")
    assert loosely_asked("what are experts saying about the cranes?") == Asked("positions", "cranes", by="experts")
    assert loosely_asked("what did Hask say about the cranes?") == Asked("sayings", "cranes", by="Hask")
    assert loosely_asked("what does the Mining Act say about the cranes?") is None  # which nobody speaks
    assert loosely_asked("who opposes the lease?") == Asked("opponents", "lease")
    assert loosely_asked("who is for it (the lease)?") == Asked("supporters", "the lease")
    assert loosely_asked("what does the operator want in the strike?") == Asked(
        "positions", "strike", by="operator"
    )
    assert loosely_asked("who signed the lease?") is None
