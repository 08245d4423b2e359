"""Two versions of a case merge by meaning: nothing lost, nothing doubled, what was on record stays to the byte."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger import casefile, instant, merging, recording, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.merging import Changed, Clash, Illegal, Keep, SameStep
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook
from caseledger.yamltext import Document
from tests.opened import BASE, PATH

NOW = instant.parse("2026-11-22T12:00:00+08:00")


def event(at: str, kind: str = "note", by: str = "cs-01", **own: Any) -> dict[str, Any]:
    return {"at": f"2026-11-{at}:00+08:00", "type": kind, "by": by, "as": "customer-service", **own}


def entry(at: str, kind: str = "note", by: str = "cs-01", above: str = "", **own: Any) -> str:
    """An entry as `append` would write it, below a comment."""
    text = yamltext.write([event(at, kind, by, **own)])
    return above + "".join(f"  {line}\n" for line in text.splitlines())


N9 = entry("03T10:00", note="nine")
V = entry("03T10:30", "verified", in_scope=True, complete=True)
N11 = entry("03T11:00", "note", "qi-01", note="eleven").replace("customer-service", "quality-inspection")


def read(text: str) -> Document:
    return yamltext.read(text.encode(), PATH)


def _content(_document: Document) -> Sequence[Problem]:
    return ()


def merged(
    base: str | None, ours: str, theirs: str, choose: Callable[[Clash], Keep] = merging.refuse, root: Path | None = None
) -> str:
    """The text of the merge; with `root`, by the rules of that repository."""
    examine = partial(casefile.examine, Rulebook(root), NOW) if root else _content
    done = merging.merge(read(base) if base else None, read(ours), read(theirs), examine, choose)
    return done.raw.decode()


def refused(base: str | None, ours: str, theirs: str, root: Path | None = None) -> str:
    with pytest.raises(CannotGoOn) as caught:
        merged(base, ours, theirs, root=root)
    problems = caught.value.problems if isinstance(caught.value, Refused) else ()
    return "\n".join([caught.value.text.to("en"), *(problem.message.to("en") for problem in problems)])


class Answers:
    """Somebody who answers each question as told."""

    def __init__(self, *answers: Keep) -> None:
        self.answers = list(answers)
        self.asked: list[Clash] = []

    def __call__(self, clash: Clash) -> Keep:
        self.asked.append(clash)
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        pytest.param(V, N11, V + N11, id="ours first"),
        pytest.param(N11, V, V + N11, id="theirs first"),
        pytest.param(N9 + N11, V, N9 + V + N11, id="theirs between"),
        pytest.param(V, V + N11, V + N11, id="theirs has more"),
        pytest.param(N9 + N9, N9, N9 + N9, id="twice on one side"),
        pytest.param("", N9, N9, id="one side only"),
        pytest.param("", "", "", id="nothing new"),
        pytest.param(
            entry("03T10:00", note="ours"), entry("03T10:00", note="theirs"),
            entry("03T10:00", note="ours") + entry("03T10:00", note="theirs"), id="same instant",
        ),
        pytest.param(
            "  # mine\n" + N11 + "# at the end\n", "  # theirs\n  # two\n" + V,
            "  # theirs\n  # two\n" + V + "  # mine\n" + N11 + "# at the end\n", id="comments",
        ),
        pytest.param(
            entry("03T11:00", note="a\n# no comment\n"), entry("03T10:00", note="b\n  # nor this"),
            entry("03T10:00", note="b\n  # nor this") + entry("03T11:00", note="a\n# no comment\n"),
            id="hashes in text",
        ),
        pytest.param(
            N11.replace("+08:00", "Z"), N11.replace("eleven", "further east"),
            N11.replace("eleven", "further east") + N11.replace("+08:00", "Z"), id="by instant, not by text",
        ),
    ],
)  # fmt: skip
def test_entries_of_both_stand_in_the_order_of_time(repository: Path, ours: str, theirs: str, wanted: str) -> None:
    assert merged(BASE, BASE + ours, BASE + theirs, root=repository) == BASE + wanted
    assert merged(None, BASE + ours, BASE + theirs, root=repository) == BASE + wanted


def test_entries_that_an_earlier_merge_put_between_older_ones() -> None:
    late = entry("04T09:00", note="late")
    assert merged(BASE + N11, BASE + N11 + late, BASE + N9 + V + N11) == BASE + N9 + V + N11 + late
    assert merged(BASE + N11, BASE + N9 + N11, BASE + V + N11 + late) == BASE + N9 + V + N11 + late
    assert merged(None, BASE + N9 + N11, BASE + V + N11 + late) == BASE + N9 + V + N11 + late


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def unindented(text: str) -> str:
    return text.replace("\n  - ", "\n- ").replace("\n    ", "\n  ")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "wanted"),
    [
        pytest.param(crlf(BASE), crlf(BASE + V), crlf(BASE + N11), crlf(BASE + V + N11), id="CRLF"),
        pytest.param(BASE, BASE + V, crlf(BASE + N11), BASE + V + N11, id="CRLF on one side"),
        pytest.param(BASE, crlf(BASE + V), BASE + N11, crlf(BASE + V + N11), id="CRLF on our side"),
        pytest.param(
            "\ufeff" + BASE, "\ufeff" + BASE + V, "\ufeff" + BASE + N11, "\ufeff" + BASE + V + N11,
            id="BOM",
        ),
        pytest.param(BASE[:-1], BASE + V, BASE + N11, BASE + V + N11, id="no line break at the end"),
        pytest.param(
            crlf(BASE)[:-2], crlf(BASE + V), crlf(BASE + N11), crlf(BASE + V + N11),
            id="CRLF, no line break at the end",
        ),
        pytest.param(
            BASE, BASE + V[:-1], BASE + N11[:-1], BASE + V + N11, id="no line break at the new end"
        ),
        pytest.param(
            BASE + "# end\n", BASE + "# end\n" + V, BASE + "# end\n" + N11, BASE + "# end\n" + V + N11,
            id="comment at the old end",
        ),
        pytest.param(
            unindented(BASE), unindented(BASE + V), unindented(BASE + N11),
            unindented(BASE + V + N11), id="list not indented",
        ),
        pytest.param(
            BASE, BASE + V, BASE.replace("# the first", "# first of all") + N11,
            BASE.replace("# the first", "# first of all") + V + N11, id="old comment changed on one side",
        ),
        pytest.param(
            "---\n" + BASE, "---\n" + BASE + V, "---\n" + BASE + N11, "---\n" + BASE + V + N11,
            id="document mark",
        ),
    ],
)  # fmt: skip
def test_the_layout_is_kept(base: str, ours: str, theirs: str, wanted: str) -> None:
    assert merged(base, ours, theirs) == wanted


SE = BASE.replace("market: NO", "market: SE")
FI = BASE.replace("market: NO", "market: FI  # Helsinki")
REPAIR = BASE.replace("demand: refund", "demand: repair")
PUBLIC = BASE.replace("consumer:", "public_opinion: true\nconsumer:")
FRANK = BASE.replace("summary: 'Zip tears'", "summary: 'Zip tears'\nsafety: true # sharp")


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        pytest.param(SE, BASE + N9, SE + N9, id="ours"),
        pytest.param(BASE + N9, FI, FI + N9, id="theirs"),
        pytest.param(SE, SE, SE, id="both alike"),
        pytest.param(SE, REPAIR, SE.replace("demand: refund", "demand: repair"), id="different fields"),
        pytest.param(PUBLIC, BASE, PUBLIC, id="added"),
        pytest.param(
            PUBLIC, FRANK + N9,
            PUBLIC.replace("\n\nevents", "\n\nsafety: true # sharp\nevents") + N9,
            id="added on both sides",
        ),
        pytest.param(
            BASE.replace("market: NO\n", ""), REPAIR, REPAIR.replace("market: NO\n", ""), id="removed on our side"
        ),
        pytest.param(
            BASE, BASE.replace("market: NO\n", ""), BASE.replace("market: NO\n", ""), id="removed on their side"
        ),
        pytest.param(
            BASE, BASE.replace("comments stay", "changed"), BASE.replace("comments stay", "changed"), id="comment only"
        ),
    ],
)  # fmt: skip
def test_fields_of_the_header_merge_one_by_one(ours: str, theirs: str, wanted: str) -> None:
    assert merged(BASE, ours, theirs) == wanted


CLOSED = entry("04T12:00", "closed", outcome="resolved")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "message"),
    [
        pytest.param(BASE, SE, FI, "Both sides changed market: to SE, and to FI.", id="field"),
        pytest.param(
            BASE, SE, BASE.replace("market: NO\n", ""),
            "Both sides changed market: to SE, and to –.", id="field removed"
        ),
        pytest.param(None, SE, FI, "Both sides changed market: to SE, and to FI.", id="field, no base"),
        pytest.param(
            BASE + N9, BASE + N9 + N11, BASE + N9.replace("nine", "ten"),
            f"On their side, entries of {PATH} were changed or removed that were on record before.",
            id="old entry changed",
        ),
        pytest.param(
            BASE + N9, BASE, BASE + N9 + N11,
            f"On our side, entries of {PATH} were changed or removed that were on record before.",
            id="old entry removed",
        ),
        pytest.param(
            BASE, BASE.replace("# the first", "# 1"), BASE.replace("# the first", "# 2"),
            f"Both sides changed comments or layout of entries of {PATH} that were on record before.", id="layout",
        ),
        pytest.param(
            None, BASE, BASE.replace("09:12", "09:13"), f"The two versions of {PATH} are not of the same case.",
            id="another case",
        ),
        pytest.param(
            BASE, unindented(BASE + N9), BASE + N11,
            f"The two versions of {PATH} are laid out too differently to merge.", id="other indentation",
        ),
        pytest.param(
            BASE, BASE.partition("events:")[0] + "events: [{at: x, type: note}]\n", BASE,
            f"Entries of {PATH} cannot be put together: events must be its last key, one '- at:' block each.",
            id="flow style",
        ),
        pytest.param(
            BASE, BASE, BASE + "  - at: yesterday\n    type: note\n",
            f"{PATH} has entries without time or type; caseledger check says what is wrong.", id="no entry",
        ),
        pytest.param(
            BASE, "[1, 2]\n", BASE,
            f"Entries of {PATH} cannot be put together: events must be its last key, one '- at:' block each.",
            id="no case",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(base: str | None, ours: str, theirs: str, message: str) -> None:
    assert refused(base, ours, theirs) == message


@pytest.mark.parametrize(
    ("ours", "theirs", "clashes"),
    [
        pytest.param(("verified", {"in_scope": True}), ("verified", {"in_scope": False}), True, id="verified"),
        pytest.param(("executed", {"proof": "a"}), ("executed", {"proof": "b"}), True, id="executed"),
        pytest.param(("closed", {"outcome": "resolved"}), ("closed", {"outcome": "resolved"}), True, id="closed"),
        pytest.param(("graded", {"grade": "major"}), ("graded", {"grade": "general"}), True, id="graded"),
        pytest.param(("graded", {"grade": "major"}), ("graded", {"grade": "major"}), False, id="graded alike"),
        pytest.param(("assigned", {"to": "legal"}), ("assigned", {"to": "finance"}), True, id="assigned"),
        pytest.param(("assigned", {"to": "legal"}), ("assigned", {"to": "legal"}), False, id="assigned alike"),
        pytest.param(("extended", {"clock": "a"}), ("extended", {"clock": "a"}), True, id="extended"),
        pytest.param(("extended", {"clock": "a"}), ("extended", {"clock": "b"}), False, id="other clocks"),
        pytest.param(("escalated", {"to": "a"}), ("escalated", {"to": "b"}), False, id="to other roles"),
        pytest.param(("note", {"note": "a"}), ("note", {"note": "b"}), False, id="note"),
        pytest.param(("evidence", {"obtained": "a"}), ("evidence", {"obtained": "b"}), False, id="evidence"),
        pytest.param(("verified", {}), ("responded", {}), False, id="other steps"),
        pytest.param(
            ("corrected", {"event": {"at": "a"}, "set": {"x": 1, "y": 2}}),
            ("corrected", {"event": {"at": "a"}, "set": {"x": 2}}), True, id="corrected",
        ),
        pytest.param(
            ("corrected", {"event": {"at": "a"}, "set": {"x": 1}}),
            ("corrected", {"event": {"at": "a"}, "set": {"y": 2}}), False, id="other fields corrected",
        ),
        pytest.param(
            ("corrected", {"event": {"at": "a"}, "set": {"x": 1}}),
            ("corrected", {"event": {"at": "b"}, "set": {"x": 2}}), False, id="other events corrected",
        ),
    ],
)  # fmt: skip
def test_the_same_step_on_both_sides_is_asked_about(
    ours: tuple[str, dict[str, Any]], theirs: tuple[str, dict[str, Any]], clashes: bool
) -> None:
    mine, other = (entry(at, kind, **own) for at, (kind, own) in (("04T10:00", ours), ("04T11:00", theirs)))
    answers = Answers(Keep.BOTH)
    assert merged(BASE, BASE + mine, BASE + other, answers) == BASE + mine + other
    assert [type(clash) for clash in answers.asked] == ([SameStep] if clashes else [])


@pytest.mark.parametrize(
    ("keep", "wanted"), [(Keep.OURS, N11 + CLOSED), (Keep.THEIRS, N11 + CLOSED.replace("T12", "T13"))]
)
def test_who_is_asked_may_keep_one(keep: Keep, wanted: str) -> None:
    theirs = CLOSED.replace("T12", "T13")
    assert merged(BASE, BASE + CLOSED, BASE + N11 + theirs, Answers(keep)) == BASE + wanted


def test_the_same_step_in_another_cycle_is_another_step() -> None:
    again = entry("04T13:00", "reopened", reason="New problem") + CLOSED.replace("T12", "T14")
    old = BASE + CLOSED
    assert merged(old, old + again, old + N11.replace("03T11", "04T12")) == old + N11.replace("03T11", "04T12") + again
    ours = BASE + CLOSED + entry("04T13:00", "reopened", reason="New problem") + V.replace("03T10", "04T14")
    theirs = BASE + V
    assert merged(BASE, ours, theirs) == BASE + V + ours.removeprefix(BASE)


def test_a_refusal_names_both_entries() -> None:
    assert refused(BASE, BASE + CLOSED, BASE + CLOSED.replace("T12", "T13")) == (
        "Both sides took the same step: closed of 2026-11-04T12:00:00+08:00 by cs-01;"
        " and closed of 2026-11-04T13:00:00+08:00 by cs-01."
    )


DECLINED = entry("03T12:00", "declined", reason="Not sold by us")
RESPONDED = entry("03T13:00", "responded", "cs-02")


def test_an_entry_that_is_not_legal_after_the_other_side_is_refused_with_the_reason(repository: Path) -> None:
    for ours, theirs in ((DECLINED, RESPONDED), (RESPONDED, DECLINED)):
        assert refused(BASE, BASE + ours, BASE + theirs, root=repository) == (
            "responded of 2026-11-03T13:00:00+08:00 by cs-02 cannot stand together with what the other side recorded.\n"
            "responded cannot follow: the case ended with declined of 2026-11-03T12:00:00+08:00."
        )


def test_such_an_entry_may_be_left_out(repository: Path) -> None:
    answers = Answers(Keep.OURS)
    text = merged(BASE, BASE + DECLINED, BASE + RESPONDED, answers, root=repository)
    assert text == BASE + DECLINED
    (asked,) = answers.asked
    assert isinstance(asked, Illegal)
    assert (asked.side, asked.event.type) == (Keep.THEIRS, "responded")


def test_what_was_wrong_before_does_not_stop_a_merge(repository: Path) -> None:
    wrong = BASE.replace("category: product-quality", "category: unheard-of")
    assert merged(wrong, wrong + V, wrong + N11, root=repository) == wrong + V + N11


def test_a_field_that_both_changed_may_be_chosen() -> None:
    answers = Answers(Keep.THEIRS)
    assert merged(BASE, SE, FI + N9, answers) == FI + N9
    assert answers.asked == [Changed("market", "SE", "FI")]


# The algebra: entries are notes, so that any of them may stand beside any other.

moments = st.integers(0, 9).map(lambda minute: f"2026-11-03T10:0{minute}:00+08:00")
texts = st.sampled_from(["a", "b", "c\n\nd", "# e", "- at: f", "é\n  # g\n"])


def notes(number: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some entries of one writer in order of time; their text tells whose they are."""

    def note(at: str, text: str) -> dict[str, Any]:
        return {"at": at, "type": "note", "by": "cs-01", "as": "customer-service", "note": f"{number} {text}"}

    return st.lists(st.builds(note, moments, texts), max_size=6).map(
        lambda found: sorted(found, key=lambda e: str(e["at"]))
    )


