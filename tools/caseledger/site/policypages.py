"""The pages of policies: the text of each version where there is one, and what its data say."""

from collections import Counter
from functools import partial
from pathlib import Path

from caseledger import articles
from caseledger.language import N_
from caseledger.policy import Policy
from caseledger.site import policytext
from caseledger.site.pages import Writer, block, front
from caseledger.site.templating import template


def write(writer: Writer, root: Path, cases: Counter[str]) -> None:
    """Write the page of every policy version and their index; `cases` counts those that each judges."""
    policies = writer.names.policies
    texts = {policy.name: text_file(root, policy, writer.words.language) for policy in policies}
    title = writer.words.t(N_("Policies"))
    writer.page("policies/index.md", title, "policies.html", policies=policies, texts=texts, cases=cases)
    for policy in policies:
        _write(writer, root, policy, texts[policy.name])


def text_file(root: Path, policy: Policy, language: str) -> Path | None:
    """The file of a policy's text in one language, None where there is none."""
    path = root / "policy" / policy.profile / policy.version / f"text.{language}.md"
    return path if path.is_file() else None


def _write(writer: Writer, root: Path, policy: Policy, file: Path | None) -> None:
    words = writer.words
    text = f"# {policy.title[words.language]}"
    if file:
        text = policytext.fill(file.read_text(encoding="utf-8"), policy, words, file.relative_to(root).as_posix())
        text = policytext.with_clocks(text, policy, words)
    anchors = articles.anchors(text)
    limit = partial(policytext.limit, words)
    html = template("policy.html", words.language).render(policy=policy, anchors=anchors, limit=limit)
    title = f"{policy.title[words.language]} · {policy.version}"
    head = front(title=title, hide=["navigation"], kind=words.t(N_("Policy")))
    heading = words.t(N_("Figures of this policy"))
    writer.text(
        f"policies/{policy.profile}/{policy.version}.md", f"{head}{text}\n\n## {heading} {{#data}}\n\n{block(html)}\n"
    )
