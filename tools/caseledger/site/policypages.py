"""The pages of policies: text, figures and how their clocks stand, what holds to each article, earlier versions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup, escape

from caseledger import articles, labels
from caseledger.language import N_
from caseledger.policies import difference, wording
from caseledger.policy import Policy
from caseledger.site import clauses, policytext
from caseledger.site.pages import Writer, block, front
from caseledger.site.rows import Row
from caseledger.site.templating import template

LIVE = ("overdue", "due-soon", "running", "paused")
"""Statuses of clocks that have not stopped, worst first."""

Standing = Counter[tuple[str, str, str]]
"""How many clocks there are by policy version, clock and status."""


def write(writer: Writer, root: Path, rows: Sequence[Row]) -> None:
    """Write the page of every policy version, what each changed, and their index."""
    policies = writer.names.policies
    texts = {policy.name: text_file(root, policy, writer.words.language) for policy in policies}
    cases = Counter(row.policy for row in rows)
    standing = Counter((row.policy, found.clock, found.status) for row in rows for found in row.facts.deadlines)
    title = writer.words.t(N_("Policies"))
    writer.page(
        "policies/index.md", title, "policies.html", policies=policies, texts=texts, cases=cases, count=_count(standing)
    )
    for policy in policies:
        _write(writer, root, policy, texts[policy.name], standing)
    for newer, older in pairwise(policies):
        if newer.profile == older.profile:
            _write_changes(writer, older, newer)


def text_file(root: Path, policy: Policy, language: str) -> Path | None:
    """The file of a policy's text in one language, None where there is none."""
    path = root / "policy" / policy.profile / policy.version / f"text.{language}.md"
    return path if path.is_file() else None


def _count(standing: Standing) -> Mapping[tuple[str, str], int]:
    """How many clocks of each policy version have each status."""
    found: Counter[tuple[str, str]] = Counter()
    for (policy, _, status), number in standing.items():
        found[policy, status] += number
    return found


def _write(writer: Writer, root: Path, policy: Policy, file: Path | None, standing: Standing) -> None:
    words = writer.words
    live = {clock.id: _marks(writer, policy, clock.id, standing) for clock in policy.clocks}
    text = block(f"<h1>{escape(policy.title[words.language])}</h1>")
    if file:
        text = policytext.fill(file.read_text(encoding="utf-8"), policy, words, file.relative_to(root).as_posix())
        text = policytext.with_clocks(
            text, policy, words, {clock: marks[0] if writer.inside else "" for clock, marks in live.items()}
        )
    anchors, held = articles.anchors(text), clauses.by_article(policy, words)
    html = template("policy.html", words.language).render(
        policy=policy,
        anchors=anchors,
        held=held,
        limit=partial(policytext.limit, words),
        live=live,
        inside=writer.inside,
        versions=[other for other in writer.names.policies if other.profile == policy.profile],
    )
    title = f"{policy.title[words.language]} · {policy.version}"
    head = front(title=title, hide=["navigation"], kind=words.t(N_("Policy")))
    heading = words.t(N_("Figures of this policy"))
    writer.text(
        f"policies/{policy.profile}/{policy.version}.md", f"{head}{text}\n\n## {heading} {{#data}}\n\n{block(html)}\n"
    )
    _write_articles(writer, root, policy, anchors or list(held), held, clauses.headings(text))


def _write_articles(
    writer: Writer,
    root: Path,
    policy: Policy,
    found: Sequence[str],
    held: Mapping[str, Mapping[str, Sequence[str]]],
    headings: Mapping[str, str],
) -> None:
    """Write what holds to each article that was `found`."""
    words = writer.words
    said = words.t(N_("What holds to each article"))
    title = f"{policy.title[words.language]} · {policy.version} · {said}"
    html = template("articles.html", words.language).render(
        title=title,
        policy=policy,
        articles=found,
        headings=headings,
        held=held,
        trace=clauses.trace(root) if writer.inside else {},
        how=clauses.HOW,
        listed=clauses.LISTED,
    )
    head = front(title=title, hide=["navigation", "toc"], kind=words.t(N_("Policy")))
    writer.text(f"policies/{policy.profile}/{policy.version}-articles.md", f"{head}{block(html)}\n")


def _marks(writer: Writer, policy: Policy, clock: str, standing: Standing) -> tuple[str, str, str]:
    """The marks of a clock: how it stands in open cases, how often it was kept, how often broken."""
    words, number = writer.words, {status: standing[policy.name, clock, status] for status in labels.STATUSES}
    link = Markup('<a class="cl-status cl-{}" href="../../cases/index.html#clock={}/{}&amp;status={}">{} {}</a>')
    live = writer.inside and [
        link.format(status, policy.profile, clock, status, words.label("status", status), number[status])
        for status in LIVE
        if number[status]
    ]
    said = {
        "live": Markup(" ").join(live or ()) or "–",
        "kept": str(number["met"] or "–"),
        "broken": str(number["late"] + number["early"] or "–"),
    }
    live_mark, kept, broken = (writer.mark(f"{policy.name}-{clock}-{name}", html) for name, html in said.items())
    return live_mark, kept, broken


def _write_changes(writer: Writer, older: Policy, newer: Policy) -> None:
    """Write what a version changed in the one before."""
    language = writer.words.language
    found = difference.compare(writer.names.rulebook, older.name, newer.name)
    changes = [change for change in found if change.kind != "article"]
    texts = [change for change in found if change.kind == "article" and change.field == f"text.{language}"]
    writer.page(
        f"policies/{newer.profile}/{newer.version}-changes.md",
        writer.words.t(
            N_("{policy}: what version {version} changed"), policy=newer.title[language], version=newer.version
        ),
        "changes.html",
        older=older,
        newer=newer,
        changes=[line for change in changes for line in wording.lines(change, older, newer, language)],
        texts=[(*wording.lines(change, older, newer, language), change) for change in texts],
    )
