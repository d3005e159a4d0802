"""JUnit XML: a failure is what closes the gate, and nothing that a briefing holds breaks the XML."""

from xml.etree import ElementTree as Xml

from evals.gate import Baseline, Problem, blessed
from evals.junit import junit
from evals.summary import Summary, summarise
from tests.eval_toys import AID, FLOOD, SOURCES, case, said
from tests.test_gate import BASELINE, GOOD, results
from tests.test_summary import WORSE, summary


def read(found: Summary) -> Xml.Element:
    return Xml.fromstring(junit(found))


def test_one_test_case_a_case_and_one_a_floor() -> None:
    root = read(summary())
    cases, floors = root
    assert [(c.get("classname"), c.get("name")) for c in cases] == [
        ("briefings.dev.toy", "toy-1"),
        ("briefings.dev.toy", "toy-3"),
    ]
    assert {c.get("name") for c in floors} == set(BASELINE.halves["dev"].metrics)
    assert (root.get("failures"), root.get("skipped"), root.get("tests")) == ("0", "0", str(2 + len(floors)))


def test_what_closes_the_gate_is_a_failure_with_its_reason() -> None:
    root = read(summary(WORSE))
    messages = {c.get("name"): f.get("message") for c in root.iter("testcase") for f in c.iter("failure")}
    assert messages["toy-3"] == "toy-3 passed and now fails: invalid marks: [9]"
    assert messages["markers"] == "dev: markers 0.800 is under its floor 1.000"
    assert root.get("failures") == str(len(messages))


def test_a_case_that_fails_as_before_is_skipped_and_keeps_its_reason() -> None:
    root = read(summary(WORSE, blessed(WORSE, Baseline())))
    (skipped,) = root.iter("skipped")
    assert skipped.get("message") == "fails, as in the baseline: invalid marks: [9]"
    assert [f.get("message") for f in root.iter("failure")] == [
        "dev: markers 0.800 is under its floor 1.000"  # an invariant keeps its floor whatever is blessed
    ]
    fresh = read(summary(WORSE, Baseline()))
    assert [s.get("message") for s in fresh.iter("skipped")] == ["fails, not in the baseline: invalid marks: [9]"]
    assert [f.get("type") for f in fresh.iter("failure")] == ["baseline"]


def test_missing_cases_and_faults_of_the_cases_are_failures() -> None:
    problems = [Problem("missing", "dev", "toy-9", "run"), Problem("lint", None, "dev/a.yaml:1", "a fault")]
    root = read(summarise(GOOD, BASELINE, problems, SOURCES))
    failed = [(c.get("classname"), c.get("name")) for c in root.iter("testcase") if c.find("failure") is not None]
    assert failed == [("briefings.dev", "toy-9"), ("briefings.cases", "dev/a.yaml:1")]


def test_hostile_words_stay_words() -> None:
    hostile = "]]></system-out><failure/>\x00\x1b&amp;"
    answer = said((FLOOD, (1,)), (AID, (2,)), (hostile, ()))
    found = results(answer, cases=[case(question=hostile)])
    root = read(summarise(found, BASELINE, [Problem("case", "dev", "toy-1", hostile + "\ud800")], SOURCES))
    (out,) = root.iter("system-out")
    assert "]]></system-out><failure/>\ufffd\ufffd&amp;" in (out.text or "")
    assert len(list(root.iter("failure"))) == 1
