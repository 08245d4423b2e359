"""A summary of a change in the form that was asked for: text, Markdown or JSON. What is short comes first."""

from collections.abc import Iterable
from typing import Any

from caseledger import instant
from caseledger.cli.formats import json
from caseledger.cli.formats.markdown import visible, words
from caseledger.cli.summaryparts import parts
from caseledger.cli.summaryshort import alarms, counts, short
from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.summary.cases import CaseChange
from caseledger.summary.change import Summary
from caseledger.summary.law import PersonChange
from caseledger.summary.records import RecordChange

MOST = 50
"""Cases that Markdown shows one by one: forges cut what is long, and nobody reads it."""


def as_text(summary: Summary) -> str:
    """For a person at a terminal."""
    lines = [str(short(summary)), *(f"! {text}" for text in alarms(summary))]
    for part in parts(summary):
        lines += ["", str(part.title), *(f"  {line}" for line in part.lines)]
    return "\n".join(map(_shown, lines))


def as_markdown(summary: Summary) -> str:
    """For a pull request: nothing in it is markup but its own."""
    listed = list(parts(summary))
    lines = [f"**{words(short(summary))}**"]
    if warned := list(alarms(summary)):
        lines += ["", *(f"- ⚠ {words(text)}" for text in warned)]
    for part in listed[:MOST]:
        lines += ["", f"#### {words(part.title)}", "", *(f"- {words(line)}" for line in part.lines)]
    if listed[MOST:]:
        message = N_("{n} more are not shown here; caseledger summary {base}..{head} shows all.")
        lines += ["", words(Text(message, n=len(listed) - MOST, base=summary.base[:10], head=summary.head[:10]))]
    return "\n".join(lines)


def as_json(summary: Summary) -> str:
    """For programs."""
    return json.dump(
        {
            "base": summary.base,
            "head": summary.head,
            "as_of": instant.show(summary.now),
            "counts": dict(counts(summary)),
            "cases": [_case_data(change) for change in summary.cases],
            "evidence": [{"case": case, "what": what} for case, what in summary.evidence],
            "records": [_record_data(change) for change in summary.records],
            "files": [{"kind": file.kind, "name": file.name, "what": file.what} for file in summary.files],
            "people": [_person_data(person) for person in summary.people],
            "retention": [
                {"what": one.what, "number": one.number, "by": one.by, "cases": list(one.cases)}
                for one in summary.retention
            ],
            "other_files": summary.others,
        }
    )


def _shown(line: str) -> str:
    """A line with its indentation, fit for a terminal."""
    return line[: len(line) - len(line.lstrip(" "))] + visible(line)


def _case_data(case: CaseChange) -> dict[str, Any]:
    return {
        "case": case.id,
        "path": case.path,
        "what": case.kind,
        "policy": case.policy.name if case.policy else None,
        "state": {"before": case.states[0] or None, "after": case.states[1] or None},
        "grades": list(case.grades),
        "entries_kept": case.kept,
        "fields": list(case.fields),
        "steps": [_event_data(event) for event in case.steps],
        "extensions_without_effect": [
            {"at": instant.show(step.event.at), "clock": step.event.data["clock"], "reason": step.reason}
            for step in case.refused
        ],
        "deadlines": [
            {
                "kind": change.kind,
                "before": json.verdict(change.before) if change.before else None,
                "after": json.verdict(change.after) if change.after else None,
            }
            for change in case.clocks
        ],
    }


def _event_data(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {"at": instant.show(event.at), "type": event.type, "by": event.by, "as": event.role}
    if event.type == "extended":
        found |= {name: event.data[name] for name in ("clock", "to", "approved_by")}
    if event.type == "corrected":
        found |= {"event": dict(event.data["event"]), "set": list(event.data["set"])}
    return found


def _record_data(record: RecordChange) -> dict[str, Any]:
    actions = [{"action": change.action.id, "what": change.what} for change in record.actions]
    return {"path": record.path, "what": record.what, "actions": actions}


def _person_data(person: PersonChange) -> dict[str, Any]:
    return {"person": person.id, "what": person.what, "given": _roles(person.given), "taken": _roles(person.taken)}


def _roles(roles: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [{"role": role, "from": str(first), "to": str(last) if last else None} for role, first, last in roles]


AS = {"text": as_text, "markdown": as_markdown, "json": as_json}
