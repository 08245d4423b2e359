"""What the engine renders, kept until something of it changes: pages written by hand, policies, shells, the theme."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from caseledger.cache import FOLDER, stamp
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.site import engine
from caseledger.site.engine import Tree


@dataclass(frozen=True, slots=True)
class Prose:
    """The rendered pages of one language: their folder, and a digest of all that they were made from."""

    tree: Tree
    folder: Path
    digest: bytes

    def files(self) -> Iterator[Path]:
        """Every file but the shells, from the folder."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.folder)


def render(root: Path, source: Path, docs: Path, trees: Sequence[Tree], pool: Executor) -> list[Prose]:
    """The pages of every language, rendered where they are not yet; CannotGoOn with what the engine complains of."""
    found = [_prose(root, source, docs / tree.language, tree) for tree in trees]
    new = [one for one in found if not one.folder.is_dir()]
    parts = [one.folder.with_suffix(".part") for one in new]
    for part in parts:
        shutil.rmtree(part, ignore_errors=True)
    running = [
        pool.submit(engine.render, source, docs / one.tree.language, part, one.tree)
        for one, part in zip(new, parts, strict=True)
    ]
    complaints = [complaint for each in running for complaint in each.result()]
    if complaints:
        raise CannotGoOn(Text(N_("MkDocs complains: {complaints}"), complaints="\n".join(complaints)))
    for one, part in zip(new, parts, strict=True):
        for older in one.folder.parent.glob(f"{_family(one.tree)}-*"):
            if older != part:
                shutil.rmtree(older)
        part.rename(one.folder)
    return found


def _prose(root: Path, source: Path, docs: Path, tree: Tree) -> Prose:
    paths = [source / "mkdocs.yml", Path(engine.__file__), *_below(source / "site" / "overrides"), *_below(docs)]
    versions = [version(name) for name in ("mkdocs", "mkdocs-material")]
    digest = hashlib.sha256(f"{stamp(paths)} {versions} {tree}".encode())
    return Prose(tree, root / FOLDER / "engine" / f"{_family(tree)}-{digest.hexdigest()[:16]}", digest.digest())


def _family(tree: Tree) -> str:
    """What the folders of a tree begin with, as it was and as it is."""
    return tree.language if tree.inside else f"public-{tree.language}"


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
