"""A restore drill: on a copy of the shipped cases one thing after the other is lost, and brought back from backups.

`make drill` prints what was lost, what was done about it, and what survived; docs/operations.md shows it, and a test
compares.
Everything is real: a Git server, clones, a vault with its key store, a store of evidence, archives that are made and
unpacked. It exits with 1 as soon as something is not as it is said there.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-m", "caseledger"]
SHIPPED = ("cases", "policy", "reviews")
PERSON, EMAIL = "cs-01", "lin.xiaoqing@example.cn"
WHY = ("--reason", "Restore drill")


class NotAsSaid(Exception):
    """Something survived that should not have, or the other way round."""


class House:
    """A company: a server, the clone `office` with its vault, key store and evidence beside it, backups of all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office, self.server, self.backups = folder / "office", folder / "server.git", folder / "backups"
        self.vault, self.keys, self.evidence = (folder / f"office-{name}" for name in ("vault", "keys", "evidence"))

    def copy(self, folder: Path) -> "House":
        """The same company once more, to lose something in."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return House(folder)

    def git(self, *words: str, cwd: Path | None = None, code: int = 0) -> str:
        """What a git command prints."""
        return self._run(["git", *words], cwd or self.office, code)

    def run(self, *words: str, code: int = 0) -> str:
        """What caseledger prints, its errors included."""
        return self._run([*PROGRAM, *words], self.office, code)

    @property
    def newest(self) -> str:
        """The newest case."""
        return sorted((self.office / "cases").glob("20*/*/C-*.yml"))[-1].stem

    def record(self, note: str, *words: str, code: int = 0) -> str:
        """An entry, put at the end of the newest case."""
        who = ("--by", PERSON, "--as", "customer-service")
        return self.run("append", self.newest, "note", "--note", note, *who, *words, code=code)

    def obtained(self, file: Path) -> None:
        """Evidence, added to the newest case."""
        who = ("--by", PERSON, "--as", "customer-service", "--obtained", "From the consumer", "--commit")
        self.run("evidence", "add", self.newest, str(file), *who)

    def recorded(self, note: str) -> bool:
        """Whether an entry is in a case of the clone."""
        return any(note.encode() in path.read_bytes() for path in (self.office / "cases").glob("20*/*/C-*.yml"))

    def put(self, name: str) -> str:
        """The reference of a consumer whom the vault takes in."""
        return self.run("private", "put", "--new", "--name", name).split()[-1]

    def reads(self, ref: str) -> bool:
        """Whether the record of a consumer can be read."""
        ran = subprocess.run(
            [*PROGRAM, "private", "show", ref, *WHY],
            cwd=self.office,
            env=self._environment,
            capture_output=True,
            check=False,
        )
        return ran.returncode == 0

    def back_up(self) -> None:
        """Back everything up, as docs/operations.md says."""
        self.backups.mkdir()
        self.git("bundle", "create", "--quiet", str(self.backups / "complaints.bundle"), "--all", cwd=self.server)
        for folder in (self.vault, self.keys, self.evidence):
            with tarfile.open(self.backups / f"{folder.name}.tar", "w") as archive:
                archive.add(folder, arcname=".")

    def restore(self, folder: Path) -> None:
        """Put a folder back from its backup."""
        with tarfile.open(self.backups / f"{folder.name}.tar") as archive:
            archive.extractall(folder, filter="data")

    @property
    def _environment(self) -> dict[str, str]:
        own = {"LANGUAGE": "en", "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(self.folder)}
        return {"PATH": os.environ["PATH"], "CASELEDGER_IDENTITY": str(self.folder / "my-key.txt"), **own}

    def _run(self, words: list[str], cwd: Path, code: int) -> str:
        ran = subprocess.run(words, cwd=cwd, env=self._environment, capture_output=True, encoding="utf-8", check=False)
        if ran.returncode != code:
            raise NotAsSaid(f"{' '.join(words)} gave {ran.returncode}, not {code}:\n{ran.stdout}{ran.stderr}")
        return ran.stdout + ran.stderr


def say(line: str) -> None:
    """Print one line of the report."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def expect(fact: bool, line: str) -> None:
    """Print what is so; NotAsSaid if it is not."""
    if not fact:
        raise NotAsSaid(line)
    say(f"  {line}")


