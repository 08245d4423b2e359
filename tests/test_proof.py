"""A proof is what Git itself says: every command that it prints is run, in honest histories and in tampered ones."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casework import CASE, case, event, put
from tests.conftest import ROOT
from tests.ledger import CLEAN, PATH, Ledger
from tests.test_cli import Shell

DOCS = ROOT / "docs"
NOW = "2026-11-20T12:00:00+08:00"
ACKNOWLEDGED = event("2026-11-03 09:30", "acknowledged", via="email")
VERIFIED = event("2026-11-03 10:40", "verified", in_scope=True, complete=True)
RESPONDED = event("2026-11-05 17:00", "responded", by="cs-02", via="email")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


class Proven(Ledger):
    """A ledger whose case is proved."""

    def prove(self, form: str = "text", *options: str, code: int = 0, lang: str = "en") -> str:
        return self.shell("prove", CASE, "--as-of", NOW, "--format", form, *options, code=code, lang=lang)

    def run(self, script: str, *, quiet: bool = True) -> list[str]:
        """What a proof's script says is not so; where objects are gone or damaged, Git is not `quiet` about it."""
        ran = subprocess.run(["sh", "-c", script], cwd=self.root, capture_output=True, text=True, check=False)
        assert not quiet or ran.stderr == ""
        failed = [line.removeprefix("FAILED  ") for line in ran.stdout.splitlines() if not line.startswith("ok ")]
        assert ran.returncode == bool(failed)
        return failed


@pytest.fixture
def ledger(repository: Path) -> Proven:
    """Three commits by which a case grew: received, acknowledged and verified, answered."""
    ledger = Proven(repository)
    ledger.record(at="2026-11-03T09:15:00+08:00")
    ledger.record(ACKNOWLEDGED, VERIFIED, at="2026-11-03T10:45:00+08:00")
    ledger.record(ACKNOWLEDGED, VERIFIED, RESPONDED)
    return ledger


