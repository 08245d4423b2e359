"""Which event types some legal order of events reaches within a cycle."""

from collections.abc import Iterable, Mapping

from caseledger.condition import NONE, Came, Condition
from caseledger.model import AFTER_END, ENDS
from caseledger.policy import RESPONSIBLE, Policy, Step

Steps = Mapping[str, Step]


def demanded(policy: Policy) -> Steps:
    """The steps of a policy; what conditions want come before in every case must come before."""
    steps = policy.steps
    for condition in policy.conditions:
        if not condition.when:
            steps = under(steps, condition)
    return steps


def under(steps: Steps, condition: Condition) -> Steps:
    """The steps where a condition applies."""
    found = dict(steps)
    for name in steps.keys() & set(condition.events):
        found[name] = found[name]._replace(after=(*found[name].after, *_choices(condition, name)))
    return found


def reachable(steps: Steps) -> set[str]:
    """The types, and "opened", that the first cycle or a later one can reach."""
    first = _cycle(steps, "received", assigned=False)
    return first | (_cycle(steps, "reopened", assigned="assigned" in first) if "reopened" in first else set())


def _choices(condition: Condition, event: str) -> Iterable[tuple[str, ...]]:
    """What the condition wants come before an event; a field of another event wants that event."""
    for fact in condition.needs:
        if isinstance(fact, Came):
            yield fact.types
        elif fact.event not in (None, event) and fact.wanted != (NONE,):
            yield (str(fact.event),)


def _cycle(steps: Steps, opening: str, *, assigned: bool) -> set[str]:
    """What a cycle that `opening` opens can reach; `assigned` tells whether a department is responsible already.

    What voids nothing is recorded as soon as it can be: it never stands in the way. The rest is tried in every order.
    """
    reached: set[str] = set()
    known = {frozenset({"opened", opening} if opening in steps else ())}
    pending = [*known]

    def more(types: Iterable[str], seen: set[str]) -> set[str]:
        held = assigned or "assigned" in seen
        return {n for n in types if not steps[n].missing(seen) and (held or steps[n].by != (RESPONSIBLE,))}

    before_the_end = steps.keys() - ENDS - {"received", "reopened"}
    voiding = {name for name in before_the_end if steps[name].voids}
    while pending:
        seen = set(pending.pop())
        while found := more(before_the_end - voiding, seen) - seen:
            seen |= found
        reached |= seen | more(steps.keys() & {"reopened"}, seen)
        for end in more(steps.keys() & ENDS, seen):
            ended = seen | {end}
            while found := more(steps.keys() & AFTER_END, ended) - ended:
                ended |= found
            reached |= ended
        for name in more(voiding, seen):
            after = frozenset((seen - set(steps[name].voids)) | {name})
            if after not in known:
                known.add(after)
                pending.append(after)
    return reached