def built(folder: Path) -> tuple[House, dict[str, str]]:
    """A company at work since yesterday's backups, and its consumers: `kept`, `erased` and `new` since then."""
    house = House(folder)
    folder.mkdir()
    house.git("init", "--quiet", "--bare", "--initial-branch=main", str(house.server), cwd=folder)
    house.git("clone", "--quiet", "server.git", "office", cwd=folder)
    house.git("remote", "set-url", "origin", "../server.git")
    for name, value in (("user.name", PERSON), ("user.email", EMAIL)):
        house.git("config", "--file", str(folder / ".gitconfig"), name, value)
    for name in SHIPPED:
        shutil.copytree(ROOT / name, house.office / name)
    for name in ("caseledger.yml", ".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, house.office)
    _let_read(house)
    house.git("add", "--all")
    house.git("commit", "--quiet", "--message", "Begin")
    house.git("push", "--quiet", "--set-upstream", "origin", "HEAD:main")
    house.run("archive", "run", "--push")
    for name in ("laboratory-report.txt", "chat.txt"):
        (folder / name).write_text(f"The words of {name}.\n", "utf-8")
        house.obtained(folder / name)
    house.git("push", "--quiet")
    consumers = {"kept": house.put("Kari Nordmann"), "erased": house.put("Ola Hansen")}
    house.back_up()
    house.record("After the backup, pushed.", "--push")
    house.record("After the backup, not pushed.", "--commit")
    consumers["new"] = house.put("Anna Lind")
    house.run("private", "erase", consumers["erased"], "--reason", "Asked for it", "--yes")
    return house, consumers


def _let_read(house: House) -> None:
    """Let customer service read the vault, and a key that lies in a safe."""
    mine = house.run("private", "keys", "new").split()[0]
    safe = house.run("private", "keys", "new", "--out", str(house.folder / "safe.txt")).split()[0]
    people = house.office / "policy" / "people.yml"
    with_key = f"emails: [{EMAIL}]\n    vault_key: {mine}\n"
    people.write_text(people.read_text("utf-8").replace(f"emails: [{EMAIL}]\n", with_key), "utf-8")
    settings = house.office / "caseledger.yml"
    vault = f"vault: {{readers: [customer-service], role_keys: {{legal: {safe}}}}}\n"
    settings.write_text(settings.read_text("utf-8") + vault, "utf-8")


def clone_lost(house: House, consumers: dict[str, str]) -> None:
    """A clone is lost: cloned anew from the server."""
    shutil.rmtree(house.office)
    house.git("clone", "--quiet", "server.git", "office", cwd=house.folder)
    _whole(house)
    expect(house.recorded("After the backup, pushed."), "survives: what was pushed, also after the backup")
    expect(not house.recorded("After the backup, not pushed."), "lost: an entry that was recorded and not pushed")
    expect(house.reads(consumers["kept"]), "survives: the vault, which lies elsewhere")


def server_lost(house: House, _consumers: dict[str, str]) -> None:
    """The server is lost: made anew from the backup, then from what a colleague's clone has besides."""
    shutil.rmtree(house.server)
    house.git("clone", "--quiet", "--mirror", "backups/complaints.bundle", "server.git", cwd=house.folder)
    subjects = house.git("log", "--format=%s", "main", cwd=house.server)
    expect("After the backup" not in subjects, "from the backup: everything up to the backup")
    house.run("append", "--push")
    house.git("fetch", "--quiet")
    expect(
        house.git("rev-list", "--count", "origin/main..main") == "0\n", "from a clone: everything since, nothing lost"
    )
    _whole(house)


def vault_lost(house: House, consumers: dict[str, str]) -> None:
    """The records of the vault are lost: restored, then `private restore-check`."""
    shutil.rmtree(house.vault)
    house.restore(house.vault)
    said = house.run("private", "restore-check")
    expect(
        f"{consumers['erased']}: erased again" in said, "stays erased: the key store says so of a record that came back"
    )
    expect(
        f"{consumers['new']}: there is a key, but no record" in said, "lost: a record put in after the backup, by name"
    )
    expect(house.reads(consumers["kept"]), "survives: every record of the backup")
    expect(not house.reads(consumers["erased"]), "cannot be read: what was erased")


def key_store_lost(house: House, consumers: dict[str, str]) -> None:
    """The key store is lost: restored from its own short backup, then `private restore-check`."""
    shutil.rmtree(house.keys)
    house.restore(house.keys)
    said = house.run("private", "restore-check", code=1)
    expect(f"{consumers['erased']}: erased again" in said, "stays erased: the vault says so of a key that came back")
    expect(f"{consumers['new']}: the record has no key" in said, "lost: a key made after the backup, by name")
    expect(house.reads(consumers["kept"]), "survives: every key of the backup")
    expect(not house.reads(consumers["erased"]), "cannot be read: what was erased")


def vault_and_key_store_lost(house: House, consumers: dict[str, str]) -> None:
    """Both are lost, and the backups are from before an erasure: `private restore-check --tombstones`."""
    elsewhere = house.folder / "copy-of-the-tombstones"
    shutil.copytree(house.vault / "erased", elsewhere)
    for folder in (house.vault, house.keys):
        shutil.rmtree(folder)
        house.restore(folder)
    house.run("private", "restore-check")
    expect(house.reads(consumers["erased"]), "the one danger: both forgot, what was erased can be read again")
    said = house.run("private", "restore-check", "--tombstones", str(elsewhere))
    expect(f"{consumers['erased']}: erased again" in said, "erased again: by a copy of the tombstones")
    expect(not house.reads(consumers["erased"]), "cannot be read: what was erased")


def key_store_lost_for_ever(house: House, consumers: dict[str, str]) -> None:
    """The key store is lost with its backups."""
    shutil.rmtree(house.keys)
    (house.backups / f"{house.keys.name}.tar").unlink()
    said = house.run("private", "restore-check", code=1)
    expect(said.count("the record has no key") == 2, "lost: every record, for ever, each by name")
    expect(not house.reads(consumers["kept"]), "cannot be read: any of them, by anybody")
    house.run("private", "put", consumers["kept"], "--name", "Kari Nordmann")
    expect(house.reads(consumers["kept"]), "put in anew: under the reference that stands in the cases")
    _whole(house)


def readers_key_lost(house: House, consumers: dict[str, str]) -> None:
    """A reader's key is lost: the key in the safe lets a new one in."""
    mine = house.folder / "my-key.txt"
    mine.unlink()
    expect(not house.reads(consumers["kept"]), "cannot be read: anything, by whoever lost the key")
    public = house.run("private", "keys", "new").split()[0]
    people = house.office / "policy" / "people.yml"
    people.write_text(re.sub(r"vault_key: \w+", f"vault_key: {public}", people.read_text("utf-8"), count=1), "utf-8")
    new = mine.read_bytes()
    mine.write_bytes((house.folder / "safe.txt").read_bytes())
    house.run("private", "keys", "apply")
    mine.write_bytes(new)
    expect(house.reads(consumers["kept"]), "survives: every record, by the key in the safe")


def evidence_lost(house: House, _consumers: dict[str, str]) -> None:
    """The store of evidence is lost: restored, every file hashed again by `evidence verify`."""
    shutil.rmtree(house.evidence)
    said = house.run("evidence", "verify", code=1)
    expect(said.count("[evidence-missing]") == 2, "lost: what was in it, every file by name and case")
    _whole(house)
    house.restore(house.evidence)
    verified = house.run("evidence", "verify").splitlines()[-1]
    expect(" Problems: 0." in verified, f"survives, bit for bit: {verified}")


def half_a_push(house: House, _consumers: dict[str, str]) -> None:
    """The server is killed while it takes in a push."""
    before = house.git("rev-parse", "main", cwd=house.server)
    hook = house.server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n", "utf-8")
    hook.chmod(0o755)
    house.run("append", "--push", code=2)
    expect(house.git("rev-parse", "main", cwd=house.server) == before, "unchanged: the branch on the server")
    house.git("fsck", "--strict", "--no-dangling", cwd=house.server)
    say("  whole: the repository on the server (git fsck)")
    expect(house.recorded("After the backup, not pushed."), "survives: the entry, in the clone")
    hook.unlink()
    house.run("append", "--push")
    expect(house.git("rev-parse", "main", cwd=house.server) != before, "arrives: the entry, by the same command again")
    _whole(house)


DRILLS: tuple[Callable[[House, dict[str, str]], None], ...] = (
    clone_lost,
    server_lost,
    vault_lost,
    key_store_lost,
    vault_and_key_store_lost,
    key_store_lost_for_ever,
    readers_key_lost,
    evidence_lost,
    half_a_push,
)


def _whole(house: House) -> None:
    """Every case passes, and what was sealed is as it was sealed."""
    checked, verified = (house.run(*words).splitlines()[-1] for words in (["check"], ["archive", "verify"]))
    expect(" Errors: 0." in checked, f"whole: {checked}")
    expect(" Problems: 0." in verified, f"whole: {verified}")


def main() -> int:
    """Lose one thing after the other, each in a copy of its own."""
    with tempfile.TemporaryDirectory() as home:
        house, consumers = built(Path(home) / "house")
        for drill in DRILLS:
            say((drill.__doc__ or "").strip())
            try:
                drill(house.copy(Path(home) / drill.__name__), consumers)
            except NotAsSaid as error:
                say(f"  NOT AS docs/operations.md SAYS: {error}")
                return 1
    say("Everything is as docs/operations.md says.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
