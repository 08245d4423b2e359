"""The site beside other makers of sites, on generated cases: cold, brought up to date, and what a reader loads."""

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import count
from pathlib import Path

from tests.bench import scale
from tests.bench.measuring import Run, peak_memory, processor

BIN = Path(sys.executable).parent
COMMAND = (BIN / "caseledger", "site", "build", "--as-of", "2026-11-22T12:00:00+08:00")
_BODY = re.compile(r'<a id="cl-content".*?(?=</article>)', re.DOTALL)


def repository(folder: Path, cases: int) -> Path:
    """A repository with that many cases, and its site, which gives the peers what they render."""
    made = scale.repository(folder, cases)
    build(made)()
    return made


def build(repository: Path, *options: str, cold: bool = True) -> Run:
    """Build the site; `cold`: as in a fresh clone."""
    run = processor(*COMMAND, *options, cwd=repository)
    return _without((repository / ".cache", repository / "build"), run) if cold else run


def memory(repository: Path) -> float | None:
    """The highest MB of a cold build without index, all its processes added up, although they share some of it."""
    for folder in (".cache", "build"):
        shutil.rmtree(repository / folder, ignore_errors=True)
    return peak_memory(*COMMAND, "--no-search", cwd=repository, every=1)


def pages(site: Path) -> Iterator[tuple[str, str, str]]:
    """The pages of cases: path, language and text as Markdown."""
    for path in sorted(site.glob("*/cases/*/*/C-*.html")):
        found = _BODY.search(path.read_text(encoding="utf-8"))
        name = path.relative_to(site).with_suffix(".md").as_posix()
        yield name, name.split("/")[0], _markdown(found[0] if found else "")


def hugo(site: Path, folder: Path) -> Run:
    """Render the same pages, ready as Markdown, with Hugo and the site's own frame."""
    html = next(iter(sorted(site.glob("*/cases/*/*/C-*.html")))).read_text(encoding="utf-8")
    before, after = _BODY.split(html, maxsplit=1)
    for name, _, text in pages(site):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'---\ntitle: "{path.stem}"\n---\n{text}', encoding="utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    frame = before.replace("{{", '{{"{{"}}') + "<h1>{{ .Title }}</h1>{{ .Content }}" + after.replace("{{", '{{"{{"}}')
    (layouts / "single.html").write_text(frame, encoding="utf-8")
    kinds = '["taxonomy", "term", "RSS", "sitemap", "404", "home", "section"]'
    (folder / "hugo.toml").write_text(f'baseURL = "/"\ntitle = "x"\nuglyURLs = true\ndisableKinds = {kinds}\n', "utf-8")
    return _without([folder / "public"], processor(BIN / "hugo", "--quiet", cwd=folder))


def mkdocs(site: Path, folder: Path, most: int) -> Run:
    """Render at most so many of the same pages with MkDocs and the site's own theme, page by page."""
    docs = folder / "docs"
    for name, _, text in list(pages(site))[:most]:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(f"# {Path(name).stem}\n\n{text}", encoding="utf-8")
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    settings = "site_name: x\nuse_directory_urls: false\nplugins: []\ntheme: {name: material, font: false}\n"
    (folder / "mkdocs.yml").write_text(settings + "nav: [index.md]\n", encoding="utf-8")
    return _without([folder / "site"], processor(BIN / "mkdocs", "build", "--quiet", cwd=folder))


def edited(repository: Path, *options: str) -> Run:
    """Change the newest case and bring the site up to date."""
    path = max((repository / "cases").rglob("C-*.yml"))
    again = build(repository, *options, cold=False)
    number = count(1)

    def run() -> float:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub("(?m)^summary: .*", f"summary: Edited {next(number)} times", text), encoding="utf-8")
        return again()

    return run


def weights(site: Path) -> Mapping[str, int]:
    """The largest page of a case and the largest of all pages, in bytes."""
    sizes = {path: path.stat().st_size for path in site.glob("*/**/*.html")}
    return {"case": max(size for path, size in sizes.items() if path.stem.startswith("C-")), "any": max(sizes.values())}


def _without(folders: Sequence[Path], run: Run) -> Run:
    """A run that begins without what an earlier one has made; taking that away is no part of it."""

    def once() -> float:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        return run()

    return once


def _markdown(html: str) -> str:
    text = re.sub(r"<h(\d)[^>]*>(.*?)</h\1>", lambda m: f"\n\n{'#' * int(m[1])} {m[2]}\n\n", html, flags=re.DOTALL)
    text = re.sub(r"<thead><tr>(.*?)</tr></thead>", _head, text, flags=re.DOTALL)
    text = re.sub(r"<tr>(.*?)</tr>", _line, text, flags=re.DOTALL)
    text = re.sub(r"<li[^>]*>", "\n- ", text).replace("</dt>", "** ")
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<dt[^>]*>", "\n- **", text))).replace("{{", "{ {")
    return "\n".join(line.strip() for line in text.splitlines())


def _head(match: re.Match[str]) -> str:
    cells = re.findall(r"<th[^>]*>(.*?)</th>", match[1])
    return f"\n\n|{'|'.join(cells)}|\n|{'---|' * len(cells)}\n"


def _line(match: re.Match[str]) -> str:
    cells = re.findall(r"<td[^>]*>(.*?)</td>", match[1], flags=re.DOTALL)
    plain = (" ".join(re.sub("<[^>]+>", " ", cell).split()).replace("|", "/") for cell in cells)
    return f"|{'|'.join(plain)}|\n"
