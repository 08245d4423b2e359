"""Where each requirement of the five source policies is met: `make requirements` writes docs/requirements.md.

What a policy says of itself is taken from it: every clock, entry, condition, duty and piece of advice names its article
under `clause`. What no clause can say is in docs/requirements.yml, which is reviewed like any text.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseledger import articles, yamltext

ROOT = Path(__file__).parents[1]
DATA = ROOT / "docs" / "requirements.yml"
DOCUMENT = ROOT / "docs" / "requirements.md"
HOW = ("enforced", "recorded", "reported", "text")
WAITS = ("reports", "archive", "notices", "privacy")
LISTED = ("rules", "fields", "commands", "pages")
"""What a row of the data file may name; the rest comes from the policies."""

HEAD = """# Where each requirement is met 要求对照表

The five policies that ship with caseledger were written from five real ones. Each row is one thing that these ask for,
with the letter and number of its article in the text; clocks, entries, conditions, duties and advice name it under
`clause`. Made by `make requirements` from the policies and from [requirements.yml](requirements.yml); do not edit.

- **enforced**: a rule, a clock, a step or a duty holds people to it. **recorded**: a case or a record keeps it.
  **reported**: a command or a page shows it. **text**: the policy's text says it, and people do it.
- **waits for** names the part of caseledger that the row still lacks something from.

**中文提要**：每行是原制度的一项要求，编号与制度条文的锚点一致。*enforced* 由规则、时限、步骤或者职责约束；
*recorded* 有案件或者记录留存；*reported* 有命令或者页面展示；*text* 写在制度条文里，由人执行；
*waits for* 是尚待完成的部分。

| profile | rows | enforced | recorded | reported | text alone | waiting for a part |
|---|---|---|---|---|---|---|
{summary}
"""


@dataclass(frozen=True)
class Row:
    """One requirement: what it asks for by language, how it is met, what meets it by kind, what it waits for."""

    id: str
    fact: Mapping[str, str]
    how: Sequence[str]
    met: Mapping[str, Sequence[str]]
    waits: Sequence[str]
    anchor: str
    """The heading of its article in the English text, as a link within a Markdown file."""


@dataclass(frozen=True)
class Profile:
    """A policy and its rows; `folder` from the root of the project."""

    name: str
    title: Mapping[str, str]
    folder: str
    rows: Sequence[Row]


def profiles(root: Path = ROOT) -> list[Profile]:
    """Every profile in its newest version, in the order of the rows."""
    rows = yamltext.read(DATA.read_bytes(), DATA.name).data["rows"]
    newest = {path.parents[1].name: path for path in sorted((root / "policy").glob("*/*/policy.yml"))}
    found = [_profile(root, path, rows) for path in newest.values()]
    return sorted(found, key=lambda profile: [row.id for row in profile.rows])


def met_by_clause(policy: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """What a policy's data say of each article: by clause, the section, what stands there."""
    found: dict[str, dict[str, list[str]]] = {}
    for section, content in policy.items():
        for name, entry in _entries(section, content):
            if isinstance(entry, Mapping) and "clause" in entry:
                names = found.setdefault(entry["clause"], {}).setdefault(section, [])
                names.append(name)
    return found


def document(found: Iterable[Profile]) -> str:
    """docs/requirements.md."""
    listed = list(found)
    parts = [HEAD.format(summary="\n".join(map(_summary, listed)))]
    for profile in listed:
        parts.append(f"## `{profile.name}` {profile.title['zh']} {profile.title['en']}\n")
        parts.append("| row | what it asks for | how | where | waits for |\n|---|---|---|---|---|")
        parts += [_line(profile, row) for row in profile.rows]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _profile(root: Path, path: Path, rows: Mapping[str, Any]) -> Profile:
    policy = yamltext.read(path.read_bytes(), path.name).data
    text = (path.parent / "text.en.md").read_text(encoding="utf-8")
    clauses = met_by_clause(policy)
    headings = {match[2]: match[1] for match in articles.HEADING.finditer(text)}
    return Profile(
        name=policy["profile"],
        title=policy["title"],
        folder=path.parent.relative_to(root).as_posix(),
        rows=[
            _row(anchor, rows[anchor], clauses.get(anchor, {}), heading)
            for anchor, heading in headings.items()
            if anchor in rows
        ],
    )


def _row(anchor: str, data: Mapping[str, Any], clauses: Mapping[str, Sequence[str]], heading: str) -> Row:
    return Row(
        id=anchor,
        fact={language: data[language] for language in ("zh", "en")},
        how=data["how"],
        met={**clauses, **{kind: data[kind] for kind in LISTED if kind in data}},
        waits=data.get("waits", ()),
        anchor=re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower()).replace(" ", "-"),
    )


def _entries(section: str, content: Any) -> Iterator[tuple[str, Any]]:
    """The named things of a section of a policy; one that is a thing itself bears the section's name."""
    if isinstance(content, Mapping):
        yield section, content
        yield from content.items()
    elif isinstance(content, list):
        yield from ((str(entry.get("id", entry.get("grade"))), entry) for entry in content)


def _summary(profile: Profile) -> str:
    counts = [sum(how in row.how for row in profile.rows) for how in HOW[:3]]
    counts.append(sum(list(row.how) == ["text"] for row in profile.rows))
    counts.append(sum(bool(row.waits) for row in profile.rows))
    return f"| [`{profile.name}`](#{_slug(profile)}) | {len(profile.rows)} | {' | '.join(map(str, counts))} |"


def _slug(profile: Profile) -> str:
    title = f"{profile.name} {profile.title['zh']} {profile.title['en']}"
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _line(profile: Profile, row: Row) -> str:
    article = f"[{row.id}](../{profile.folder}/text.en.md#{row.anchor})"
    where = "<br>".join(f"{kind}: {', '.join(f'`{name}`' for name in names)}" for kind, names in row.met.items())
    waits = ", ".join(row.waits) or "–"
    return f"| {article} | {row.fact['en']}<br>{row.fact['zh']} | {', '.join(row.how)} | {where or '–'} | {waits} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(profiles()), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.relative_to(ROOT)}\n")
