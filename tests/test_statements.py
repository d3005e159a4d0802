"""Words of a sentence find the words of its quotes that say the same, or the opposite, of the same thing."""

from rag.checks.statements import Match, Statements

ROADS = "The north road was closed on Monday, and the south road was reopened."


def place(statements: Statements, written: str) -> int:
    return next(i for i, t in enumerate(statements.said) if t.word.written == written)


def written(matches: list[Match]) -> list[str]:
    return [m.token.word.written for m in matches]


def test_of_equal_words_the_one_with_most_of_what_stands_around_it_is_the_match() -> None:
    statements = Statements("The south road was reopened.", [ROADS])
    (road,) = statements.matches(place(statements, "road"))
    assert ROADS[road.token.word.start :].startswith("road was reopened")
    assert road.shared == 2.0  # "south" and "reopened", in the same clause
    assert len(statements.everywhere(place(statements, "road"))) == 2


def test_what_stands_in_another_clause_counts_less_and_a_name_more() -> None:
    statements = Statements("The road to Halden reopened.", ["The road is wide, and Halden reopened."])
    assert [m.shared for m in statements.matches(place(statements, "road"))] == [0.75]  # (1 + 2) / 4
    assert [m.shared for m in statements.matches(place(statements, "reopened"))] == [2.25]  # Halden and "road" / 4


def test_without_the_word_itself_its_synonyms_are_matches() -> None:
    statements = Statements("Traffic grew.", ["Traffic rose."])
    assert written(statements.matches(place(statements, "grew"))) == ["rose"]
    assert statements.everywhere(place(statements, "grew")) == []
    assert statements.synonyms(place(statements, "Traffic")) == set()


def test_an_opposite_is_no_match() -> None:
    statements = Statements("Traffic rose.", ["Traffic fell."])
    assert statements.matches(place(statements, "rose")) == []
    assert written(statements.opposed(place(statements, "rose"))) == ["fell"]


def test_the_clause_of_a_token_of_either_side() -> None:
    statements = Statements("Roth signed, and Lund was absent.", ["Roth has signed it."])
    assert statements.near_clause(statements.said[0]) == {"roth", "sign"}
    assert statements.near_clause(statements.quoted[0][0]) == {"roth", "sign"}