def played(ledger: Proven, markdown: str) -> Iterator[tuple[str, str, str]]:
    """Every command of the `console` blocks, run one after the other in one shell: what it printed and should print."""
    steps = [step for block in BLOCK.findall(markdown) for step in STEP.findall(block)]
    assert steps
    script = "\n".join(f"{command}\nprintf '\\0'" for command, _ in steps)
    ran = subprocess.run(["sh", "-c", script], cwd=ledger.root, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    for (command, prints), printed in zip(steps, ran.stdout.split("\0"), strict=False):
        yield command, printed, prints


def test_every_command_of_a_proof_prints_what_the_proof_says(ledger: Proven) -> None:
    found = list(played(ledger, ledger.prove("markdown")))
    assert len(found) > 25
    assert [command for command, printed, prints in found if printed != prints] == []
    assert ledger.run(ledger.prove("sh")) == []


def test_text_markdown_and_json_have_the_same_commands(ledger: Proven) -> None:
    data = json.loads(ledger.prove("json"))
    expected = [*data["preparation"], *(check["command"] for check in data["checks"])]
    assert [command for command, *_ in played(ledger, ledger.prove("markdown"))] == expected
    assert re.findall(r"^    \$ (.*)$", ledger.prove(), re.MULTILINE) == expected


def test_the_facts_are_those_of_git(ledger: Proven) -> None:
    data = json.loads(ledger.prove("json"))
    assert (data["case"], data["path"], data["policy"], data["calendar"]) == (CASE, PATH, "quality@2023-01-01", "CN")
    hashes = ledger.git("log", "--format=%H", "--", PATH).split()
    assert [revision["commit"] for revision in data["revisions"]] == hashes[::-1]
    assert [revision["blob"] for revision in data["revisions"]] == [
        ledger.git("rev-parse", f"{name}:{PATH}") for name in hashes[::-1]
    ]
    assert data["grew"] is True
    author = {"name": "Lin Xiaoqing", "email": "lin.xiaoqing@example.cn", "at": "2026-11-03T09:15:00+08:00"}
    assert data["revisions"][0]["author"] == author
    assert data["revisions"][0]["committer"]["name"] == "A committer"
    assert [(found["kind"], found["path"]) for found in data["files"]] == [
        ("case", PATH),
        ("policy", "policy/quality/2023-01-01/policy.yml"),
        ("text", "policy/quality/2023-01-01/text.en.md"),
        ("text", "policy/quality/2023-01-01/text.zh.md"),
        ("calendar", "policy/calendars/CN.yml"),
        ("people", "policy/people.yml"),
    ]
    assert data["files"][1]["commits"] == [ledger.git("rev-list", "--max-parents=0", "HEAD")]
    clocks = {verdict["clock"]: verdict["status"] for verdict in data["verdicts"]}
    assert clocks["response"] == "met"
    assert clocks["investigation-start"] == "overdue"
    assert [(person["id"], len(person["events"])) for person in data["people"]] == [("cs-01", 3), ("cs-02", 1)]
    assert data["people"][1]["name"] == "Ingrid Solheim"


def test_a_person_reads_the_proof_in_either_language(ledger: Proven) -> None:
    text = ledger.prove()
    assert text.startswith(f"# Proof of {CASE}\n  Commit: {ledger.git('rev-parse', 'HEAD')}\n  File: {PATH}\n")
    assert "  Deadlines: Not started: 4, Overdue: 1, Met: 2\n" in text
    assert "  History: every commit only added to the file; nothing was changed or removed\n" in text
    assert "  2026-11-05 17:00:00: “First response” stops the clock.\n" in text
    assert "not counted" not in text
    chinese = ledger.prove(lang="zh")
    assert chinese.startswith(f"# {CASE} 的证明\n")
    assert [line for line in text.splitlines() if line.startswith("    $")] == [
        line for line in chinese.splitlines() if line.startswith("    $")
    ]


def test_consumers_words_are_no_part_of_a_proof(ledger: Proven) -> None:
    for form in ("text", "markdown", "json", "sh"):
        assert "Zip tears" not in ledger.prove(form)
        assert "Glidelåsen" not in ledger.prove(form)


# What happens to the history afterwards


def test_a_proof_stays_true_when_the_case_goes_on(ledger: Proven) -> None:
    script = ledger.prove("sh")
    ledger.record(ACKNOWLEDGED, VERIFIED, RESPONDED, event("2026-11-06 09:00", "note", note="All is well."))
    assert ledger.run(script) == []


def test_a_rewritten_history_no_longer_holds_the_commit(ledger: Proven) -> None:
    script = ledger.prove("sh")
    ledger.git("reset", "-q", "--hard", "HEAD~1")
    ledger.record(ACKNOWLEDGED, VERIFIED, event("2026-11-04 17:00", "responded", by="cs-02", via="email"))
    failed = ledger.run(script)
    assert failed == ["The commit that is proved belongs to the history that you have."]
    ledger.git("reflog", "expire", "--expire=now", "--all")
    ledger.git("gc", "-q", "--prune=now")
    assert len(ledger.run(script, quiet=False)) > 10


def test_a_changed_object_is_found(ledger: Proven) -> None:
    script = ledger.prove("sh")
    blob = ledger.git("rev-parse", f"HEAD:{PATH}")
    other = ledger.git("rev-parse", f"HEAD~1:{PATH}")
    objects = ledger.root / ".git/objects"
    place, source = (objects / name[:2] / name[2:] for name in (blob, other))
    place.chmod(0o644)
    place.write_bytes(source.read_bytes())
    failed = ledger.run(script, quiet=False)
    assert "Every object has the content that its name stands for; nothing is missing." in failed


def test_a_replaced_object_deceives_neither_the_proof_nor_its_commands(ledger: Proven) -> None:
    blob, other = (ledger.git("rev-parse", f"{name}:{PATH}") for name in ("HEAD", "HEAD~1"))
    honest = ledger.prove("sh")
    ledger.git("replace", blob, other)
    assert ledger.prove("sh") == honest
    assert ledger.run(honest) == []


def test_a_proof_says_that_something_was_removed_and_where(ledger: Proven) -> None:
    ledger.record(ACKNOWLEDGED, RESPONDED)
    data = json.loads(ledger.prove("json"))
    assert data["grew"] is False
    removed = [revision["lines_removed_since"] for revision in data["revisions"]]
    assert removed[0] == 0
    assert removed[1:] == [5, 6, 0]
    assert "  History: something in the file was changed or removed; see the commits below\n" in ledger.prove()
    assert ledger.run(ledger.prove("sh")) == []


def test_going_on_after_an_unended_line_removes_nothing(ledger: Proven) -> None:
    path = ledger.root / PATH
    text = path.read_text("utf-8").replace("\n", "\r\n").rstrip()
    path.write_text(text.removesuffix("]\r\n}").rstrip(), "utf-8", newline="")
    ledger.commit("Lin <lin@example.cn>", "2026-11-06T09:00:00+08:00")
    path.write_text(text, "utf-8", newline="")
    ledger.commit("Lin <lin@example.cn>", "2026-11-06T10:00:00+08:00")
    assert json.loads(ledger.prove("json"))["grew"] is True


def test_a_case_that_was_gone_for_a_while_did_not_only_grow(ledger: Proven) -> None:
    text = (ledger.root / PATH).read_text("utf-8")
    (ledger.root / PATH).unlink()
    ledger.commit("Lin <lin@example.cn>", "2026-11-06T09:00:00+08:00")
    (ledger.root / PATH).write_text(text, "utf-8")
    ledger.commit("Lin <lin@example.cn>", "2026-11-06T10:00:00+08:00")
    data = json.loads(ledger.prove("json"))
    assert [revision["blob"] is None for revision in data["revisions"]] == [False, False, False, True, False]
    assert data["grew"] is False
    assert ledger.run(ledger.prove("sh")) == []


def test_every_branch_of_a_merge_is_shown(ledger: Proven) -> None:
    ledger.git("checkout", "-q", "-b", "side", "HEAD~1")
    note = event("2026-11-04 09:00", "note", note="Rang twice.")
    side = ledger.record(ACKNOWLEDGED, VERIFIED, note)
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    merge = ledger.record(ACKNOWLEDGED, VERIFIED, note, RESPONDED)
    data = json.loads(ledger.prove("json"))
    assert {side, merge} < {revision["commit"] for revision in data["revisions"]}
    assert len(data["revisions"]) == 5
    assert data["grew"] is True
    assert ledger.run(ledger.prove("sh")) == []


def test_a_merge_that_drops_one_side_is_seen(ledger: Proven) -> None:
    ledger.git("checkout", "-q", "-b", "side", "HEAD~1")
    ledger.record(ACKNOWLEDGED, VERIFIED, event("2026-11-04 09:00", "note", note="Rang twice."))
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "-s", "ours", "-m", "A merge", "side")
    assert json.loads(ledger.prove("json"))["grew"] is False


