"""A correction may say that something happened at another time; where a deadline depends on it, a reviewer sees it."""

from collections.abc import Iterator

from caseledger.auditing import otherwise, words
from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-redated",
    N_("A correction gives an entry another time, and deadlines that were broken no longer are."),
    N_("Nothing needs to be done if it is so and its reason says how one knows."),
    '+  - {type: corrected, event: {…}, set: {at: "2026-11-05T09:12:00+08:00"}, …}',
    Severity.WARNING,
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every new correction of a time without which a deadline would be broken."""
    for added in audit.added:
        event, data = added.event, added.document.data
        changed = event.data.get("set")
        law = audit.law.of(added.document)
        if event.type == "corrected" and isinstance(changed, dict) and "at" in changed and law:
            without = {key: value for key, value in changed.items() if key != "at"} or {"note": None}
            events = [*data["events"]]
            events[event.index] = {**event.data, "set": without}
            now = max(map(audit.law.moment, audit.steps.commits))
            saved = otherwise.saved(data, {**data, "events": events}, law, now)
            if saved:
                message = Text(
                    N_("{entry} sets another time; without it these deadlines would be broken: {clocks}."),
                    entry=words.entry(event.data),
                    clocks=otherwise.named(saved),
                )
                place = added.document.place("events", event.index, "set", "at")
                yield audit.by(RULE, added.commit, added.path, message, place=place, hint=Text(RULE.hint))
