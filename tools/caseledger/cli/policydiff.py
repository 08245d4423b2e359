"""caseledger policy diff"""

from dataclasses import asdict

import click

from caseledger.cli import options
from caseledger.cli.formats import json
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, current, translate
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook


@click.command(
    "diff",
    help=translate(
        N_(
            "Say how two versions of a policy differ (quality@2023-01-01 quality@2027-01-01): roles, grades, events,"
            " clocks, limits, obligations, articles."
        )
    ),
)
@click.argument("old")
@click.argument("new")
@options.output_format("text", "json")
@options.repository
def command(old: str, new: str, form: str, rulebook: Rulebook) -> None:
    """Print every difference."""
    from caseledger.policies import difference, wording

    before, after = _policy(rulebook, old), _policy(rulebook, new)
    found = difference.compare(rulebook, old, new)
    if form == "json":
        click.echo(json.dump([asdict(change) for change in found]))
        return
    for change in found:
        click.echo("\n".join(wording.lines(change, before, after, current())))
    if not found:
        click.echo(Text(N_("{old} and {new} say the same."), old=old, new=new).to())


def _policy(rulebook: Rulebook, name: str) -> Policy:
    policy = rulebook.policy(name)
    if policy is None:
        message = N_("There is no policy {policy}; there are: {policies}.")
        raise CannotGoOn(Text(message, policy=name, policies=", ".join(rulebook.policy_names)))
    return policy