# Signatures


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("lin", "stranger"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True)
    return folder


def sign(ledger: Proven, key: Path, at: str) -> str:
    settings = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={key}"]
    ledger.git(*settings, "commit", "-q", "--amend", "--no-edit", "-S", GIT_COMMITTER_DATE=at)
    return ledger.git("rev-parse", "HEAD")


def test_signatures_are_told_and_can_be_checked(ledger: Proven, keys: Path) -> None:
    signers = ledger.root / "policy/allowed_signers"
    signers.write_text(f"lin.xiaoqing@example.cn {(keys / 'lin.pub').read_text()}")
    events = [ACKNOWLEDGED, VERIFIED, RESPONDED]
    for hour, key in (("09", "lin"), ("10", "stranger"), ("11", "lin")):
        events.append(event(f"2026-11-06 {hour}:00", "note", note="Rang."))
        ledger.record(*events)
        sign(ledger, keys / key, f"2026-11-06T{hour}:10:00+08:00")
    raw = ledger.git("cat-file", "commit", "HEAD").replace("A change", "Another")
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=ledger.root, input=raw + "\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    ledger.git("reset", "-q", "--hard", made.stdout.strip())
    data = json.loads(ledger.prove("json"))
    assert [revision["signature"]["state"] for revision in data["revisions"]] == [
        *["none"] * 3, "good", "unknown-key", "bad",
    ]  # fmt: skip
    assert data["revisions"][3]["signature"]["signer"] == "lin.xiaoqing@example.cn"
    assert data["files"][-1]["kind"] == "signers"
    assert ledger.run(ledger.prove("sh")) == []
    text = ledger.prove()
    key = data["revisions"][3]["signature"]["key"]
    assert f"  Signature: good, by lin.xiaoqing@example.cn with the key {key}\n" in text
    assert f"    G {key} lin.xiaoqing@example.cn\n" in text
    assert "  Signature: wrong\n" in text


# What cannot be proved, and what might deceive


