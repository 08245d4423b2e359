"""What is done to a history: honest deeds, which an audit lets pass, and tampering, all of which it must catch.

Each deed takes a ledger and a head, adds commits, and returns the new head; the audit is of old head to new. A deed of
the second kind is named after what it does to the record; `CODES` says which finding must be among those made.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.ledgers import LETTERS, SHEN, SOLHEIM, Commit, Content, Deed, Ledger, cases, changed, text

HOLDS = "cases/archive/holds.yml"
ENTRY = re.compile(r"^  - at: .*\n(?:^    .*\n)*", re.MULTILINE)


# honest


def append(ledger: Ledger, head: Commit) -> Commit:
    """A few commits that each add an entry to some case."""
    for _ in range(ledger.chance.randint(1, 4)):
        path = ledger.case(head)
        head = ledger.commit("Append an entry", [head], changed(head, {path: text(head, path) + ledger.entry()}))
    return head


def open_cases(ledger: Ledger, head: Commit) -> Commit:
    """New cases, all in one commit."""
    new = dict(ledger.new_case() for _ in range(ledger.chance.randint(1, 3)))
    return ledger.commit("New cases", [head], changed(head, new), later=1)


def correct(ledger: Ledger, head: Commit) -> Commit:
    """A correction of the receipt."""
    path = ledger.case(head)
    at = re.findall(r'at: "(.*?)"', text(head, path))[0]
    entry = ledger.entry().replace("type: note", "type: corrected")
    entry += f'    event: {{at: "{at}", type: received}}\n    set: {{note: By telephone}}\n    reason: It was a call\n'
    return ledger.commit("Correct an entry", [head], changed(head, {path: text(head, path) + entry}))


def mend_header(ledger: Ledger, head: Commit) -> Commit:
    """Another summary, and a comment above the events."""
    path = ledger.case(head)
    mended = re.sub(r"^summary: .*", f"summary: Zip tears {ledger.at:%M}  # mended", text(head, path), flags=re.M)
    return ledger.commit("Mend the summary", [head], changed(head, {path: mended}))


def branches(ledger: Ledger, head: Commit) -> Commit:
    """Two or three branches that append to cases of their own, merged one after the other or all at once."""
    own = ledger.chance.sample(cases(head), min(3, len(cases(head))))
    tips = [
        ledger.commit(f"Branch {n}", [head], changed(head, {path: text(head, path) + ledger.entry()}), SOLHEIM)
        for n, path in enumerate(own)
    ]
    merged = changed(head, {path: tip.tree[path] for path, tip in zip(own, tips, strict=True)})
    if ledger.chance.random() < 0.5:
        return ledger.commit("Merge all branches", tips, merged)
    tip = tips[0]
    for path, other in zip(own[1:], tips[1:], strict=True):
        tip = ledger.commit("Merge a branch", [tip, other], changed(tip, {path: other.tree[path]}))
    return tip


def same_case_twice(ledger: Ledger, head: Commit) -> Commit:
    """Two branches that append to one case, merged in the order of the times."""
    path = ledger.case(head)
    entries = [ledger.entry("cs-01"), ledger.entry("cs-02")]
    tips = [ledger.commit("Side", [head], changed(head, {path: text(head, path) + entry})) for entry in entries]
    merged = changed(head, {path: text(head, path) + "".join(entries)})
    return ledger.commit("Merge by time", ledger.chance.sample(tips, 2), merged)


def keep_up(ledger: Ledger, head: Commit) -> Commit:
    """A branch that merges what the main branch did meanwhile, amends its own entry, and is merged."""
    first, second = ledger.case(head), ledger.new_case()
    draft = ledger.entry()
    branch = ledger.commit("Draft", [head], changed(head, {second[0]: second[1] + draft}))
    main = ledger.commit("Meanwhile", [head], changed(head, {first: text(head, first) + ledger.entry()}))
    branch = ledger.commit("Keep up", [branch, main], changed(branch, {first: main.tree[first]}))
    amended = second[1] + draft.replace("note: ", "note: amended ")
    return ledger.commit("Amend the draft", [branch], changed(branch, {second[0]: amended}))


def squash(ledger: Ledger, head: Commit) -> Commit:
    """Much at once: entries, a case, evidence."""
    path, (new, body) = ledger.case(head), ledger.new_case()
    added: dict[str, Content] = {
        path: text(head, path) + ledger.entry() + ledger.entry(),
        new: body,
        f"{new.removesuffix('.yml')}/zip.txt": "Another picture\n",
    }
    return ledger.commit("Squashed branch", [head], changed(head, added))


def new_version(ledger: Ledger, head: Commit) -> Commit:
    """The next version of a policy, then an edit of it before its first day."""
    first = f"2027-{ledger.chance.randint(1, 12):02}-01"
    old, day = "policy/quality/2023-01-01/", f"policy/quality/{first}/"
    files = {path.replace(old, day): content for path, content in head.tree.items() if path.startswith(old)}
    body = str(files[f"{day}policy.yml"]).replace("2023-01-01", first)
    head = ledger.commit("Draft a version", [head], changed(head, {**files, f"{day}policy.yml": body}))
    return ledger.commit("Edit it", [head], changed(head, {f"{day}policy.yml": f"{body}# weighed again\n"}))


def calendar_to_come(ledger: Ledger, head: Commit) -> Commit:
    """A holiday to come, and days reviewed further."""
    path = "policy/calendars/CN.yml"
    body = text(head, path).replace("valid_through: 2026-12-31", "valid_through: 2027-01-31")
    return ledger.commit(
        "Review January", [head], changed(head, {path: f"{body}  - {{date: 2027-01-01, open: false, name: 元旦}}\n"})
    )


def place_hold(ledger: Ledger, head: Commit) -> Commit:
    """A legal hold on a case, by a manager."""
    return ledger.commit("Hold", [head], changed(head, {HOLDS: _held(ledger, head)}), SHEN)


def _held(ledger: Ledger, head: Commit) -> str:
    """The file of holds with one more."""
    case = ledger.case(head).rpartition("/")[2].removesuffix(".yml")
    number = f"H-{ledger.at:%Y%m%d}-{''.join(ledger.chance.choices(LETTERS, k=5))}"
    line = (
        f'  - {{"hold": "{number}", "type": "placed", "cases": ["{case}"], "at": "{ledger.at.isoformat()}",'
        ' "by": "mgr-01", "as": "management", "reason": "A lawsuit"}\n'
    )
    return (text(head, HOLDS) if HOLDS in head.tree else "schema: 1\nholds:\n") + line


def somebody_starts(ledger: Ledger, head: Commit) -> Commit:
    """Somebody new, who starts next month."""
    path = "policy/people.yml"
    person = f"  cs-{ledger.at:%M}9:\n    name: New\n    roles:\n      - "
    body = text(head, path) + person + '{role: intake, from: "2026-12-01"}\n'
    return ledger.commit("Somebody starts", [head], changed(head, {path: body}))


HONEST: tuple[Deed, ...] = (
    append,
    open_cases,
    correct,
    mend_header,
    branches,
    same_case_twice,
    keep_up,
    squash,
    new_version,
    calendar_to_come,
    place_hold,
    somebody_starts,
)


# tampering: what is done to the text of a case with at least two entries


def _entries(body: str) -> list[str]:
    return ENTRY.findall(body)


def edit(ledger: Ledger, body: str) -> str:
    """A note says something else."""
    entry = ledger.chance.choice(_entries(body)[1:])
    return body.replace(entry, re.sub(r"note: (\w+)", r"note: no \1", entry))


def drop(ledger: Ledger, body: str) -> str:
    """An entry is gone."""
    return body.replace(ledger.chance.choice(_entries(body)[1:]), "")


def reorder(ledger: Ledger, body: str) -> str:
    """Two entries have changed places."""
    first, second = ledger.chance.sample(_entries(body), 2)
    return body.replace(first, "\0").replace(second, first).replace("\0", second)


def insert(ledger: Ledger, body: str) -> str:
    """An entry has come between."""
    entry = ledger.chance.choice(_entries(body)[1:])
    return body.replace(entry, ledger.entry() + entry)


def redate(ledger: Ledger, body: str) -> str:
    """An entry was an hour earlier."""
    entry = ledger.chance.choice(_entries(body))
    at = re.findall(r"T(\d\d):", entry)[0]
    return body.replace(entry, entry.replace(f"T{at}:", f"T{(int(at) - 1) % 24:02}:"))


def reattribute(ledger: Ledger, body: str) -> str:
    """Somebody else did it."""
    entry = ledger.chance.choice(_entries(body))
    return body.replace(entry, entry.replace("by: cs-01", "by: cs-02"))


def rewrite(ledger: Ledger, body: str) -> str:
    """The same, in another text: quotes, a comment, or flow style."""
    entry = ledger.chance.choice(_entries(body)[1:])
    quoted = re.sub(r"note: (.*)", r'note: "\1"', entry)
    commented = entry.replace("type: note", "type: note  # really")
    return body.replace(entry, ledger.chance.choice((quoted, commented, f"  # {ledger.at:%M}\n{entry}")))


def lengthen(ledger: Ledger, body: str) -> str:
    """The last entry goes on: bytes are only added, and yet it says something else."""
    return body + ledger.chance.choice(("      and the consumer agreed\n", "    via: phone\n"))


def protect(ledger: Ledger, body: str) -> str:
    """Another channel, policy or number."""
    return ledger.chance.choice(
        (
            body.replace("channel: email", "channel: phone"),
            body.replace("policy: quality@", "policy: trade@"),
            re.sub(r"^id: C-(\d+)-", r"id: C-20260101-", body, flags=re.MULTILINE),
        )
    )


def unread(_ledger: Ledger, body: str) -> str:
    """The file is no YAML any more."""
    return body.replace("summary: ", "summary: : ")


def end_early(ledger: Ledger, body: str) -> str:
    """What was on record has become part of a text above it."""
    return body.replace("events:\n", f"translation:\n  en: |\n    {ledger.at:%M}\nevents:\n").replace(
        _entries(body)[-1], ""
    )


WITHIN: Mapping[str, tuple[Callable[[Ledger, str], str], str]] = {
    "edit": (edit, "audit-entries"),
    "drop": (drop, "audit-entries"),
    "reorder": (reorder, "audit-entries"),
    "insert": (insert, "audit-entries"),
    "redate": (redate, "audit-entries"),
    "reattribute": (reattribute, "audit-entries"),
    "rewrite": (rewrite, "audit-text"),
    "lengthen": (lengthen, "audit-entries"),
    "protect": (protect, "audit-header"),
    "unread": (unread, "audit-case-unreadable"),
    "end-early": (end_early, "audit-entries"),
}


def on_record(ledger: Ledger) -> str:
    """One of the cases that the history begins with."""
    return ledger.case(ledger.commits[0])


def of_case(how: Callable[[Ledger, str], str]) -> Deed:
    """The deed of committing a case that was tampered with."""

    def deed(ledger: Ledger, head: Commit) -> Commit:
        path = on_record(ledger)
        return ledger.commit("Tidy up", [head], changed(head, {path: how(ledger, text(head, path))}))

    return deed


# tampering with whole files


def rename(ledger: Ledger, head: Commit) -> Commit:
    """A case lies elsewhere."""
    path = on_record(ledger)
    new = ledger.chance.choice((path.replace("cases/2026/", "cases/2025/"), path.replace("/C-", "/c-"), path + ".old"))
    return ledger.commit("Tidy up", [head], changed(head, {path: None, new: head.tree[path]}))


def delete(ledger: Ledger, head: Commit) -> Commit:
    """A case is gone."""
    return ledger.commit("Tidy up", [head], changed(head, {on_record(ledger): None}))


def recode(ledger: Ledger, head: Commit) -> Commit:
    """A case in another encoding, with other line ends, or with a byte order mark."""
    path = on_record(ledger)
    body = text(head, path)
    made: tuple[Content, ...] = (body.replace("\n", "\r\n"), "\ufeff" + body, body.encode("utf-16"))
    return ledger.commit("Tidy up", [head], changed(head, {path: ledger.chance.choice(made)}))


def spoil_evidence(ledger: Ledger, head: Commit) -> Commit:
    """Evidence is gone, altered, or lies elsewhere."""
    name = ledger.chance.choice([name for name in head.tree if name.endswith("zip.txt")])
    to = ledger.chance.choice(({name: None}, {name: "Another\n"}, {name: None, f"{name}.old": head.tree[name]}))
    return ledger.commit("Tidy up", [head], changed(head, to))


def edit_policy(ledger: Ledger, head: Commit) -> Commit:
    """A version in force is edited."""
    path = ledger.chance.choice([name for name in head.tree if name.startswith("policy/quality/2023-01-01/")])
    return ledger.commit("Tidy up", [head], changed(head, {path: f"{text(head, path)}\n"}))


def backdate_policy(ledger: Ledger, head: Commit) -> Commit:
    """A version comes into force in the past."""
    old, new = "policy/quality/2023-01-01/", "policy/quality/2026-06-01/"
    files = {path.replace(old, new): head.tree[path] for path in head.tree if path.startswith(old)}
    return ledger.commit("Tidy up", [head], changed(head, files))


def edit_calendar(ledger: Ledger, head: Commit) -> Commit:
    """A holiday of last month was none, Saturdays were worked, or the zone is another."""
    path = "policy/calendars/CN.yml"
    body = text(head, path)
    new = ledger.chance.choice(
        (
            re.sub(r"  - \{date: 2026-10-01.*\n", "", body),
            body.replace("sat: false", "sat: true"),
            body.replace("Asia/Shanghai", "Asia/Tokyo"),
        )
    )
    assert new != body
    return ledger.commit("Tidy up", [head], changed(head, {path: new}))


def forget_somebody(ledger: Ledger, head: Commit) -> Commit:
    """Somebody has never held a role."""
    path = "policy/people.yml"
    body = text(head, path)
    new = ledger.chance.choice(
        (
            body.replace('      - {role: customer-service, from: "2023-01-01", to: "2025-06-30"}\n', ""),
            body.replace('{role: purchasing, from: "2023-01-01"}', '{role: purchasing, from: "2025-01-01"}'),
        )
    )
    assert new != body
    return ledger.commit("Tidy up", [head], changed(head, {path: new}))


def link(ledger: Ledger, head: Commit) -> Commit:
    """A case is a link to elsewhere."""
    return ledger.commit("Tidy up", [head], changed(head, {on_record(ledger): ("120000", "../../../../elsewhere")}))


def submodule(ledger: Ledger, head: Commit) -> Commit:
    """A case's evidence is a submodule."""
    folder = f"{on_record(ledger).removesuffix('.yml')}/more"
    return ledger.commit("Tidy up", [head], changed(head, {folder: ("160000", "1" * 40)}))


