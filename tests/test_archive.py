"""The archive: sealing, numbers, what is found when something changes, runs that are interrupted or not alone."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from caseledger import keeping, model, seals, yamltext
from caseledger.archive import copies, writing
from caseledger.errors import Refused
from caseledger.lifecycle import fold
from caseledger.rulebook import Rulebook
from tests import faults
from tests.clones import Clone, Server
from tests.console import ROOT
from tests.mini import NOW

OLD = ("C-20230109-6YKVW", "C-20230118-69HP3")
OPEN = "C-20261103-7K3QD"
FILE = "cases/archive/2026.yml"


def path(case_id: str) -> str:
    return f"cases/{case_id[2:6]}/{case_id[6:8]}/{case_id}.yml"


def shipped(*cases: str) -> dict[str, str]:
    """The files of shipped cases, their evidence included."""
    found = {path(case): (ROOT / path(case)).read_text("utf-8") for case in cases}
    for case in cases:
        folder = (ROOT / path(case)).with_suffix("")
        for file in folder.rglob("*.*"):
            found[file.relative_to(ROOT).as_posix()] = file.read_text("utf-8")
    return found


def number(clone: Clone) -> list[str]:
    """The archive numbers of a clone with their cases."""
    folder = clone.folder / "cases/archive"
    found = [seals.read_file(clone.folder, file) for file in sorted(folder.glob("*.yml"))]
    assert [problems for _, problems in found] == [[] for _ in found]
    return [f"{entry.number} {entry.case}" for entries, _ in found for entry in entries]


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server with two ended cases, one of them with evidence, and one that is open."""
    example = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", OPEN)
    return Server(tmp_path, {**shipped(*OLD), path(OPEN): example})


@pytest.fixture
def clone(server: Server) -> Clone:
    """A clone of it."""
    return server.clone("one")


@pytest.fixture
def sealed(clone: Clone) -> Clone:
    """The clone after a first run."""
    clone.run("archive", "run")
    return clone


def year(clone: Clone) -> str:
    """The archive file of this year: the wall clock says which."""
    [file] = (clone.folder / "cases/archive").glob("*.yml")
    return file.relative_to(clone.folder).as_posix()


def entries(clone: Clone) -> list[dict[str, Any]]:
    found = yamltext.read(clone.read(year(clone)).encode(), "").data["sealed"]
    assert isinstance(found, list)
    return found


def test_a_run_seals_what_has_ended_and_commits_it(clone: Clone) -> None:
    said = clone.run("archive", "run")
    at = year(clone)[-8:-4]
    assert said == (
        f"{at}-000001 C-20230109-6YKVW kept until 2026-01-19\n"
        f"{at}-000002 C-20230118-69HP3 kept until 2026-02-06\n"
        f"Committed: Archive 2 cases: {at}-000001 to {at}-000002\n"
    )
    assert clone.status() == ""
    assert clone.subjects()[-1] == f"Archive 2 cases: {at}-000001 to {at}-000002"
    assert clone.run("archive", "verify") == "Sealed cases: 2. Archive numbers: 2. Problems: 0.\n"
    assert clone.run("archive", "run") == "Nothing to archive.\n"


def test_an_entry_says_what_a_report_needs_when_the_case_is_gone(sealed: Clone) -> None:
    raw = (ROOT / path(OLD[1])).read_bytes()
    entry = entries(sealed)[1]
    assert entry.pop("at")[10] == "T"
    assert entry == {
        "number": f"{year(sealed)[-8:-4]}-000002",
        "case": OLD[1],
        "policy": "quality@2023-01-01",
        "received": "2023-01-18",
        "ended": "2023-02-06",
        "state": "closed",
        "outcome": "resolved",
        "grade": "general",
        "category": "product-quality",
        "channel": "email",
        "market": "NO",
        "class": "standard",
        "kept_until": "2026-02-06",
        "size": len(raw),
        "events": 16,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "evidence": {
            "evidence/discharge.csv": hashlib.sha256(
                (ROOT / "cases/2023/01/C-20230118-69HP3/evidence/discharge.csv").read_bytes()
            ).hexdigest()
        },
        "verdicts": {
            f"1/{clock}": "late" if clock == "disposition" else "met"
            for clock in (
                "verification",
                "response",
                "investigation-start",
                "investigation",
                "disposition",
                "return-visit",
                "filing",
            )
        },
    }


