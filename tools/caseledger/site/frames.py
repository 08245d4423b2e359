"""Entries prepared for the web editor: everything that is known is filled in, the rest is a key with what it asks for.

A key that nobody fills in stays empty, and the check says so; nothing made up can slip in. The time and the person are
put in by the page when the entry is copied (site/assets/site.js).
"""

from collections.abc import Mapping
from typing import Any

from caseledger import schema, yamltext
from caseledger.language import N_, translate
from caseledger.obligations import Task
from caseledger.policy import Policy
from caseledger.site.words import Words

_WHO = N_("your key in policy/people.yml")


def entry(policy: Policy, event_type: str, role: str, words: Words) -> str:
    """An event of that type by that role, indented as in a case file; fields that may be left out are comments."""
    required, own = schema.event_fields(event_type)
    known = {
        "grade": list(policy.grades),
        "clock": [clock.id for clock in policy.clocks if clock.extension],
        "to": list(policy.roles) if event_type in ("assigned", "escalated") else [],
    }
    when, who, free_text = words.t(N_("when it happened")), words.t(_WHO), words.t(N_("free text"))
    lines = [
        f"- at: # {when}: 2026-11-03T10:40:00+08:00",
        f"  type: {event_type}",
        f"  by: # {who}",
        f"  as: {role}",
        *(_line(name, own[name], known.get(name), words) for name in required),
    ]
    free = [name for name in own if name not in required]
    lines += [f"  # {_line(name, own[name], known.get(name), words).strip()}" for name in free]
    return "".join(f"  {line}\n" for line in [*lines, f"  # note: {free_text}"])


def record(task: Task, words: Words) -> str:
    """The record of a periodic duty."""
    period, who = yamltext.flow(str(task.period)), words.t(_WHO)
    held, finding = words.t(N_("day of the report or meeting")), words.t(N_("what was found, one text each"))
    return (
        "# yaml-language-server: $schema=../../schema/review.schema.json\n"
        "schema: 1\n"
        f"kind: {task.obligation.id}\n"
        f"profile: {task.policy.profile}\n"
        f"period: {period}\n"
        f"held: # {held}: 2026-11-05\n"
        f"by: # {who}\n"
        f"as: {task.obligation.owner}\n"
        "findings:\n"
        f"  - # {finding}\n"
    )


def _line(name: str, wanted: Mapping[str, Any], known: list[str] | None, words: Words) -> str:
    return f"  {name}: # {_hint(wanted, known, words)}".removesuffix(" # ")


def _hint(wanted: Mapping[str, Any], known: list[str] | None, words: Words) -> str:
    if known or "enum" in wanted:
        return " / ".join(known or wanted["enum"])
    if wanted.get("type") == "boolean":
        return "true / false"
    if "examples" in wanted:
        return yamltext.flow(wanted["examples"][0])
    if "maximum" in wanted:
        return f"{wanted['minimum']}–{wanted['maximum']}"
    return translate(wanted.get("description", ""), words.language)
