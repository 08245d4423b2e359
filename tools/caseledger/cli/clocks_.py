"""caseledger clocks"""

from datetime import datetime
from pathlib import Path

import click

from caseledger import clocks, instant, labels, model, yamltext
from caseledger.cli import options
from caseledger.cli.formats import json
from caseledger.clocks import Verdict
from caseledger.errors import PROBLEMS, CannotGoOn, Refused
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook


@click.command(
    "clocks",
    help=translate(N_("Judge case files, inside or outside the repository, even where check has findings.")),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.output_format("text", "json")
@options.as_of
@options.repository
def command(paths: tuple[Path, ...], form: str, now: datetime, rulebook: Rulebook) -> int:
    """Print the verdicts of each file; a file that cannot be judged is named, and the others are judged."""
    judged: list[tuple[str, list[Verdict]]] = []
    failed = 0
    for path in paths:
        try:
            judged.append((path.stem, _verdicts(path, now, rulebook)))
        except CannotGoOn as error:
            failed += 1
            click.echo(Text(N_("{path}: {text}"), path=path, text=error.text).to(), err=True)
            if isinstance(error, Refused):
                for problem in error.problems:
                    place = f"{problem.path}:{problem.place.line}:{problem.place.column}"
                    click.echo(f"  {place}: {problem.message} [{problem.code}]", err=True)
    if form == "json":
        click.echo(json.dump([_as_json(stem, now, found) for stem, found in judged]))
    for line in [line for stem, found in judged for line in _as_text(stem, found)] if form == "text" else []:
        click.echo(line)
    return PROBLEMS if failed else 0


def _verdicts(path: Path, now: datetime, rulebook: Rulebook) -> list[Verdict]:
    case = model.case(yamltext.read(path.read_bytes(), str(path)).data)
    name = "@".join(case.policy)
    policy = rulebook.policy(name)
    if policy is None:
        raise CannotGoOn(
            Text(
                N_("The policy {name} is not in the repository; there are: {names}."),
                name=name.strip("@") or "?",
                names=", ".join(rulebook.policy_names),
            )
        )
    return clocks.verdicts(case, policy, rulebook.calendar(policy.calendar), now)


def _as_json(stem: str, now: datetime, found: list[Verdict]) -> dict[str, object]:
    return {"case": stem, "as_of": instant.show(now), "clocks": [json.verdict(verdict) for verdict in found]}


def _as_text(stem: str, found: list[Verdict]) -> list[str]:
    return [stem, *(f"  {_line(verdict)}" for verdict in found)]


def _line(verdict: Verdict) -> str:
    due = instant.deadline(verdict.due) if verdict.due else "-"
    mark = translate(N_(" (provisional)")) if verdict.provisional else ""
    status = labels.label("status", verdict.status)
    return f"{verdict.cycle}  {verdict.clock.id:<20} {verdict.clock.clause:<4} {due}{mark}  {status}"