def written(base: Document, events: Sequence[dict[str, Any]]) -> Document:
    for one in sorted(events, key=lambda e: str(e["at"])):
        base = recording.with_event(base, one)
    return base


def join(base: Document | None, ours: Document, theirs: Document) -> Document:
    return merging.merge(base, ours, theirs, lambda _: (), merging.refuse)


def key(document: Document) -> list[str]:
    return sorted(map(repr, document.data["events"]))


algebra = settings(max_examples=150, derandomize=True, deadline=None)


@given(old=notes(0), common=notes(1), first=notes(2), second=notes(3))
@algebra
def test_nothing_is_lost_or_doubled(
    old: list[dict[str, Any]], common: list[dict[str, Any]], first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    base = written(read(BASE), [{**one, "at": one["at"].replace("T10", "T09").replace(":0", ":5", 1)} for one in old])
    ours, theirs = written(base, common + first), written(base, common + second)
    union = join(base, ours, theirs)
    assert union.raw.startswith(base.raw)
    assert key(union) == sorted(map(repr, [*base.data["events"], *common, *first, *second]))
    assert all(a["at"] <= b["at"] for a, b in pairwise(union.data["events"]))


@given(first=notes(1), second=notes(2), third=notes(3))
@algebra
def test_merging_is_idempotent_commutative_but_for_ties_and_associative(
    first: list[dict[str, Any]], second: list[dict[str, Any]], third: list[dict[str, Any]]
) -> None:
    base = read(BASE)
    a, b, c = (written(base, events) for events in (first, second, third))
    assert join(base, a, a).raw == a.raw
    assert join(base, a, base).raw == a.raw == join(base, base, a).raw
    ab, ba = join(base, a, b), join(base, b, a)
    assert join(base, ab, b).raw == ab.raw == join(base, ab, a).raw
    assert key(ab) == key(ba)
    if not {e["at"] for e in first} & {e["at"] for e in second}:
        assert ab.raw == ba.raw
    assert join(base, ab, c).raw == join(base, a, join(base, b, c)).raw


@given(first=notes(1), second=notes(2), third=notes(3))
@algebra
def test_what_was_merged_merges_again_from_either_side(
    first: list[dict[str, Any]], second: list[dict[str, Any]], third: list[dict[str, Any]]
) -> None:
    base = read(BASE)
    a, b = written(base, first), written(base, second)
    ab = join(base, a, b)
    later = [{**one, "at": one["at"].replace("T10", "T11")} for one in third]
    ac, bc = written(a, later), written(b, later)
    assert join(a, ab, ac).raw == join(b, ab, bc).raw == written(ab, later).raw
    assert key(join(base, ac, bc)) == key(written(ab, later))


# Through Git itself.


class Clone:
    """A case repository under Git with the driver set up."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")
        for name, value in (
            ("user.email", "lin.xiaoqing@example.cn"), ("user.name", "cs-01"), ("core.autocrlf", "false"),
            ("merge.caseledger.driver", f'"{sys.executable}" -m caseledger merge-driver --marker-size=%L %O %A %B %P'),
        ):  # fmt: skip
            self.git("config", name, value)
        (root / ".gitattributes").write_text("cases/**/C-*.yml merge=caseledger\n")
        self.file = root / PATH
        self.file.parent.mkdir(parents=True)

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=self.root, check=check, capture_output=True, encoding="utf-8")

    def commit(self, text: str) -> None:
        self.file.write_bytes(text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")

    def part(self, base: str, ours: str, theirs: str) -> None:
        """Two branches, `main` with ours and `other` with theirs."""
        self.commit(base)
        self.git("checkout", "--quiet", "-b", "other")
        self.commit(theirs)
        self.git("checkout", "--quiet", "main")
        self.commit(ours)


@pytest.fixture
def clone(repository: Path) -> Clone:
    return Clone(repository)


@pytest.mark.parametrize(
    "how", [("merge", "other"), ("rebase", "other"), ("cherry-pick", "other")], ids=lambda how: how[0]
)
def test_git_merges_by_meaning(clone: Clone, how: tuple[str, ...]) -> None:
    clone.part(BASE, BASE + N11, BASE + V)
    clone.git(*how)
    assert clone.file.read_text("utf-8") == BASE + V + N11
    assert clone.git("status", "--porcelain").stdout == ""


def test_git_is_left_with_a_conflict_where_it_cannot_be(clone: Clone) -> None:
    clone.part(BASE, BASE + DECLINED, BASE + RESPONDED)
    done = clone.git("merge", "other", check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "Error: responded of 2026-11-03T13:00:00+08:00 by cs-02 cannot stand together with what the other side"
        " recorded. The file is left with its conflict: caseledger resolve"
    )
    assert clone.git("status", "--porcelain").stdout == f"UU {PATH}\n"
    text = clone.file.read_text("utf-8")
    assert text.startswith(BASE)
    assert re.findall("^(?:<<<<<<<|=======|>>>>>>>).*", text, re.MULTILINE) == [
        "<<<<<<< ours",
        "=======",
        ">>>>>>> theirs",
    ]


def test_a_conflict_of_meaning_that_lines_do_not_show_is_marked_all_the_same(clone: Clone) -> None:
    """Git would take both changes for one merge of lines; the file must not look settled."""
    ours = BASE.replace("policy: quality", "policy: product").replace("market: NO", "market: SE")
    clone.part(BASE, ours, BASE + entry("04T10:00", "appraised", standards=["x"], sample="1", result="conforming"))
    assert clone.git("merge", "other", check=False).returncode == 1
    text = clone.file.read_text("utf-8")
    assert text.startswith("<<<<<<< ours\n# of the marketplace\n")
    assert text.endswith(">>>>>>> theirs\n")