def test_nothing_is_written_by_a_dry_run(clone: Clone) -> None:
    assert clone.run("archive", "run", "--dry-run") == (
        "C-20230109-6YKVW would be sealed; kept until 2026-01-19\n"
        "C-20230118-69HP3 would be sealed; kept until 2026-02-06\n"
    )
    assert clone.status() == ""


def test_a_case_is_not_sealed_within_its_time_of_grace(clone: Clone) -> None:
    settings = clone.read("caseledger.yml")
    clone.write("caseledger.yml", f"{settings}archive: {{grace: 999 mo}}\n")
    assert clone.run("archive", "run") == "Nothing to archive.\n"


def test_only_what_is_committed_is_sealed(clone: Clone) -> None:
    clone.write(path(OLD[0]), clone.read(path(OLD[0])).replace("\nevents:", "\n# looked at\nevents:"))
    at = path(OLD[0])
    assert f"Left out: {at}: {at} is not committed as it is here\n" in clone.run("archive", "run", code=1)
    assert [line.split()[1] for line in number(clone)] == [OLD[1]]


def test_evidence_that_is_not_what_was_recorded_is_not_sealed(clone: Clone) -> None:
    clone.write("cases/2023/01/C-20230118-69HP3/evidence/discharge.csv", "other\n")
    clone.git("commit", "--quiet", "--all", "--message", "Alter")
    said = clone.run("archive", "run", code=1)
    assert "its evidence evidence/discharge.csv is not what was recorded" in said


def test_a_case_with_errors_is_left_out(clone: Clone) -> None:
    clone.write(path(OLD[0]), clone.read(path(OLD[0])).replace("channel: marketplace", "channel: telex"))
    clone.git("commit", "--quiet", "--all", "--message", "Break")
    said = clone.run("archive", "run", code=1)
    assert said.endswith(f"Left out: {path(OLD[0])}: it has errors: caseledger check {path(OLD[0])}\n")


def test_only_the_branch_that_is_true_is_archived(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--create", "other")
    said = clone.run("archive", "run", code=2)
    assert "Cases are archived on the branch main only; this is other." in said


def test_nothing_is_sealed_by_a_clock_that_is_behind(clone: Clone) -> None:
    clone.write("note.txt", "later\n")
    clone.git("add", "note.txt")
    later = {"GIT_COMMITTER_DATE": "2099-01-01T00:00:00Z"}
    words = ["git", "commit", "--quiet", "--message", "Later"]
    subprocess.run(words, cwd=clone.folder, env={**clone.environment, **later}, check=True)
    assert "the newest commit is of 2099-01-01 00:00:00. Set the clock right first." in clone.run(
        "archive", "run", code=2
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"# ", b"#  "),
        (b"\n", b"\r\n"),
        (b"general", b"General"),
    ],
)
def test_any_change_of_a_sealed_case_is_found(sealed: Clone, old: bytes, new: bytes) -> None:
    file = sealed.folder / path(OLD[0])
    raw = file.read_bytes()
    assert old in raw
    file.write_bytes(raw.replace(old, new, 1))
    found = f"{path(OLD[0])}:1:1: error: "
    assert found in sealed.run("archive", "verify", code=1)
    assert found in sealed.run("check", code=1)
    assert found in sealed.run("check", path(OLD[0]), code=1)
    assert "archive-sealed" not in sealed.run("check", path(OLD[1]))


def add_by_hand(sealed: Clone) -> None:
    """Put a note at the end of a sealed case, which no command does."""
    note = '  - {at: "2023-03-01T09:00:00+08:00", type: note, by: cs-01, as: customer-service, note: x}\n'
    with (sealed.folder / path(OLD[0])).open("a", encoding="utf-8") as file:
        file.write(note)


def test_a_note_at_the_end_of_a_sealed_case_is_found_where_it_stands(sealed: Clone) -> None:
    add_by_hand(sealed)
    said = sealed.run("archive", "verify", code=1)
    line = sealed.read(path(OLD[0])).count("\n")
    assert f"{path(OLD[0])}:{line}:5: error: " in said
    assert "The case was changed after it was sealed as" in said


