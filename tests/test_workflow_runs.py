"""Every block of shell in a workflow, run as its forge would, in a clone of a repository with a change on it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import pipelines, swift
from tests.clones import Clone
from tests.pipelines import Block

ROOT = pipelines.ROOT
CHANNEL = "CASELEDGER_NOTIFY_QUALITY"
NOTICES = f"notices: {{departments: {{quality-inspection: {{channels: [{CHANNEL}]}}}}}}\n"
CASE = "cases/2026/11/C-20261103-7K3QD.yml"
FLAG = "vars.CASELEDGER_FLAG == 'true' && github.ref == 'refs/heads/main'"
PAGES = "vars.CASELEDGER_PAGES == 'true' && github.ref == 'refs/heads/main'"
NOTIFY = "vars.CASELEDGER_NOTIFY == 'true' && github.ref == 'refs/heads/main'"
OWN = "github.event.pull_request.head.repo.full_name == github.repository"
PULL = "!cancelled() && github.event_name == 'pull_request'"
CHANGED = "${{ !cancelled() && steps.check.conclusion != 'skipped' && !github.event.created }}"
CONDITIONS = {
    "": {"pull_request", "push", "schedule"},
    PULL: {"pull_request"},
    CHANGED: {"pull_request", "push"},
    f"{PULL} && {OWN}": set(),  # test_comment.py runs it, where there is a forge
    FLAG: set(),  # test_flag.py runs it, where there is a forge
    PAGES: {"push", "schedule"},
    NOTIFY: {"schedule"},
}
"""The events for which a condition holds; one that is not listed has to be thought about."""


@dataclass(frozen=True)
class Place:
    """A clone as a runner has it: what the base is, what the head, and what is checked out."""

    clone: Clone
    base: str
    head: str
    merged: str
    channel: str
    """An address that takes digests."""

    def check_out(self, event: str) -> None:
        """Bring about what the forge checks out for an event."""
        self.clone.git("checkout", "-q", "--detach", {"pull_request": self.merged}.get(event, self.head))

    def values(self, event: str) -> dict[str, str]:
        """What the expressions of workflows give for an event."""
        push = event == "push"
        return {
            "github.event_name": event,
            "github.event.pull_request.base.sha || github.event.merge_group.base_sha || github.event.before": self.base,
            "github.event.pull_request.head.sha || github.event.merge_group.head_sha || github.sha": self.head,
            "github.event.pull_request.base.sha || github.event.before": self.base,
            "github.event.pull_request.head.sha || github.sha": self.head,
            "github.event_name == 'push' && '--push' || '--no-push'": "--push" if push else "--no-push",
            **{f"secrets.CASELEDGER_NOTIFY_{name}": self.channel for name in ("SERVICE", "QUALITY", "LEAD")},
        }

    def run(self, block: Block, event: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """A block, run by bash as runners do: the first command that fails ends it."""
        summary = self.clone.folder.parent / "summary.md"
        variables = pipelines.filled(block.variables, self.values(event))
        temporary = summary.with_name("temporary")
        temporary.mkdir(exist_ok=True)
        forge = {"GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(temporary), "CI": "true"}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", block.script],
            cwd=self.clone.folder,
            env={**self.clone.environment, **forge, **variables, **more},
            capture_output=True,
            text=True,
            check=False,
        )


class _Taking(BaseHTTPRequestHandler):
    """Takes what is sent."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The shipped repository with an entry on a branch, its environment the one of the tests."""
    folder = tmp_path_factory.mktemp("runner") / "work"
    folder.mkdir()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
            os.utime(folder / name, (0, 0))  # older than the environment, so that nothing is installed again
    installed(folder / ".venv")
    (folder / ".git").mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    clone = Clone(folder)
    with (folder / "caseledger.yml").open("a", encoding="utf-8") as settings:
        settings.write(NOTICES)
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Base")
    clone.git("switch", "-q", "-c", "change")
    clone.run("append", Path(CASE).stem, "note", "--note", "Nothing new", "--commit")
    clone.git("switch", "-q", "main")
    clone.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    base, head, merged = (clone.git("rev-parse", name).strip() for name in ("main^1", "change", "main"))
    with ThreadingHTTPServer(("127.0.0.1", 0), _Taking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Place(clone, base, head, merged, f"json://127.0.0.1:{server.server_port}")
        server.shutdown()


def installed(folder: Path) -> None:
    """The environment of the tests, in which caseledger starts quickly."""
    (folder / "bin").mkdir(parents=True)
    for path in (*Path(sys.prefix).iterdir(), *Path(sys.prefix, "bin").iterdir()):
        if path.name not in ("bin", "caseledger", "ready"):
            (folder / path.relative_to(sys.prefix)).symlink_to(path)
    (folder / "ready").touch()  # as `make` has it, which need not have made the environment of the tests
    swift.put(folder / "bin" / "caseledger")


def events(path: Path) -> list[str]:
    """The events that start a workflow, of those that differ to its blocks."""
    return [event for event in ("pull_request", "push", "schedule") if event in pipelines.load(path)["on"]]


@pytest.mark.parametrize(
    ("path", "event"),
    [
        pytest.param(path, event, id=f"{path.parts[-3]}-{path.stem}-{event}")
        for path in (*pipelines.GITHUB, *pipelines.GITEA)
        for event in events(path)
    ],
)
def test_every_block_of_a_workflow_runs(place: Place, path: Path, event: str) -> None:
    place.check_out(event)
    ran = 0
    for _, blocks in pipelines.on_actions(path):
        for block in blocks:
            if event not in CONDITIONS[block.condition]:
                continue
            result = place.run(block, event)
            # the shipped cases have broken deadlines: 4, and a push is not to blame for them
            wanted = 4 if block.name == "Judge every clock" and event == "schedule" else 0
            assert result.returncode == wanted, f"{block.name}: {result.stdout}{result.stderr}"
            ran += 1
    assert ran > 0


@pytest.mark.parametrize("event", ["merge_request_event", "push", "schedule"])
def test_every_script_of_the_pipeline_runs(place: Place, event: str) -> None:
    place.check_out(event)
    merging = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": place.base} if event == "merge_request_event" else {}
    given = {
        CHANNEL: place.channel,
        "CI_PIPELINE_SOURCE": event,
        "CI_COMMIT_BEFORE_SHA": place.base,
        "CI_COMMIT_SHA": place.head,
        **merging,
    }
    codes = {}
    for name, [block] in pipelines.on_gitlab():
        if name == "flag":  # test_flag.py runs it, where there is a forge
            continue
        result = place.run(block, event, **given)
        codes[name] = result.returncode
        assert result.returncode in (0, 4), result.stdout + result.stderr
    assert codes == {"check": 0, "audit": 0, "sla": 0 if event == "push" else 4, "notify": 0, "site": 0, "pages": 0}
    if merging:
        assert "C-20261103-7K3QD" in (place.clone.folder / "summary.md").read_text("utf-8")


def test_a_pipeline_stops_what_is_wrong(place: Place) -> None:
    place.check_out("push")
    case = place.clone.folder / CASE
    whole = case.read_bytes()
    case.write_bytes(whole.replace(b"schema: 1", b"schema: 2", 1))
    try:
        for forge in (".github", ".gitea"):
            blocks = dict(pipelines.on_actions(ROOT / forge / "workflows" / "check.yml"))["check"]
            [checking] = [block for block in blocks if block.name == "Check every file"]
            assert place.run(checking, "push").returncode == 1
        [script] = dict(pipelines.on_gitlab())["check"]
        assert place.run(script, "push").returncode == 1
        assert "schema 为 2，但须为 1。" in (place.clone.folder / "check.codequality.json").read_text("utf-8")
    finally:
        case.write_bytes(whole)
