"""caseledger clusters"""

from datetime import datetime, timedelta

import click

from caseledger import instant, labels, register
from caseledger.advice import of_key
from caseledger.cli import options, tables
from caseledger.cli.formats import json
from caseledger.clusters import WINDOW, Cluster, clusters
from caseledger.language import N_, Text, current, translate
from caseledger.rulebook import Rulebook


@click.command(
    "clusters",
    help=translate(
        N_(
            "List groups of cases with the same problem, largest first: the same SKU, batch or supplier and the same"
            " nature (before an investigation, the same category), each received within the window after the one"
            " before."
        )
    ),
)
@click.option(
    "--window",
    type=options.Span(),
    default=f"{WINDOW.days}d",
    show_default=True,
    help=translate(N_("The longest gap within a group (12h, 30d).")),
)
@options.output_format("text", "json")
@options.as_of
@options.repository
def command(window: timedelta, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print the clusters of the whole repository."""
    known = register.occurrences(register.check_all(rulebook.root, now))
    found = clusters([occurrence for _, occurrence in known], window, now)
    if form == "json":
        click.echo(json.dump([_as_json(cluster) for cluster in found]))
    elif found:
        headings = [N_("Cases"), N_("Problem"), N_("Shared"), N_("First received"), N_("Last received"), N_("Members")]
        tables.show([translate(heading) for heading in headings], [_row(rulebook, c) for c in found])
    else:
        click.echo(translate(N_("No two cases have the same problem.")))


def _row(rulebook: Rulebook, cluster: Cluster) -> list[str]:
    return [
        str(len(cluster.cases)),
        _problem(rulebook, cluster),
        "\n".join(str(of_key(key)) for key in cluster.keys),
        instant.read(cluster.cases[0].received),
        instant.read(cluster.cases[-1].received),
        ", ".join(one.case for one in cluster.cases),
    ]


def _problem(rulebook: Rulebook, cluster: Cluster) -> str:
    kind, name = cluster.problem
    if kind == "nature":
        return str(labels.label("nature", name))
    policy = rulebook.policy(cluster.cases[-1].policy)
    category = policy.categories.get(name, {}).get(current(), name) if policy else name
    return Text(N_("{category}, not investigated"), category=category).to()


def _as_json(cluster: Cluster) -> dict[str, object]:
    kind, name = cluster.problem
    return {
        "size": len(cluster.cases),
        kind: name,
        "shared": [
            {key.kind: key.value, "supplier": key.of} if key.of else {key.kind: key.value} for key in cluster.keys
        ],
        "first": instant.show(cluster.cases[0].received),
        "last": instant.show(cluster.cases[-1].received),
        "cases": [one.case for one in cluster.cases],
    }