def test_what_was_not_committed_is_not_proved(ledger: Proven) -> None:
    (ledger.root / PATH).write_text("changed", "utf-8")
    result = subprocess.run(
        ["sh", "-c", 'exec "$0" -m caseledger prove "$1" --lang en', sys.executable, CASE],
        cwd=ledger.root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stderr == f"{PATH} differs from what was committed; this is about what was committed.\n"
    first = ledger.git("rev-list", "--max-parents=0", "HEAD")
    assert ledger.prove("text", "--commit", first, code=2) == (
        f"Error: There is no {PATH} at {first[:10]}; only what was committed can be proved.\n"
    )


def test_the_proof_of_an_earlier_commit_is_that_of_its_day(ledger: Proven) -> None:
    data = json.loads(ledger.prove("json", "--commit", "HEAD~1"))
    assert len(data["revisions"]) == 2
    assert {verdict["clock"]: verdict["status"] for verdict in data["verdicts"]}["response"] == "overdue"
    assert ledger.run(ledger.prove("sh", "--commit", "HEAD~1")) == []


def test_a_case_repository_below_the_top_is_proved_too(tmp_path: Path, root: Path) -> None:
    shutil.copytree(root / "policy", tmp_path / "a b/policy")
    shutil.copy(root / "caseledger.yml", tmp_path / "a b")
    ledger = Proven(tmp_path / "a b", tmp_path)
    ledger.record(ACKNOWLEDGED)
    assert json.loads(ledger.prove("json"))["files"][0]["path"] == f"a b/{PATH}"
    assert ledger.run(ledger.prove("sh")) == []


def test_a_shallow_clone_is_refused_with_the_remedy(ledger: Proven, tmp_path: Path) -> None:
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", f"file://{ledger.root}", tmp_path / "clone"],
        check=True,
        capture_output=True,
    )
    assert Shell(tmp_path / "clone")("prove", CASE, code=2) == (
        "Error: Not all commits were fetched, so not all can be shown. Fetch them: git fetch --unshallow\n"
    )


def test_a_folder_without_git_is_told(repository: Path) -> None:
    assert "is not under Git" in Shell(repository)("prove", CASE, code=2)


def test_evidence_that_is_kept_in_git_is_proved(ledger: Proven) -> None:
    folder = (ledger.root / PATH).with_suffix("")
    folder.mkdir()
    (folder / "照片 $(date) 'x'.jpg").write_bytes(b"\xff\xd8\0")
    ledger.commit("Lin <lin@example.cn>", "2026-11-06T09:00:00+08:00")
    data = json.loads(ledger.prove("json"))
    assert [found["path"] for found in data["files"] if found["kind"] == "evidence"] == [
        f"cases/2026/11/{CASE}/照片 $(date) 'x'.jpg"
    ]
    assert ledger.run(ledger.prove("sh")) == []


def test_names_in_commits_are_neither_commands_nor_markup(ledger: Proven) -> None:
    name = "`$(touch x)` \x1b[31m\u202e @all | ``` '\"; touch y;"
    put(ledger.root, case(ACKNOWLEDGED, VERIFIED, RESPONDED, event("2026-11-06 09:00", "note", note="x")))
    ledger.commit(f"{name} <`$(touch`z)\x1b'@example.com>", "2026-11-06T09:00:00+08:00")
    assert ledger.run(ledger.prove("sh")) == []
    for form in ("text", "markdown"):
        shown = ledger.prove(form)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    line = next(line for line in ledger.prove("markdown").splitlines() if "touch x" in line)
    assert line.startswith("- Written: ````")
    assert line.endswith("````")
    assert sorted(path.name for path in ledger.root.iterdir()) == [".git", "caseledger.yml", "cases", "policy"]


# docs/proof.md

