"""Two files never bear the same id."""

from collections.abc import Iterator, Mapping, Sequence

from caseledger.language import N_, Text
from caseledger.problem import Place, Problem, Rule

RULE = Rule(
    "id-unique",
    N_("Two files bear the same id."),
    N_("Give one of the two cases a new id, and its file the same name."),
    "# cases/2026/11/C-20261103-7K3QD.yml and cases/2026/12/C-20261103-7K3QD.yml\nid: C-20261103-7K3QD",
)


def check(holders: Mapping[str, Sequence[tuple[str, Place]]]) -> Iterator[Problem]:
    """A finding in every file that shares its id; `holders` gives for each id the files and the place of `id`."""
    for case_id, places in holders.items():
        for path, place in places if len(places) > 1 else ():
            others = ", ".join(other for other, _ in places if other != path)
            message = Text(N_("The id {id} is also that of {others}."), id=case_id, others=others)
            yield RULE.problem(path, place, message)