def executable(ledger: Ledger, head: Commit) -> Commit:
    """A case is a program."""
    path = on_record(ledger)
    return ledger.commit("Tidy up", [head], changed(head, {path: ("100755", text(head, path))}))


def twin(ledger: Ledger, head: Commit) -> Commit:
    """A file that hides another on machines without letter case."""
    path = ledger.chance.choice([name for name in head.tree if name.endswith("people.yml")] + cases(head))
    name = path.replace("people", "People").replace("/C-", "/c-")
    return ledger.commit("Tidy up", [head], changed(head, {name: "schema: 1\n"}))


def mass_removal(ledger: Ledger, head: Commit) -> Commit:
    """Many files at once, of which none would matter by itself."""
    return ledger.commit("Tidy up", [head], changed(head, dict.fromkeys(p for p in head.tree if p.startswith("site/"))))


# tampering on the way


def undone(ledger: Ledger, head: Commit) -> Commit:
    """An entry is edited, and the edit undone."""
    path = on_record(ledger)
    bad = ledger.commit("Edit", [head], changed(head, {path: edit(ledger, text(head, path))}))
    return ledger.commit("Undo", [bad], changed(bad, {path: head.tree[path]}))


def sneak(ledger: Ledger, head: Commit) -> Commit:
    """A merge of two honest branches edits an entry beside."""
    path, (new, body) = on_record(ledger), ledger.new_case()
    one = ledger.commit("Append", [head], changed(head, {path: text(head, path) + ledger.entry()}))
    other = ledger.commit("Open", [head], changed(head, {new: body}))
    tree = changed(one, {new: body, path: edit(ledger, text(head, path)) + text(one, path)[len(text(head, path)) :]})
    return ledger.commit("Merge", [one, other], tree)


