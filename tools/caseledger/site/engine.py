"""The one module that knows MkDocs: a folder of Markdown in, a folder of HTML out."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from click import ClickException
from markupsafe import escape

from caseledger.language import N_, translate
from caseledger.site.contentpolicy import CONTENT_POLICY
from caseledger.site.shell import AS_OF

_INDENTED, _BREAK = re.compile(r"\n\s+"), "\n"
_HERE = Path(__file__).parent
INPUTS = next(folder for folder in (_HERE / "inputs", _HERE.parents[2]) if (folder / "mkdocs.yml").is_file())
"""The folder of mkdocs.yml and site/ that the project ships."""

# Titles in mkdocs.yml, and what the templates in site/overrides say.
TITLES = (
    N_("Home"),
    N_("My department"),
    N_("Cases"),
    N_("Management"),
    N_("Archive"),
    N_("Obligations"),
    N_("Policies"),
    N_("Guide"),
    N_("Fields of all files"),
)
PUBLISHED = [
    {N_("Results"): "index.md"},
    {N_("Checks and evaluations"): "evaluations/index.md"},
    {N_("Policies"): "policies/index.md"},
]
"""The sections of the site for everybody."""
TOGGLES = (N_("Follow the system's colours"), N_("Use light colours"), N_("Use dark colours"))
WORDS = {
    "breaches": N_("Newly broken deadlines"),
    "ended": N_("Ended cases"),
    "menu": N_("Menu"),
    "search": N_("Search"),
    "placeholder": N_("Search cases, numbers, policies"),
    "language": N_("Language"),
    "type": N_("Type to search; press / to come here."),
    "searching": N_("Searching…"),
    "none": N_("Nothing found. Try fewer words, or shorter ones with spaces between them."),
    "one": N_("1 result"),
    "many": N_("{n} results"),
    "more": N_("Show more"),
    "failed": N_("Search needs the site to be served: caseledger site serve."),
    "kind": N_("Kind"),
    "state": N_("State"),
    "grade": N_("Grade"),
    "category": N_("Category"),
    "any": N_("all"),
}
NAMES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class Tree:
    """What is particular to one language's pages: the language, its siblings, the name above, for whom they are."""

    language: str
    languages: tuple[str, ...]
    name: str
    inside: bool = True


def inputs(root: Path) -> Path:
    """The folder of mkdocs.yml and site/ that a repository's site is made with: its own, else the project's."""
    own = (root / "mkdocs.yml").is_file() and (root / "site").is_dir()
    return root if own else INPUTS


def render(source: Path, docs: Path, out: Path, tree: Tree, package: str = "mkdocs") -> list[str]:
    """Render every page below `docs` into `out`; returns what the engine complained of, nothing if all is well.

    `package` is MkDocs, or one that has its interface.
    """
    complaints = _Complaints()
    logger = logging.getLogger(package)
    logger.addHandler(complaints)
    logger.propagate = False
    try:
        import_module(f"{package}.commands.build").build(_config(source, docs, out, tree, package))
    except ClickException as error:  # of which MkDocs makes its own
        complaints.texts.append(str(error))
    finally:
        logger.removeHandler(complaints)
    (out / "sitemap.xml").unlink(missing_ok=True)  # a template of the theme, of which no address is known
    for page in out.rglob("*.html"):
        page.write_text(_without_indentation(page.read_text(encoding="utf-8")), encoding="utf-8")
    return complaints.texts


def _without_indentation(page: str) -> str:
    """A page whose frame is not indented, which would be a fifth of its bytes; its article is left as it is."""
    before, article, rest = page.partition("<article")
    text, end, after = rest.rpartition("</article>")
    return f"{_INDENTED.sub(_BREAK, before)}{article}{text}{end}{_INDENTED.sub(_BREAK, after)}"


def _config(source: Path, docs: Path, out: Path, tree: Tree, package: str) -> Any:
    config = import_module(f"{package}.config").load_config(
        str(source / "mkdocs.yml"),
        docs_dir=str(docs),
        site_dir=str(out),
        site_name=str(escape(tree.name)),  # templates take it for HTML
        copyright=AS_OF,
    )
    config.nav = _translated(config.nav if tree.inside else PUBLISHED, tree.language)
    config.theme["language"] = tree.language
    config.theme.static_templates.clear()
    config.mdx_configs["toc"]["permalink_title"] = translate(N_("Link to this section"), tree.language)
    for option in config.theme["palette"]:
        option["toggle"]["name"] = translate(option["toggle"]["name"], tree.language)
    config.extra["words"] = {name: translate(msgid, tree.language) for name, msgid in WORDS.items()}
    if not tree.inside:
        config.extra["words"]["placeholder"] = translate(N_("Search policies"), tree.language)
    config.extra["inside"] = tree.inside
    config.extra["content_policy"] = CONTENT_POLICY
    config.extra["language"] = tree.language
    config.extra["languages"] = [(language, NAMES[language]) for language in tree.languages]
    return config


def _translated(nav: Any, language: str) -> Any:
    if isinstance(nav, list):
        return [_translated(item, language) for item in nav]
    if isinstance(nav, Mapping):
        return {translate(title, language): _translated(inner, language) for title, inner in nav.items()}
    return nav


class _Complaints(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