WHO = ("--by", "cs-01", "--as", "customer-service")


@pytest.mark.parametrize(
    "words",
    [
        ("append", OLD[0], "note", "--note", "Looked at.", *WHO),
        ("append", OLD[0], "reported", *WHO),  # whose field is not asked for any more
        ("append", OLD[0], "note", "--note", "Looked at.", "--format", "json", *WHO),
        ("evidence", "add", OLD[0], "picture.png", "--obtained", "By mail", *WHO),
    ],
)
def test_nothing_is_added_to_a_sealed_case(sealed: Clone, words: tuple[str, ...]) -> None:
    sealed.write("picture.png", "no picture")
    before = sealed.read(path(OLD[0]))
    [one] = [line.split()[0] for line in number(sealed) if OLD[0] in line]
    assert sealed.run("--lang", "en", *words, code=2) == (
        f"Error: {OLD[0]} is archived as {one} and sealed: nothing can be added to it. To go on with it, reopen it"
        f" first: caseledger append {OLD[0]} reopened --set reason=TEXT. Then give this command again.\n"
    )
    assert f"{OLD[0]} 已归档（编号 {one}）并封存" in sealed.run("--lang", "zh", *words, code=2)
    assert sealed.read(path(OLD[0])) == before
    assert not (sealed.folder / "evidence").exists()


def test_a_sealed_case_is_reopened_and_goes_on(sealed: Clone) -> None:
    sealed.run("append", OLD[0], "reopened", "--set", "reason=Torn again", *WHO)
    sealed.run("append", OLD[0], "note", "--note", "Looked at.", *WHO)
    assert "Problems: 0" in sealed.run("archive", "verify")


def test_an_ended_case_that_is_not_sealed_takes_a_note(clone: Clone) -> None:
    clone.run("append", OLD[0], "note", "--note", "Looked at.", *WHO)


def test_a_sealed_case_that_is_gone_is_found(sealed: Clone) -> None:
    (sealed.folder / path(OLD[0])).unlink()
    assert "is sealed as" in sealed.run("archive", "verify", code=1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("evidence/discharge.csv", "other\n", "This evidence is not as it was sealed with"),
        ("evidence/discharge.csv", None, "This evidence is sealed with"),
        ("more.txt", "more\n", "This file was added after the case was sealed as"),
    ],
)
def test_a_change_of_sealed_evidence_is_found(sealed: Clone, name: str, content: str | None, message: str) -> None:
    file = sealed.folder / "cases/2023/01/C-20230118-69HP3" / name
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    said = sealed.run("archive", "verify", code=1)
    assert f"cases/2023/01/C-20230118-69HP3/{name}:1:1: error: " in said
    assert message in said


def test_a_reopened_case_goes_on_and_is_sealed_again(sealed: Clone) -> None:
    words = ("--by", "cs-01", "--as", "customer-service")
    sealed.run("append", OLD[1], "reopened", "--set", "reason=Torn again", "--at", "2023-03-01T09:00:00+08:00", *words)
    assert sealed.run("archive", "verify") == "Sealed cases: 2. Archive numbers: 2. Problems: 0.\n"
    sealed.git("commit", "--quiet", "--all", "--message", "Reopen")
    assert "audit-arch" not in sealed.run("audit", "HEAD~1..HEAD")
    assert sealed.run("archive", "run") == "Nothing to archive.\n"
    sealed.run("append", OLD[1], "withdrawn", "--set", "reason=Mended", "--at", "2023-03-02T09:00:00+08:00", *words)
    sealed.git("commit", "--quiet", "--all", "--message", "End")
    sealed.run("archive", "run")
    at = year(sealed)[-8:-4]
    assert number(sealed) == [f"{at}-000001 {OLD[0]}", f"{at}-000002 {OLD[1]}", f"{at}-000003 {OLD[1]}"]
    assert sealed.run("archive", "verify") == "Sealed cases: 2. Archive numbers: 3. Problems: 0.\n"
    assert "audit-arch" not in sealed.run("audit", "HEAD~3..HEAD")


