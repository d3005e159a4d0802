"""`briefings eval`: measures the product on the question cases, and holds it to the committed baseline."""

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rag.errors import UsageError
from ui.eval_files import make_folder, write
from ui.machine import AsJson

if TYPE_CHECKING:
    from evals.cases import Case
    from evals.gate import Baseline
    from evals.lint import Fault
    from evals.quotes import Sources
    from evals.scoring import Result
    from evals.summary import Summary

eval_cli = typer.Typer(invoke_without_command=True)

Half = Annotated[Literal["dev", "held_out", "all"], typer.Option(help="Which half of the cases to run.")]
CasesFolder = Annotated[
    Path | None, typer.Option("--cases", metavar="FOLDER", help="Your own cases: dev/*.yaml and held_out/*.yaml.")
]
BriefingsFolder = Annotated[
    Path | None, typer.Option("--briefings", metavar="FOLDER", help="Your own briefings, which --cases asks about.")
]


@eval_cli.callback()
def evaluate(
    context: typer.Context,
    half: Half = "all",
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as a page for a browser.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as Markdown, for a build summary.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as JUnit XML, for a build server.")
    ] = None,
    bless: Annotated[
        bool, typer.Option("--bless", help="Make this run the baseline, and print what changes.")
    ] = False,
    case: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Run this case only, and show it in full; repeat."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the answers, to be scored again with --answers.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Score these recorded answers instead of asking.")
    ] = None,
    configured: Annotated[
        bool, typer.Option("--configured", help="Ask the models of your settings; else no model is asked.")
    ] = False,
    cases_folder: CasesFolder = None,
    briefings_folder: BriefingsFolder = None,
    baseline_file: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="A baseline other than baseline.json beside the cases."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many cases are asked at once.")] = 2,
) -> None:
    """Measure answers on the question cases; fails when they are worse than the baseline."""
    if context.invoked_subcommand:
        _refuse_options(context, context.invoked_subcommand)
        return
    if case and (bless or as_json or html or markdown or junit or record):
        raise UsageError("--case shows single cases.", "Leave out the options for reports and --bless.")
    if answers and (record or configured):
        raise UsageError("--answers asks nothing.", "Leave out --record and --configured.")
    _need_packages()
    from evals.gate import BASELINE, Problem, check, read_baseline
    from evals.recordings import read_answers, replayed, write_answers
    from evals.report import detail
    from evals.run import Transcript, libraries, run, sources_of
    from evals.scoring import score
    from evals.summary import summarise
    from rag.settings import read_settings
    from ui.eval_tables import asking

    every_case, folders = _inputs(cases_folder, briefings_folder)
    cases = [c for c in every_case if half in ("all", c.half)]
    if not cases:
        raise UsageError(f"There are no cases in the half {half}.", "Add some, or name the other half.")
    if unknown := sorted(set(case or ()) - {c.id for c in cases}):
        raise UsageError(f"There is no case {unknown[0]} in this half.", "`briefings eval --json` lists them all.")
    chosen = [c for c in cases if not case or c.id in case]
    place = baseline_file or (cases_folder / BASELINE.name if cases_folder else BASELINE)
    baseline = read_baseline(place)
    recorded = read_answers(answers) if answers else {}
    for file in (html, markdown, junit, record, place if bless else None):
        make_folder(file)
    with libraries(folders, read_settings() if configured else None) as apps:
        sources = sources_of(apps)
        faults = _usable(every_case, sources, own=briefings_folder is not None)
        if answers:
            transcript = Transcript(tuple(replayed(chosen, recorded, every_case)), sources)
        else:
            with asking(len(chosen)) as told:
                transcript = run(chosen, apps, sources, workers, told)
    if record:
        write_answers(transcript.turns, record)
    results = score(transcript)
    if case:
        typer.echo("\n\n".join(detail(r) for r in results))
        if not all(r.passed for r in results):
            raise typer.Exit(1)
        return
    if bless and not faults:
        baseline = _bless(results, baseline, place)
    problems = [Problem("lint", None, fault.where, fault.what) for fault in faults]
    summary = summarise(results, baseline, problems + check(results, baseline, cases), sources)
    _report(summary, html, markdown, junit, as_json=as_json)
    if summary.problems:
        raise typer.Exit(1)


