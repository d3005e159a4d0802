"""A case passes when no strict metric falls short, and says why when it fails."""

from evals.run import Transcript, Turn
from evals.scoring import averages, score
from tests.eval_toys import AID, FLOOD, SOURCES, case, gold, refusal_case, said


def test_results_come_in_order_with_their_faults() -> None:
    turns = (
        Turn(refusal_case(), gold(), ()),
        Turn(case(), gold(), ()),
        Turn(case(id="toy-3"), said((FLOOD, (1,)), (AID, (2, 9))), ()),
    )
    good, answered, marked = score(Transcript(turns, SOURCES))
    assert (good.case.id, good.passed, good.faults) == ("toy-1", True, ())
    assert answered.faults == ("answered, although the briefings do not say",)
    assert marked.faults == ("invalid marks: [9]",)
    assert good.scores["recall@10"].hits == 0
    assert "recall@10" not in answered.scores
    found = averages([good, answered, marked])
    assert found["decision"].micro == round(2 / 3, 4)
    assert "injection" not in found