def test_an_audit_finds_changes_of_sealed_cases_and_of_the_archive(sealed: Clone) -> None:
    text = sealed.read(year(sealed))
    sealed.write(year(sealed), text[: text.rindex("  - {")])
    add_by_hand(sealed)
    sealed.git("commit", "--quiet", "--all", "--message", "Tamper")
    said = sealed.run("audit", "HEAD~1..HEAD", code=1)
    assert "C-20230109-6YKVW is archived and was changed." in said
    assert "Entries of the archive were changed or taken out." in said
    sealed.git("rm", "--quiet", year(sealed))
    sealed.git("commit", "--quiet", "--message", "Remove")
    assert "The archive file was deleted or renamed." in sealed.run("audit", "HEAD~2..HEAD", code=1)


def test_a_number_that_is_missing_is_found(sealed: Clone) -> None:
    text = sealed.read(year(sealed))
    first = text.index("  - {")
    sealed.write(year(sealed), text[:first] + text[text.index("  - {", first + 1) :])
    at = year(sealed)[-8:-4]
    said = sealed.run("archive", "verify", code=1)
    assert f"{year(sealed)}:5:16: error: " in said
    assert f"Here belongs {at}-000001, not {at}-000002." in said
    assert "has changes that are no new entries" in sealed.run("archive", "run", code=2)
    sealed.git("commit", "--quiet", "--all", "--message", "Tamper")
    assert "nothing is archived" in sealed.run("archive", "run", code=1)


def test_nothing_else_may_lie_in_the_archive(sealed: Clone) -> None:
    sealed.write("cases/archive/notes.txt", "mine\n")
    assert "cases/archive/notes.txt:1:1: error: " in sealed.run("check", code=1)


# runs that are interrupted


@pytest.mark.parametrize("how", [faults.KILL, faults.FULL, faults.READ_ONLY])
def test_a_run_that_is_stopped_at_any_write_is_finished_by_the_next(clone: Clone, how: str) -> None:
    begin = clone.git("rev-parse", "HEAD").strip()
    strikes = 0
    for ran in faults.struck(clone, clone.folder, how, "archive", "run"):
        strikes += 1
        assert ran.returncode == (-9 if how == faults.KILL else 2), ran.stderr
        assert "Traceback" not in ran.stderr
        clone.run("archive", "verify")
        clone.run("archive", "run")
        assert clone.status() == ""
        assert [line.split()[1] for line in number(clone)] == list(OLD)
        clone.git("reset", "--quiet", "--hard", begin)
        shutil.rmtree(clone.folder / "cases/archive", ignore_errors=True)
        shutil.rmtree(clone.folder / ".cache")
    assert strikes >= 4


def test_a_folder_that_cannot_be_written_is_named(clone: Clone) -> None:
    ran = next(faults.struck(clone, clone.folder / "cases", faults.READ_ONLY, "archive", "run"))
    assert ran.returncode == 2
    assert "cannot be written" in ran.stderr


# several clones


def test_two_clones_never_give_one_number_twice(server: Server) -> None:
    one, two = server.clone("one"), server.clone("two")
    running = [clone.start("archive", "run", "--push") for clone in (one, two)]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    three = server.clone("three")
    assert [line.split()[1] for line in number(three)] == list(OLD)
    assert three.run("archive", "verify") == "Sealed cases: 2. Archive numbers: 2. Problems: 0.\n"


def test_who_was_slower_takes_the_next_numbers(server: Server) -> None:
    one, two = server.clone("one"), server.clone("two")
    held = two.read(path(OLD[0]))
    two.write(path(OLD[0]), f"{held}# not yet\n")
    two.run("archive", "run", code=1)  # seals the second case as 000001, in this clone alone
    two.write(path(OLD[0]), held)
    one.run("archive", "run", "--push")
    other = one.folder / "x"
    assert not other.exists()
    at = year(one)[-8:-4]
    assert two.run("archive", "run", "--push") == "Nothing to archive.\n"
    assert number(two) == [f"{at}-000001 {OLD[0]}", f"{at}-000002 {OLD[1]}"]
    assert two.subjects() == one.subjects()


def test_entries_of_others_are_not_pushed_along(clone: Clone) -> None:
    clone.run("append", OPEN, "note", "--note", "Mine.", "--by", "cs-01", "--as", "customer-service", "--commit")
    said = clone.run("archive", "run", "--push", code=2)
    assert "Push them first: caseledger append --push" in said