@eval_cli.command("compare")
def compare_runs(
    a: Annotated[Path, typer.Argument(metavar="A.json", help="A report: `briefings eval --json > A.json`.")],
    b: Annotated[Path, typer.Argument(metavar="B.json", help="The report of another system on the same cases.")],
    half: Half = "all",
    as_json: AsJson = False,
) -> None:
    """Compare two runs on the same cases, with paired tests, and list the cases that flipped."""
    _need_packages()
    from evals.cases import HALVES
    from evals.compare import compare
    from evals.document import read_document
    from ui.eval_tables import print_comparison

    halves = HALVES if half == "all" else (half,)
    found = compare(read_document(a), read_document(b), (str(a), str(b)), halves)
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        print_comparison(found)


@eval_cli.command("lint")
def lint_cases(cases_folder: CasesFolder = None, briefings_folder: BriefingsFolder = None) -> None:
    """Check the cases: quotes found and unique, ids unique, no briefing unused or in both halves."""
    _need_packages()
    from evals.run import libraries, sources_of

    cases, folders = _inputs(cases_folder, briefings_folder)
    with libraries(folders) as apps:
        faults = _usable(cases, sources_of(apps), own=briefings_folder is not None)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{len(cases)} cases: nothing wrong.")


@eval_cli.command("add")
def add(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="A question about the briefings in the library.")
    ],
    after: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="An earlier question; repeat, oldest first.")
    ] = None,
) -> None:
    """Ask a question and print it as a case, for review and for a file in evals/cases."""
    from evals.draft import draft
    from rag.build import open_home

    with open_home(context.obj) as app:
        answer = app.ask(question, after or ())
    typer.echo(draft(answer, tuple(after or ())), nl=False)


def _inputs(cases: Path | None, briefings: Path | None) -> "tuple[list[Case], Mapping[str, Path]]":
    """The cases, and the folders of the briefings that they ask about: the reader's own, or the committed ones."""
    from evals.cases import CASES, FOLDERS, read_cases

    return read_cases(folder=cases or CASES), {"own": briefings} if briefings else FOLDERS


def _usable(cases: "Sequence[Case]", sources: "Sources", *, own: bool) -> "list[Fault]":
    """The faults that a run can live with. Raises UsageError, when others are told, for those it cannot."""
    from evals.lint import lint

    faults = lint(cases, sources, use_all=not own)
    wrong = [fault for fault in faults if fault.unusable]
    for fault in wrong:
        typer.echo(str(fault), err=True)
    if wrong:
        many = f"{len(wrong)} faults" if len(wrong) > 1 else "One fault"
        raise UsageError(f"{many} in the cases, so nothing was measured.", "Mend the cases, or the briefings.")
    return faults


def _bless(results: "Sequence[Result]", baseline: "Baseline", place: Path) -> "Baseline":
    """The results as the new baseline, which is written; what changes is printed."""
    from evals.gate import blessed, changes, write_baseline

    new = blessed(results, baseline)
    for line in changes(baseline, new) or ["nothing changes"]:
        typer.echo(line, err=True)
    write_baseline(new, place)
    return new


def _report(
    summary: "Summary", html: Path | None, markdown: Path | None, junit: Path | None, *, as_json: bool
) -> None:
    """Write the reports that are wanted, and print one."""
    from evals.document import as_json as report_as_json
    from evals.junit import junit as report_as_junit
    from evals.page import page
    from evals.report import markdown as report_as_markdown
    from ui.eval_tables import print_summary

    for file, report in ((html, page), (markdown, report_as_markdown), (junit, report_as_junit)):
        if file:
            write(file, report(summary))
            typer.echo(f"Written: {file}", err=True)
    if as_json:
        typer.echo(report_as_json(summary), nl=False)
    else:
        print_summary(summary)


def _refuse_options(context: typer.Context, command: str) -> None:
    """Raise UsageError for options before a subcommand, which would not be told of them."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is not None and source.name == "COMMANDLINE":
            raise UsageError(
                f"{parameter.opts[0]} stands before `{command}`, which does not see it.",
                f"Write `briefings eval {command} …` with the options at the end, or leave out `{command}`.",
            )


def _need_packages() -> None:
    for name in ("ir_measures", "jinja2", "scipy"):
        if find_spec(name) is None:
            raise UsageError(f"`briefings eval` needs {name}.", "Run: pip install 'briefings[evals]'")
