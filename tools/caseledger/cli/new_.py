"""caseledger new"""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caseledger import files, instant, recording, schema
from caseledger.cli import acting, options, publishing, values
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.outgoing import Sending

CASE = schema.schema("case")["properties"]
HEADER = ("channel", "market", "language", "category", "demand", "summary", "description")
ASKED = {
    "channel": N_("How the complaint came in"),
    "market": N_("Market (country code, such as NO)"),
    "language": N_("Language of the consumer's words (such as nb)"),
    "category": N_("Category"),
    "demand": N_("What the consumer asks for"),
    "summary": N_("Summary, in one line"),
    "description": N_("The consumer's words"),
    "order.number": N_("Order number (empty: unknown)"),
    "product.name": N_("Product (empty: unknown)"),
    "product.sku": N_("SKU (empty: unknown)"),
}


@click.command(
    "new",
    help=translate(
        N_(
            "Write a new case and print its path. What is not given is asked for on a terminal. --set fills any other"
            " field, such as order.number, product.sku, carrier.tracking. Personal data never stands in a case."
        )
    ),
)
@click.option("--profile", help=translate(N_("Profile of the policy; by default that of caseledger.yml.")))
@click.option("--channel", type=click.Choice(CASE["channel"]["enum"]), help=translate(ASKED["channel"]))
@click.option("--market", help=translate(ASKED["market"]))
@click.option("--language", help=translate(ASKED["language"]))
@click.option("--category", help=translate(N_("Category, one of the policy's")))
@click.option("--demand", type=click.Choice(CASE["demand"]["enum"]), help=translate(ASKED["demand"]))
@click.option("--summary", help=translate(ASKED["summary"]))
@click.option("--description", help=translate(N_("The consumer's words; - reads them from standard input")))
@click.option("--consumer", help=translate(N_("Reference of a known consumer (U-…); by default a new one.")))
@click.option("--set", "pairs", metavar="K=V", multiple=True, help=translate(N_("Any other field; may be repeated.")))
@click.option("--at", metavar="T", type=options.Instant(), help=translate(N_("When it was received; by default now.")))
@click.option("--note", help=translate(N_("Free text of the event received.")))
@click.option("--by", metavar="P", help=translate(N_("Who received it; by default whoever Git is configured for.")))
@options.acting_as
@publishing.options
@options.repository
def command(
    profile: str | None,
    consumer: str | None,
    pairs: tuple[str, ...],
    at: datetime | None,
    note: str | None,
    by: str | None,
    role: str | None,
    commit: bool,
    push: bool,
    rulebook: Rulebook,
    **header: str | None,
) -> None:
    """Write the case, pass it on as asked, and print its path."""
    if header["description"] == "-":
        header["description"] = sys.stdin.read().strip()
    request = ("new", profile, consumer, pairs, at, note, by, role, *header.values())
    with publishing.sending(rulebook, request, commit=commit, push=push) as sent:
        path = sent.resumed if sent else None
        if path is None:
            path = _create(rulebook, sent, profile, consumer, pairs, at, note, by, role, header)
        click.echo(files.shown(path, rulebook.root))
        if sent:
            publishing.pass_on(sent, path, push=push)


def _create(
    rulebook: Rulebook,
    sent: "Sending | None",
    profile: str | None,
    consumer: str | None,
    pairs: tuple[str, ...],
    at: datetime | None,
    note: str | None,
    by: str | None,
    role: str | None,
    header: Mapping[str, str | None],
) -> Path:
    now = instant.now()
    policy = _policy(rulebook, profile or rulebook.settings["profile"], at or now)
    zone = rulebook.calendar(policy.calendar).zone
    moment = (at or now).astimezone(zone)
    who = acting.person(rulebook, by)
    received = {
        "at": instant.show(at or moment),
        "recorded": instant.show(now.astimezone(zone)),
        "type": "received",
        "by": who.id,
        "as": role or acting.role(who, policy, "received", moment.date(), policy.steps["received"].by),
        **({"note": note} if note else {}),
    }
    given = values.from_options(pairs, lambda steps: schema.field("case", *steps))
    fields = _complete(policy, {**given, **{name: value for name, value in header.items() if value is not None}})
    fields.setdefault("consumer", {"ref": consumer or recording.new_consumer()})
    while True:
        case_id = recording.new_id(str(moment.date()))
        data = {"schema": 1, "id": case_id, "policy": policy.name}
        data |= {name: fields[name] for name in [*CASE, *fields] if name in fields}
        if sent:
            sent.announce(files.case_path(rulebook.root, case_id), received)
        try:
            return recording.create(rulebook, now, data | {"events": [received]}).path
        except FileExistsError:
            continue


def _policy(rulebook: Rulebook, profile: str, moment: datetime) -> Policy:
    name = rulebook.in_force(profile, str(moment.date()))
    policy = rulebook.policy(name) if name else None
    if policy is None:
        message = N_("No version of the profile {profile} is in force on {day}; there are: {names}.")
        raise CannotGoOn(Text(message, profile=profile, day=str(moment.date()), names=", ".join(rulebook.policy_names)))
    local = str(moment.astimezone(rulebook.calendar(policy.calendar).zone).date())
    return rulebook.policy(rulebook.in_force(profile, local) or policy.name) or policy


def _complete(policy: Policy, given: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in HEADER if name not in given]
    if missing and not acting.on_terminal():
        options_ = ", ".join(f"--{name}" for name in missing)
        raise CannotGoOn(Text(N_("A case also needs: {options}."), options=options_))
    for name in missing:
        wanted = {"enum": list(policy.categories)} if name == "category" else schema.field("case", name)
        given[name] = values.ask(translate(ASKED[name]), wanted)
    if missing:
        for name in ("order.number", "product.name", "product.sku"):
            outer, inner = name.split(".")
            if inner not in given.get(outer, {}) and (
                value := values.ask(translate(ASKED[name]), schema.field("case", outer, inner), empty=True)
            ):
                given.setdefault(outer, {})[inner] = value
    return given