def octopus(ledger: Ledger, head: Commit) -> Commit:
    """A merge of many drops an entry."""
    path = on_record(ledger)
    tips = [ledger.commit("Open", [head], changed(head, dict([ledger.new_case()]))) for _ in range(3)]
    tree = {name: content for tip in tips for name, content in tip.tree.items()}
    return ledger.commit("Merge all", tips, {**tree, path: drop(ledger, text(head, path))})


def ours(ledger: Ledger, head: Commit) -> Commit:
    """A merge takes one side and forgets what the other had added."""
    path = on_record(ledger)
    one = ledger.commit("One", [head], changed(head, {path: text(head, path) + ledger.entry()}))
    other = ledger.commit("Other", [head], changed(head, {path: text(head, path) + ledger.entry("cs-02")}))
    return ledger.commit("Merge -s ours", [one, other], one.tree)


# tampering with who and when, in entries that are new


def entered(ledger: Ledger, head: Commit, entry: str, **files: Content) -> Commit:
    """An entry added to a case on record."""
    path = on_record(ledger)
    return ledger.commit("Append an entry", [head], changed(head, {path: text(head, path) + entry, **files}))


def foresee(ledger: Ledger, head: Commit) -> Commit:
    """An entry of tomorrow."""
    tomorrow = f'at: "{(ledger.at + timedelta(days=1)).isoformat()}"'
    return entered(ledger, head, re.sub(r'at: ".*?"', tomorrow, ledger.entry(), count=1))


