"""Which event types some legal order of events reaches within a cycle."""

from collections.abc import Iterable, Mapping

from caseledger.model import AFTER_END, ENDS
from caseledger.policy import RESPONSIBLE, Step


def reachable(steps: Mapping[str, Step]) -> set[str]:
    """The types, and "opened", that the first cycle or a later one can reach."""
    first = _cycle(steps, "received", assigned=False)
    return first | (_cycle(steps, "reopened", assigned="assigned" in first) if "reopened" in first else set())


def _cycle(steps: Mapping[str, Step], opening: str, *, assigned: bool) -> set[str]:
    """What a cycle that `opening` opens can reach; `assigned` tells whether a department is responsible already."""
    reached = {"opened", opening} if opening in steps else set()

    def more(types: Iterable[str], seen: set[str]) -> set[str]:
        held = assigned or "assigned" in seen
        return {n for n in types if not steps[n].missing(seen) and (held or steps[n].by != (RESPONSIBLE,))}

    before_the_end = steps.keys() - ENDS - {"received", "reopened"}
    while found := more(before_the_end, reached) - reached:
        reached |= found
    after_the_end = set(reached)
    for end in more(steps.keys() & ENDS, reached):
        after_the_end |= {end}
        seen = reached | {end}
        while found := more(steps.keys() & AFTER_END, seen) - seen:
            seen |= found
        after_the_end |= seen
    return after_the_end | more(steps.keys() & {"reopened"}, reached)