# copies


def test_a_copy_is_a_repository_and_always_the_same(sealed: Clone, tmp_path: Path) -> None:
    at = year(sealed)[-8:-4]
    assert sealed.run("archive", "export", at) == f"archive-{at}.zip: 2 cases\n"
    sealed.run("archive", "export", at, "--out", "again.zip")
    copy, again = sealed.folder / f"archive-{at}.zip", sealed.folder / "again.zip"
    assert copy.read_bytes() == again.read_bytes()
    assert "is there already" in sealed.run("archive", "export", at, code=2)
    restored = tmp_path / "restored"
    with zipfile.ZipFile(copy) as found:
        found.extractall(restored)
    subprocess.run(["sha256sum", "--check", "--quiet", copies.SUMS], cwd=restored, check=True)
    words = ["--repo", str(restored)]
    assert sealed.run(*words, "check") == "Cases checked: 2. Errors: 0. Warnings: 0.\n"
    assert sealed.run(*words, "archive", "verify") == "Sealed cases: 2. Archive numbers: 2. Problems: 0.\n"


@pytest.fixture
def with_evidence(clone: Clone) -> Clone:
    """A clone with two sealed cases, of which the first has a file of evidence in a store."""
    clone.write("chat.txt", "The zip tears.\n")
    clone.run("evidence", "add", OLD[0], "chat.txt", "--obtained", "From the consumer, by chat", *WHO)
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "Add evidence")
    clone.run("archive", "run")
    return clone


def restored(clone: Clone, folder: Path, *words: str) -> tuple[str, Path]:
    """What is said of a copy of this year, and the copy unpacked."""
    copy = folder.parent / f"{folder.name}.zip"
    folder.parent.mkdir(exist_ok=True)
    said = clone.run("archive", "export", year(clone)[-8:-4], "--out", str(copy), *words)
    with zipfile.ZipFile(copy) as found:
        found.extractall(folder)
    subprocess.run(["sha256sum", "--check", "--quiet", copies.SUMS], cwd=folder, check=True)
    return said, folder


def test_a_copy_brings_the_evidence_that_lies_in_stores(with_evidence: Clone, tmp_path: Path) -> None:
    said, folder = restored(with_evidence, tmp_path / "a/copy")
    assert said.splitlines()[1:] == ["Files of evidence from stores: 1"]
    restored(with_evidence, tmp_path / "a/again")
    assert (tmp_path / "a/copy.zip").read_bytes() == (tmp_path / "a/again.zip").read_bytes()
    for store in with_evidence.folder.parent.glob("*-evidence"):
        shutil.rmtree(store)
    words = ["--repo", str(folder)]
    assert with_evidence.run(*words, "check").endswith("Errors: 0. Warnings: 0.\n")
    verified = "Files of evidence verified: 2. Kept elsewhere, not read: 0. Problems: 0.\n"
    assert with_evidence.run(*words, "evidence", "verify") == verified
    digest = hashlib.sha256(b"The zip tears.\n").hexdigest()
    assert (folder / f"evidence-copies/evidence/{digest[:2]}/{digest}").read_bytes() == b"The zip tears.\n"


@pytest.mark.parametrize("gone", [True, False])
def test_a_copy_names_the_evidence_that_is_not_in_it(with_evidence: Clone, tmp_path: Path, gone: bool) -> None:
    if gone:
        for store in with_evidence.folder.parent.glob("*-evidence"):
            shutil.rmtree(store)
    _, folder = restored(with_evidence, tmp_path / "a/copy", *([] if gone else ["--without-stores"]))
    digest = hashlib.sha256(b"The zip tears.\n").hexdigest()
    line = f"{digest}  {OLD[0]}  store:evidence/{digest}\n"
    assert (folder / "evidence-copies/absent.txt").read_text("utf-8") == line
    words = ["--repo", str(folder)]
    assert with_evidence.run(*words, "check").endswith("Errors: 0. Warnings: 0.\n")
    assert "chat.txt is not in" in with_evidence.run(*words, "evidence", "verify", code=1)