def outlast(ledger: Ledger, head: Commit) -> Commit:
    """An entry by somebody who left two years ago."""
    return entered(ledger, head, ledger.entry("cs-04"))


def promote(ledger: Ledger, head: Commit) -> Commit:
    """Somebody makes themselves a manager and acts as one, in one change."""
    path = "policy/people.yml"
    roles = re.sub(
        r"(  cs-01:\n(?:    .*\n)*?    roles:\n)",
        r'\1      - {role: management, from: "2026-11-02"}\n',
        text(head, path),
    )
    assert roles != text(head, path)
    entry = ledger.entry().replace("as: customer-service", "as: management")
    return entered(ledger, head, entry, **{path: roles})


def belate(ledger: Ledger, head: Commit) -> Commit:
    """An entry of last week."""
    entry = ledger.entry()
    ledger.at += timedelta(days=7)
    return entered(ledger, head, entry)


def hold_for(ledger: Ledger, head: Commit) -> Commit:
    """A legal hold in the name of a manager."""
    return ledger.commit("Hold", [head], changed(head, {HOLDS: _held(ledger, head)}))


def shred(ledger: Ledger, head: Commit) -> Commit:
    """A case that goes with a certificate of which nobody has heard before."""
    path = ledger.case(head)
    case, number = path.rpartition("/")[2].removesuffix(".yml"), "D-20261102-7K3QD"
    item = f'  - {{case: {case}, number: 2026-000001, sha256: "{"0" * 64}", class: standard, kept_until: 2026-11-01}}\n'
    act = f'{{at: "{ledger.at.isoformat()}", by: '
    proposal = f"schema: 1\nid: {number}\nproposed: {act}aud-01, as: supervision}}\ncases:\n{item}"
    digest = hashlib.sha256(proposal.encode()).hexdigest()
    counted = (
        "{received: 2026-11, ended: 2026-11, profile: quality, category: packaging, channel: email, grade: general,"
        " state: withdrawn, cases: 1}"
    )
    certificate = (
        f'schema: 1\nid: {number}\nproposal: "{digest}"\nproposed: {act}aud-01, as: supervision}}\n'
        f"decided: {act}mgr-01, as: management}}\ncases:\n{item}"
        f"counts: {{cases: [{counted}], deadlines: [], visits: [], payments: []}}\n"
    )
    made = {f"cases/archive/{folder}/{number}.yml" for folder in ("disposals", "certificates")}
    files: dict[str, Content] = dict(zip(sorted(made), (certificate, proposal), strict=True))
    return ledger.commit("Shred", [head], changed(head, {path: None, **files}), SHEN)


