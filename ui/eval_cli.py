"""`briefings eval`: measures the product on the question cases, and holds it to the committed baseline."""

import json
from typing import Annotated, Literal

import typer

from rag.errors import UsageError

eval_cli = typer.Typer(invoke_without_command=True)


@eval_cli.callback()
def evaluate(
    context: typer.Context,
    half: Annotated[
        Literal["dev", "held_out", "all"], typer.Option(help="Which half of the cases to run.")
    ] = "all",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    bless: Annotated[
        bool, typer.Option("--bless", help="Make this run the baseline, and print what changes.")
    ] = False,
    case: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Run this case only, and show it in full; repeat."),
    ] = None,
) -> None:
    """Measure answers on the question cases; fails when they are worse than the baseline."""
    if context.invoked_subcommand:
        return
    if case and (bless or as_json):
        raise UsageError("--case shows single cases.", "Leave out --bless and --json.")
    _need_packages()
    from evals.cases import HALVES, read_cases
    from evals.gate import blessed, changes, check, read_baseline, write_baseline
    from evals.lint import lint
    from evals.report import as_json as report_as_json
    from evals.report import detail, markdown
    from evals.run import libraries, run, sources_of
    from evals.scoring import score

    cases = [c for c in read_cases(HALVES) if half in ("all", c.half)]
    if unknown := sorted(set(case or ()) - {c.id for c in cases}):
        raise UsageError(f"There is no case {unknown[0]} in this half.", "`briefings eval --json` lists them all.")
    baseline = read_baseline()
    with libraries() as apps:
        sources = sources_of(apps)
        chosen = [c for c in cases if not case or c.id in case]
        results = score(run(chosen, apps, sources))
    if case:
        typer.echo("\n\n".join(detail(r) for r in results))
        if not all(r.passed for r in results):
            raise typer.Exit(1)
        return
    faults = [f"lint: {fault}" for fault in lint(read_cases(HALVES), sources)]
    if bless and not faults:
        new = blessed(results, baseline)
        for line in changes(baseline, new) or ["nothing changes"]:
            typer.echo(line, err=True)
        write_baseline(new)
        baseline = new
    problems = faults + check(results, baseline, cases)
    if as_json:
        typer.echo(json.dumps(report_as_json(results, baseline, problems), ensure_ascii=False, indent=1))
    else:
        typer.echo(markdown(results, baseline, problems), nl=False)
    if problems:
        raise typer.Exit(1)


@eval_cli.command("lint")
def lint_cases() -> None:
    """Check the cases: quotes found and unique, ids unique, no briefing unused or in both halves."""
    _need_packages()
    from evals.cases import read_cases
    from evals.lint import lint
    from evals.run import libraries, sources_of

    cases = read_cases()
    with libraries() as apps:
        faults = lint(cases, sources_of(apps))
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        raise UsageError(f"{len(faults)} faults in the cases.", "Mend them.")
    typer.echo(f"{len(cases)} cases: nothing wrong.")


@eval_cli.command("add")
def add(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="A question about the briefings in the library.")],
    after: Annotated[list[str] | None, typer.Option(help="An earlier question; repeat, oldest first.")] = None,
) -> None:
    """Ask a question and print it as a case, for review and for a file in evals/cases."""
    from evals.draft import draft
    from rag.build import open_home

    with open_home(context.obj) as app:
        answer = app.ask(question, after or ())
    typer.echo(draft(answer, tuple(after or ())), nl=False)


def _need_packages() -> None:
    try:
        import ir_measures
        import scipy
    except ModuleNotFoundError as error:
        raise UsageError(f"`briefings eval` needs {error.name}.", "Run: pip install 'briefings[evals]'") from error
    del ir_measures, scipy