SCRIPTS = re.findall(r"^( *)```sh\n(.*?)^ *```$", (DOCS / "proof.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
PRODUCE, CHECK, TAG, STAMP, *BY_HAND = [textwrap.dedent(script) for _, script in SCRIPTS]


def sh(ledger: Proven, script: str, **more: str) -> tuple[int, str]:
    """What a shell prints, with caseledger and the tests' Git in it, and its exit code."""
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "LANGUAGE": "en", **CLEAN, **more}
    ran = subprocess.run(
        ["sh", "-c", script], cwd=ledger.root, env=environment, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return ran.returncode, ran.stdout


def test_what_the_document_has_made_is_checked_as_it_says(ledger: Proven) -> None:
    code, _ = sh(ledger, PRODUCE)
    assert code == 0
    code, printed = sh(ledger, CHECK)
    assert code == 0
    assert {line[:2] for line in printed.splitlines()} == {"ok"}
    ledger.git("reset", "-q", "--hard", "HEAD~1")
    ledger.record(ACKNOWLEDGED, VERIFIED)
    code, printed = sh(ledger, CHECK)
    assert code == 1
    assert "FAILED  The commit that is proved belongs to the history that you have." in printed


def test_the_document_checks_a_case_by_hand(ledger: Proven) -> None:
    code, printed = sh(ledger, "\n".join(BY_HAND))
    assert code == 0
    hashes = ledger.git("log", "--format=%H", "--", PATH).split()
    root = ledger.git("rev-list", "--max-parents=0", "HEAD")
    digest = hashlib.sha256((ledger.root / PATH).read_bytes()).hexdigest()
    who = ["lin.xiaoqing@example.cn", "committer@example.com"]
    assert printed.splitlines() == [
        "the commit is part of this history",
        "false",
        "every object is what its name says",
        f"{digest}  -",
        *hashes,
        *(f"{hashes[0]}", f"  written 2026-11-05 18:00:00 +0800 {who[0]}"),
        f"  committed 2026-11-05 18:00:00 +0800 {who[1]}",
        *(f"{hashes[1]}", f"  written 2026-11-03 10:45:00 +0800 {who[0]}"),
        f"  committed 2026-11-03 10:45:00 +0800 {who[1]}",
        "5\t0",
        *(f"{hashes[2]}", f"  written 2026-11-03 09:15:00 +0800 {who[0]}"),
        f"  committed 2026-11-03 09:15:00 +0800 {who[1]}",
        "16\t0",
        "policy: quality@2023-01-01",
        f"{root} 2026-11-01 09:00:00 +0800",
        f"{root} 2026-11-01 09:00:00 +0800",
        "fatal: path 'policy/allowed_signers' does not exist in '" + hashes[0] + "'",
        "the company allows no signers",
        *(f"N {name} " for name in hashes),
    ]


def test_by_hand_it_is_seen_when_entries_were_changed_and_when_the_law_was(ledger: Proven) -> None:
    ledger.record(ACKNOWLEDGED, RESPONDED)
    policy = ledger.root / "policy/quality/2023-01-01/policy.yml"
    policy.write_text(policy.read_text("utf-8").replace("within: 1 wd", "within: 9 wd"), "utf-8")
    edited = ledger.commit("Lin <lin@example.cn>", "2026-11-08T09:00:00+08:00")
    _, printed = sh(ledger, "\n".join(BY_HAND))
    assert re.findall(r"^\d+\t\d+$", printed, re.MULTILINE) == ["0\t6", "4\t5", "10\t0"]
    assert f"{edited} 2026-11-08 09:00:00 +0800\n" in printed


def test_by_hand_a_rewritten_history_is_seen_at_once(ledger: Proven) -> None:
    noted = ledger.git("rev-parse", "HEAD")
    ledger.git("reset", "-q", "--hard", "HEAD~1")
    ledger.record(ACKNOWLEDGED, VERIFIED)
    script = "\n".join(BY_HAND[:2]).replace("$(git rev-parse HEAD)", noted)
    _, printed = sh(ledger, script)
    assert "the commit is part of this history" not in printed


def test_signing_and_stamping_as_the_document_says(ledger: Proven, keys: Path) -> None:
    signers = ledger.root / "policy/allowed_signers"
    signers.write_text(f"committer@example.com {(keys / 'lin.pub').read_text()}")
    for name, value in {
        "user.name": "A", "user.email": "committer@example.com", "gpg.format": "ssh",
        "user.signingkey": str(keys / "lin"), "gpg.ssh.allowedSignersFile": str(signers),
    }.items():  # fmt: skip
        ledger.git("config", name, value)
    code, printed = sh(ledger, TAG)
    assert code == 0
    assert 'Good "git" signature for committer@example.com' in printed
    code, printed = sh(ledger, STAMP)
    assert code == 0, printed
    assert (ledger.root / "head.tsq").stat().st_size > 40