def impute(ledger: Ledger, head: Commit) -> Commit:
    """An entry that somebody else is said to have made."""
    return entered(ledger, head, ledger.entry("cs-02"))


WHO_AND_WHEN: Mapping[str, tuple[Deed, str]] = {
    "foresee": (foresee, "audit-at-later"),
    "outlast": (outlast, "audit-role"),
    "promote": (promote, "audit-role"),
    "hold-for": (hold_for, "audit-hold"),
    "shred": (shred, "audit-disposal"),
}
DOUBTFUL: Mapping[str, tuple[Deed, str]] = {
    "belate": (belate, "audit-backdated"),
    "impute": (impute, "audit-recorded-for"),
}
"""What may be honest, and is shown by a warning."""
WHOLE: Mapping[str, tuple[Deed, str]] = {
    "rename": (rename, "audit-case-deleted"),
    "delete": (delete, "audit-case-deleted"),
    "recode": (recode, "audit-"),
    "evidence": (spoil_evidence, "audit-evidence"),
    "policy": (edit_policy, "audit-policy"),
    "backdated-policy": (backdate_policy, "audit-policy"),
    "calendar": (edit_calendar, "audit-calendar"),
    "people": (forget_somebody, "audit-people"),
    "link": (link, "audit-plain-file"),
    "submodule": (submodule, "audit-plain-file"),
    "executable": (executable, "audit-file-mode"),
    "twin": (twin, "audit-letter-case"),
    "mass-removal": (mass_removal, "audit-removals"),
    "undone": (undone, "audit-entries"),
    "sneak": (sneak, "audit-entries"),
    "octopus": (octopus, "audit-entries"),
    "ours": (ours, "audit-merge"),
}
TAMPERING: Mapping[str, tuple[Deed, str]] = {
    **{name: (of_case(how), code) for name, (how, code) in WITHIN.items()},
    **WHOLE,
    **WHO_AND_WHEN,
    **DOUBTFUL,
}
"""What is done, and the beginning of the code that must be among the findings."""
