"""caseledger rules"""

import click

from caseledger import auditing, labels
from caseledger.cli import options
from caseledger.cli.formats import json
from caseledger.evidence import rules as evidence
from caseledger.language import N_, translate
from caseledger.policies import lint
from caseledger.problem import Rule
from caseledger.rules import every

_ALL = (*every.ALL, *lint.ALL, *auditing.ALL, *evidence.ALL)


@click.command(
    "rules",
    help=translate(N_("List the rules that files are checked by: code, meaning, hint, an example that breaks it.")),
)
@options.output_format("text", "json")
@options.language
def command(form: str) -> None:
    """Print every rule."""
    if form == "json":
        click.echo(json.dump([_as_json(rule) for rule in _ALL]))
    else:
        click.echo("\n\n".join(map(_as_text, _ALL)))


def _as_text(rule: Rule) -> str:
    example = "\n".join(f"    {line}" for line in rule.example.splitlines())
    head = f"{rule.code} ({labels.label('severity', rule.severity)})"
    return f"{head}\n  {translate(rule.meaning)}\n  {translate(rule.hint)}\n{example}"


def _as_json(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "severity": rule.severity,
        "meaning": translate(rule.meaning),
        "hint": translate(rule.hint),
        "example": rule.example,
    }