def test_evidence_that_is_not_what_was_recorded_is_not_copied(with_evidence: Clone, tmp_path: Path) -> None:
    [store] = with_evidence.folder.parent.glob("*-evidence")
    [file] = (path for path in store.rglob("*") if path.is_file())
    file.chmod(0o644)
    file.write_text("Other words..\n", "utf-8")
    said = with_evidence.run("archive", "export", year(with_evidence)[-8:-4], "--out", "copy.zip", code=2)
    assert f"chat.txt of {OLD[0]} is not what was recorded; nothing is copied." in said
    assert not (with_evidence.folder / "copy.zip").exists()


def test_a_copy_brings_the_cases_that_are_named_as_related(tmp_path: Path) -> None:
    case = next(
        file for file in sorted((ROOT / "cases/2025").rglob("C-*.yml")) if "\nrelated:" in file.read_text("utf-8")
    )
    related = yamltext.read(case.read_bytes(), "").data["related"]
    server = Server(tmp_path, shipped(case.stem, *related))
    clone = server.clone("one")
    clone.write("caseledger.yml", clone.read("caseledger.yml") + "archive: {grace: 1 d}\n")
    clone.run("archive", "run", code=0)
    at = year(clone)[-8:-4]
    clone.run("archive", "export", at)
    with zipfile.ZipFile(clone.folder / f"archive-{at}.zip") as found:
        assert {path(one) for one in (case.stem, *related)} <= set(found.namelist())


def test_a_copy_is_written_where_there_is_a_folder(sealed: Clone) -> None:
    said = sealed.run("archive", "export", year(sealed)[-8:-4], "--out", "nowhere/copy.zip", code=2)
    assert "nowhere/copy.zip cannot be written: No such file or directory. Name another file with --out." in said


def test_a_year_without_archive_has_no_copy(sealed: Clone) -> None:
    assert "Nothing was archived in 1999." in sealed.run("archive", "export", "1999", code=2)


def test_what_is_not_as_sealed_is_not_copied(sealed: Clone) -> None:
    sealed.write(path(OLD[0]), "other\n")
    at = year(sealed)[-8:-4]
    assert "nothing is copied" in sealed.run("archive", "export", at, code=1)
    assert not (sealed.folder / f"archive-{at}.zip").exists()


# classes of record, and the file


def test_a_class_of_record_keeps_longer_and_never_shorter(repository: Path) -> None:
    file = repository / "policy/quality/2023-01-01/policy.yml"
    text = file.read_text("utf-8")
    classes = (
        "  classes:\n"
        "    brief: {title: {zh: 短期, en: Brief}, when: {channel: email}, keep: 1 mo}\n"
        "    long: {title: {zh: 长期, en: Long}, when: {grade: general}, keep: 10 y}\n"
    )
    file.write_text(text.replace("keep: 3 y\n  clause: A16\n", f"keep: 3 y\n  clause: A16\n{classes}", 1), "utf-8")
    rulebook = Rulebook(repository)
    policy = rulebook.policy("quality@2023-01-01")
    assert policy
    found = []
    for case_id in OLD:
        case = model.case(yamltext.read((ROOT / path(case_id)).read_bytes(), "").data)
        kept = keeping.kept(fold(case, NOW), policy, rulebook.calendar("CN"))
        assert kept
        found.append((kept.record_class, kept.until.isoformat()))
    assert found == [("long", "2033-01-17"), ("brief", "2026-02-06")]


def test_entries_are_added_as_text(sealed: Clone) -> None:
    file = sealed.folder / year(sealed)
    raw = file.read_bytes().removesuffix(b"\n")
    file.write_bytes(raw)
    known = {name: value for name, value in entries(sealed)[0].items() if name != "number"}
    [added] = writing.add(sealed.folder, int(file.stem), [known])
    assert added.number == f"{file.stem}-000003"
    line = json.dumps({"number": added.number, **known}, ensure_ascii=False)
    assert file.read_bytes() == raw + f"\n  - {line}\n".encode()


def test_an_entry_that_would_be_wrong_is_not_written(sealed: Clone) -> None:
    before = sealed.read(year(sealed))
    with pytest.raises(Refused, match="Nothing is written"):
        writing.add(sealed.folder, int(year(sealed)[-8:-4]), [{"case": "C-1"}])
    assert sealed.read(year(sealed)) == before
