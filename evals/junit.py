"""A run as JUnit XML, which build servers show: one test case a case, and one a metric that the gate watches."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from evals.gate import Problem
from evals.scoring import Result
from evals.summary import HalfSummary, Summary

# What XML 1.0 cannot hold at all, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(summary: Summary) -> str:
    """The report as JUnit XML.

    A failure is what closes the gate. A case that fails as it does in the baseline, or that is new, is skipped:
    its reason is kept, but it is not what this change broke.
    """
    root = Xml.Element("testsuites", name="briefings eval")
    for half in summary.halves:
        own = [p for p in summary.problems if p.half == half.half]
        suite = Xml.SubElement(root, "testsuite", name=half.title)
        for result in half.results:
            _add_case(suite, half, result, [p for p in own if p.kind == "case"])
        for problem in own:
            if problem.kind == "missing":
                _add(suite, f"briefings.{half.half}", problem.subject, problem)
        gate = Xml.SubElement(root, "testsuite", name=f"{half.title}: floors")
        metrics = {p.subject: p for p in own if p.kind == "metric"}
        watched = {row.name for row in half.rows if row.bar} | set(metrics)
        for name in sorted(watched):
            _add(gate, f"briefings.{half.half}.floors", name, metrics.get(name))
        for problem in own:
            if problem.kind == "baseline":
                _add(gate, f"briefings.{half.half}.floors", "baseline", problem)
    if others := list(_others(summary)):
        suite = Xml.SubElement(root, "testsuite", name="cases")
        for problem in others:
            _add(suite, "briefings.cases", problem.subject, problem)
    for element in (*root, root):
        for tag, name in (("testcase", "tests"), ("failure", "failures"), ("skipped", "skipped")):
            element.set(name, str(len(list(element.iter(tag)))))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _others(summary: Summary) -> Iterator[Problem]:
    told = {half.half for half in summary.halves}
    yield from (p for p in summary.problems if p.half not in told)


def _add_case(suite: Xml.Element, half: HalfSummary, result: Result, problems: list[Problem]) -> None:
    case = result.case
    broken = next((p for p in problems if p.subject == case.id), None)
    element = _add(suite, f"briefings.{half.half}.{case.topic}", case.id, broken)
    if not result.passed and broken is None:
        known = "not in the baseline" if case.id in half.new else "as in the baseline"
        Xml.SubElement(element, "skipped", message=_clean(f"fails, {known}: {'; '.join(result.faults)}"))
    Xml.SubElement(element, "system-out").text = _clean(f"{case.question}\n{result.answer.text}")


def _add(suite: Xml.Element, classname: str, name: str, problem: Problem | None) -> Xml.Element:
    element = Xml.SubElement(suite, "testcase", classname=_clean(classname), name=_clean(name))
    if problem:
        Xml.SubElement(element, "failure", type=problem.kind, message=_clean(str(problem)))
    return element


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
