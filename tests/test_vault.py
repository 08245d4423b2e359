"""The vault: who may read and who may not, what is erased, what backups still tell, commands that are interrupted."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage.x25519 import Identity

from caseledger import files
from caseledger.vault import accesslog
from caseledger.vault.keystore import Key, unwrap
from caseledger.vault.places import Places
from caseledger.vault.readers import Reader
from caseledger.vault.store import Vault
from tests import faults
from tests.clones import Clone
from tests.console import ROOT

CASE = "cases/2026/11/C-20261103-7K3QD.yml"
PERSON = {
    "name": "Kari Nordmann",
    "address": "Storgata 1\n0155 Oslo",
    "email": "kari@example.com",
    "phone": "+47 400 00 000",
}
WHY = ("--reason", "Call back about the refund")


class Office(Clone):
    """A case repository, and people with keys of their own."""

    identity = "cs-01"

    @property
    def environment(self) -> dict[str, str]:
        """That of whoever is at work."""
        return {**super().environment, "CASELEDGER_IDENTITY": str(self.secret(self.identity))}

    def secret(self, person: str) -> Path:
        """The file of somebody's secret key."""
        return self.folder.parent / "keys" / f"{person}.txt"

    def hire(self, person: str) -> str:
        """Make somebody's key, and let people.yml name it."""
        public = self.run("private", "keys", "new", "--out", str(self.secret(person))).strip()
        people = self.read("policy/people.yml")
        self.write("policy/people.yml", re.sub(rf"(\n  {person}:[^\n]*\n)", rf"\1    vault_key: {public}\n", people))
        return public

    def let_read(self, *roles: str) -> None:
        """Name the roles that may read."""
        shipped = (ROOT / "caseledger.yml").read_text("utf-8")
        self.write("caseledger.yml", f"{shipped}vault: {{readers: [{', '.join(roles)}]}}\n")

    def put(self, ref: str = "--new", **fields: str) -> str:
        """The reference of a record that is put in."""
        options = [word for name, value in (fields or PERSON).items() for word in (f"--{name}", value)]
        return self.run("private", "put", ref, *options).strip()

    def show(self, ref: str) -> dict[str, Any]:
        """A record, read with a reason."""
        found: dict[str, Any] = json.loads(self.run("private", "show", ref, *WHY, "--format", "json"))
        assert found.pop("ref") == ref
        assert found.pop("schema") == 1
        return found

    def log(self) -> list[str]:
        """What was done to whom, and why."""
        found = json.loads(self.run("private", "log", "--format", "json"))
        return [f"{one['who']} {one['did']} {one['ref']} {one['reason']}".rstrip() for one in found]

    @property
    def vault(self) -> Vault:
        """The vault beside the repository."""
        return Vault(Places(Path(f"{self.folder}-vault"), Path(f"{self.folder}-keys")))

    def keys(self, person: str) -> list[Identity]:
        """Somebody's secret key, read."""
        return [Identity.from_str(self.secret(person).read_text().splitlines()[-1])]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A repository whose customer service may read; cs-01 is at work, qi-01 has a key as well and may not."""
    folder = tmp_path / "complaints"
    shutil.copytree(ROOT / "policy", folder / "policy")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    clone = Office(folder)
    clone.let_read("customer-service")
    clone.hire("cs-01")
    clone.hire("qi-01")
    return clone


def everything(folder: Path) -> bytes:
    """All bytes below a folder, names included, but secret keys."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name != "keys")
    return b"".join(str(path).encode() + path.read_bytes() for path in found)


def state(*folders: Path) -> dict[str, bytes]:
    """Every file below some folders, but locks."""
    return {str(p): p.read_bytes() for f in folders for p in sorted(f.rglob("*")) if p.is_file() and p.name != ".lock"}


def backup(folder: Path, file: Path) -> None:
    """Copy a folder as an archive, as backups do."""
    with tarfile.open(file, "w") as archive:
        archive.add(folder, arcname=".")


def restore(file: Path, folder: Path) -> None:
    """Put a folder back as the archive has it."""
    shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")


# records


def test_a_record_is_put_shown_and_logged(office: Office) -> None:
    ref = office.put()
    assert re.fullmatch("U-[0-9A-HJKMNP-TV-Z]{10}", ref)
    assert office.run("private", "show", ref, *WHY) == (
        f"{ref}\n  Full name: Kari Nordmann\n  Address: Storgata 1\n    0155 Oslo\n"
        "  E-mail address: kari@example.com\n  Telephone: +47 400 00 000\n"
    )
    assert (
        office.run("private", "show", ref.lower(), *WHY, "--field", "phone") == f"{ref}\n  Telephone: +47 400 00 000\n"
    )
    assert office.log() == [f"cs-01 put {ref}", *[f"cs-01 show {ref} {WHY[1]}"] * 2]
    assert office.run("private", "list").split() == [
        *("Consumer", "Cases", "State", "Who", "may", "read", "─" * 43, ref, "0", "kept", "cs-01"),
        *("Records:", "1.", "Erased:", "0."),
    ]


def test_nothing_of_it_can_be_read_on_the_disk(office: Office) -> None:
    ref = office.put()
    office.show(ref)
    found = everything(office.folder.parent)
    assert ref.encode() in found
    assert [value for value in PERSON.values() if value.split("\n")[0].encode() in found] == []
    assert b"AGE-SECRET-KEY" not in found


def test_only_the_owner_gets_at_the_files(office: Office) -> None:
    office.show(office.put())
    for folder in (office.vault.records, office.vault.keys.folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        files = [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(office.secret("cs-01").stat().st_mode) == 0o600


def test_what_is_not_given_stays(office: Office) -> None:
    ref = office.put()
    office.run("private", "put", ref, "--phone", "+47 411 11 111", "--set", "language=nb", "--remove", "address")
    assert office.show(ref) == {
        "name": "Kari Nordmann",
        "email": "kari@example.com",
        "phone": "+47 411 11 111",
        "language": "nb",
    }


def test_whoever_may_not_read_can_still_write(office: Office) -> None:
    ref = office.put()
    office.identity = "nobody"
    assert "There is no key of yours in" in office.run("private", "put", ref, "--name", "Ola", code=2)
    office.run("private", "put", ref, "--replace", "--name", "Ola")
    office.identity = "cs-01"
    assert office.show(ref) == {"name": "Ola"}


@pytest.mark.parametrize("name", ["-", "kari.yml", "kari.json"])
def test_a_record_comes_from_a_file_or_from_standard_input(office: Office, name: str) -> None:
    text = (
        json.dumps(PERSON) if name.endswith("json") else "".join(f"{k}: {json.dumps(v)}\n" for k, v in PERSON.items())
    )
    file = office.folder.parent / name
    file.write_text(text, "utf-8")
    ref = office.run("private", "put", "--new", "--from", name if name == "-" else str(file), stdin=text).strip()
    assert office.show(ref) == PERSON


def test_what_is_missing_is_asked_for(office: Office) -> None:
    said = office.answer("private", "put", "--new", answers="Kari Nordmann\n\n\n+47 400 00 000\n")
    assert office.show(said.split()[-1]) == {"name": "Kari Nordmann", "phone": "+47 400 00 000"}


def test_wrong_fields_are_refused(office: Office) -> None:
    said = office.run("private", "put", "--new", "--set", "nmae=Kari", code=1)
    assert said == (
        "Error: The record is not written: something is wrong with it.\n"
        "the record:2:1: error: The key nmae is not known here. [schema-unknown-key]\n    Did you mean name?\n"
    )
    assert "email is kari. Expected: An e-mail address." in office.run(
        "private", "put", "--new", "--email", "kari", code=1
    )
    said = office.run("private", "put", "--new", "--from", "-", stdin="name: Kari\naddres: Oslo\n", code=1)
    assert "-:2:1: error: The key addres is not known here." in said
    assert "Nothing is given: name fields, or a file with --from." in office.run("private", "put", "--new", code=2)
    assert "Name the consumer (U-…), or say --new" in office.run("private", "put", "--name", "Kari", code=2)
    assert "U-1 is no reference of a consumer" in office.run("private", "put", "U-1", "--name", "Kari", code=2)
    assert state(office.vault.records, office.vault.keys.folder) == {}


def test_nothing_is_shown_without_a_reason(office: Office) -> None:
    ref = office.put()
    assert "Missing option '--reason'" in office.run("private", "show", ref, code=2)
    assert "Say in one line, of 3 to 300 characters, why." in office.run(
        "private", "show", ref, "--reason", " ", code=2
    )
    said = office.run("private", "show", ref, "--reason", "a\x1b[31mb", "--lang", "zh", code=2)
    assert "请用一行文字（3 至 300 个字）说明原因。" in said
    assert office.log() == [f"cs-01 put {ref}"]


@pytest.mark.parametrize("words", [("show",), ("export", "--out", "../copy"), ("erase", "--yes")])
def test_the_log_takes_no_reason_with_personal_data(office: Office, words: tuple[str, ...]) -> None:
    ref, reason = office.put(), "Call her on +44 20 7946 0123"
    said = office.run("private", words[0], ref, "--reason", reason, *words[1:], code=1)
    assert said.startswith("Error: Nothing is done: the reason stays in the log.\n--reason:1:1: error: --reason holds")
    assert "a telephone number: +4…23. [personal-data]" in said
    assert "0123" not in said
    assert office.log() == [f"cs-01 put {ref}"]


def test_the_log_takes_a_reason_with_what_is_allowed(office: Office) -> None:
    allowed = "schema: 1\nallowed:\n  - {value: +44 20 7946 0123, reason: Our hotline, by: aud-01, on: 2026-11-03}\n"
    office.write("policy/allowed-personal-data.yml", allowed)
    ref = office.put()
    office.run("private", "show", ref, "--reason", "She was told to call +44 20 7946 0123")
    assert office.log()[1:] == [f"cs-01 show {ref} She was told to call +44 20 7946 0123"]


def test_what_steers_a_terminal_is_not_obeyed(office: Office) -> None:
    ref = "U-5J2M8Q1TZX"
    reader = Reader("customer-service", "cs-01", str(office.keys("cs-01")[0].to_public()))
    office.vault.put(ref, {"schema": 1, "name": "Kari\x1b[2J\u202e"}, [reader])
    assert office.run("private", "show", ref, *WHY) == f"{ref}\n  Full name: Kari\\u001b[2J\\u202e\n"


@settings(deadline=None, max_examples=50)
@given(
    person=st.dictionaries(st.text(max_size=20), st.text(), max_size=6),
    again=st.dictionaries(st.text(max_size=20), st.text(), max_size=6),
)
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, person: Any, again: Any) -> None:
    folder = tmp_path_factory.mktemp("vault")
    vault, own = Vault(Places(folder / "records", folder / "keys")), Identity.generate()
    reader = Reader("customer-service", None, str(own.to_public()))
    for said in ({**person, "ref": "other"}, again):
        vault.put("U-5J2M8Q1TZX", said, [reader])
        assert vault.open("U-5J2M8Q1TZX", [own]) == {k: v for k, v in said.items() if k != "ref"}
    key = vault.keys.read("U-5J2M8Q1TZX")
    assert isinstance(key, Key)
    plain = pyrage.decrypt(vault.record("U-5J2M8Q1TZX").read_bytes(), unwrap(key, [own]))
    assert len(plain) % 512 == 0


# who may read


def test_who_may_not_read_cannot(office: Office) -> None:
    ref = office.put()
    office.identity = "qi-01"
    said = office.run("private", "show", ref, *WHY, code=2)
    assert said == (
        f"Error: Your key does not open the record of {ref}. Whoever may read has to let you in:"
        " caseledger private keys apply\n"
    )
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(office.vault.record(ref).read_bytes(), office.keys("qi-01"))
    assert office.log() == [f"cs-01 put {ref}"]


def test_a_reader_is_let_in_and_shut_out(office: Office) -> None:
    ref = office.put()
    office.let_read("customer-service", "quality-inspection")
    assert "Not everything is as the settings say" in office.run("private", "keys", "list")
    assert office.run("private", "keys", "apply", "--dry-run") == (
        f"{ref}: may read now: qi-01\nKeys changed: 1. Not opened: 0.\n"
    )
    office.run("private", "keys", "apply")
    assert office.run("private", "keys", "apply") == "Keys changed: 0. Not opened: 0.\n"
    office.identity = "qi-01"
    assert office.show(ref) == PERSON
    key = office.vault.keys.read(ref)
    assert isinstance(key, Key)
    kept = unwrap(key, office.keys("qi-01"))
    before = office.vault.record(ref).read_bytes()

    office.identity = "cs-01"
    office.let_read("customer-service")
    public = str(office.keys("qi-01")[0].to_public())
    assert (
        office.run("private", "keys", "apply")
        == f"{ref}: may not any more: {public}\nKeys changed: 1. Not opened: 0.\n"
    )
    with pytest.raises(pyrage.DecryptError):  # also with the key that they kept
        pyrage.decrypt(office.vault.record(ref).read_bytes(), kept)
    assert office.show(ref) == PERSON
    office.vault.record(ref).write_bytes(before)  # an older backup of the vault
    assert office.show(ref) == PERSON


def test_whoever_leaves_the_role_is_shut_out(office: Office) -> None:
    office.hire("cs-02")
    ref = office.put()
    assert office.run("private", "list").splitlines()[-3].split()[-2:] == ["cs-01,", "cs-02"]
    people = office.read("policy/people.yml")
    left = 'role: customer-service, from: "2023-01-01", to: "2025-01-01"'
    parts = people.partition("Ingrid Solheim")
    office.write(
        "policy/people.yml",
        "".join(parts[:2]) + parts[2].replace('role: customer-service, from: "2023-01-01"', left, 1),
    )
    office.run("private", "keys", "apply")
    office.identity = "cs-02"
    office.run("private", "show", ref, *WHY, code=2)


def test_a_role_has_a_key_of_its_own(office: Office) -> None:
    public = office.run("private", "keys", "new", "--out", str(office.secret("safe"))).strip()
    shipped = (ROOT / "caseledger.yml").read_text("utf-8")
    office.write("caseledger.yml", f"{shipped}vault: {{role_keys: {{legal: {public}}}}}\n")
    ref = office.put()
    assert "legal (key of the role)   legal   1" in office.run("private", "keys", "list")
    office.run("private", "show", ref, *WHY, code=2)
    office.identity = "safe"
    assert office.show(ref) == PERSON
    assert office.log()[-1] == f"cs-01 (legal) show {ref} {WHY[1]}"


def test_one_key_alone_is_warned_of(office: Office) -> None:
    assert "name a second reader" in office.run("private", "keys", "list")


def test_nothing_is_put_in_that_nobody_could_read(office: Office) -> None:
    office.let_read("legal")
    assert "Nobody could read it" in office.run("private", "put", "--new", "--name", "Kari", code=2)
    people = office.read("policy/people.yml")
    office.let_read("customer-service")
    office.write("policy/people.yml", re.sub("vault_key: age1.{58}", f"vault_key: age1{'q' * 58}", people, count=1))
    assert "The key of cs-01 is mistyped" in office.run("private", "put", "--new", "--name", "Kari", code=2)
    assert state(office.vault.records, office.vault.keys.folder) == {}


def test_a_key_that_another_put_there_is_not_believed(office: Office) -> None:
    ref, other = office.put(), office.put()
    file = office.vault.keys.path(ref)
    key = office.vault.keys.read(ref)
    assert isinstance(key, Key)
    stranger = Identity.generate()
    file.write_text(file.read_text().replace(key.recipient, str(stranger.to_public())))
    assert "does not open the record" in office.run("private", "show", ref, *WHY, code=2)
    file.write_text(office.vault.keys.path(other).read_text())
    assert "is damaged" in office.run("private", "show", ref, *WHY, code=2)
    file.write_text(office.vault.keys.path(other).read_text().replace(other, ref))
    office.vault.record(ref).write_bytes(office.vault.record(other).read_bytes())
    assert "is damaged" in office.run("private", "show", ref, *WHY, code=2)


# whose key it is


def test_a_key_that_others_may_read_is_not_used(office: Office) -> None:
    ref = office.put()
    office.secret("cs-01").chmod(0o640)
    assert "Others may read your key" in office.run("private", "show", ref, *WHY, code=2)
    office.secret("cs-01").chmod(0o600)
    office.secret("cs-01").write_text("no key\n")
    assert "cannot be read as a file of age keys" in office.run("private", "show", ref, *WHY, code=2)


def test_a_key_is_never_overwritten(office: Office) -> None:
    before = office.secret("cs-01").read_bytes()
    said = office.run("private", "keys", "new", "--out", str(office.secret("cs-01")), code=2)
    assert "is there already" in said
    assert office.secret("cs-01").read_bytes() == before


def test_the_key_lies_in_the_configuration_of_its_owner(office: Office) -> None:
    own = {name: value for name, value in office.environment.items() if name != "CASELEDGER_IDENTITY"}
    words = [sys.executable, "-m", "caseledger", "private", "keys", "new"]
    ran = subprocess.run(words, env=own, cwd=office.folder, capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.startswith("age1")
    assert (office.folder.parent / ".config/caseledger/identity.txt").is_file()


# where it lies


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("{records: private}", ":18: error: private is in the repository."),
        ("{records: ../one, keys: ../one}", "Records and keys are in the same folder"),
        ("{records: ../one, keys: ../one/keys}", "Records and their keys may not lie in the same place"),
        ("{records: ../git/vault}", "The vault may not lie in a Git repository"),
    ],
)
def test_a_place_that_would_not_do_is_refused(office: Office, named: str, message: str) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", office.folder.parent / "git"], check=True)
    office.write("caseledger.yml", (ROOT / "caseledger.yml").read_text("utf-8") + f"vault: {named}\n")
    ran = subprocess.run(
        [sys.executable, "-m", "caseledger", "private", "list"],
        cwd=office.folder,
        env=office.environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (1, 2)
    assert message in ran.stderr


def test_the_site_knows_nothing_of_the_vault() -> None:
    script = (
        "import caseledger.site.building, caseledger.site.search, sys; print([m for m in sys.modules if 'vault' in m])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout == "['caseledger.rules.settings_vault']\n"


WATCHED = """
import sys
from caseledger.cli.main import run
def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir") and str(args[0]).startswith(sys.argv[1]):
        raise SystemExit(f"opened {args[0]}")
sys.addaudithook(hook)
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        (["private", "list"], True),
        (["check"], False),
        (["list"], False),
        (["site", "build", "--out", "../site"], False),
    ],
)
def test_nothing_but_its_own_commands_opens_the_vault(office: Office, words: list[str], opens: bool) -> None:
    ref = office.put()
    text = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", CASE[14:-4])
    office.write(CASE, re.sub("U-[0-9A-Z]{10}", ref, text))
    command = [sys.executable, "-c", WATCHED, f"{office.folder}-", *words]
    ran = subprocess.run(
        command, cwd=office.folder, env=office.environment, capture_output=True, encoding="utf-8", check=False
    )
    assert ("opened" in ran.stderr) is opens, ran.stderr
    assert (ran.returncode == 0) is not opens, ran.stdout + ran.stderr
    if words[0] == "site":
        built = everything(office.folder.parent / "site")
        assert b"Zip tears" in built
        assert b"Nordmann" not in built


# the log


def test_the_log_tells_when_it_was_altered(office: Office) -> None:
    ref = office.put()
    for _ in range(3):
        office.run("private", "show", ref, *WHY)
    file = office.vault.records / accesslog.NAME
    assert office.run("private", "restore-check") == "Consumers: 1. Erased: 0. Errors: 0.\n"
    whole = file.read_text()
    lines = whole.splitlines(keepends=True)
    for text, line in (
        (whole.replace("Call back", "Look", 1), 3),
        ("".join(lines[:1] + lines[2:]), 2),
        ("".join(lines[1:]), 1),
    ):
        file.write_text(text)
        said = office.run("private", "restore-check", code=1)
        assert f"line {line} does not follow the one before it" in said


def test_a_line_that_was_torn_off_spoils_none_after_it(office: Office) -> None:
    ref = office.put()
    file = office.vault.records / accesslog.NAME
    with file.open("a") as stream:
        stream.write('{"at":"2026-')
    office.show(ref)
    assert office.log() == [f"cs-01 put {ref}", f"cs-01 show {ref} {WHY[1]}"]
    assert accesslog.broken(office.vault.records) is None


def test_accesses_at_the_same_time_are_all_on_the_log(office: Office) -> None:
    ref = office.put()
    running = [office.start("private", "show", ref, *WHY) for _ in range(4)]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert office.log() == [f"cs-01 put {ref}", *[f"cs-01 show {ref} {WHY[1]}"] * 4]
    assert accesslog.broken(office.vault.records) is None


# erasure and backups


def test_what_is_erased_cannot_be_read_in_any_backup_of_the_vault(office: Office, tmp_path: Path) -> None:
    ref, other = office.put(), office.put(name="Ola")
    backup(office.vault.records, tmp_path / "vault.tar")
    keys = state(office.vault.keys.folder)
    linked = tmp_path / "linked.json"  # as some backups keep what has not changed
    os.link(office.vault.keys.path(ref), linked)
    (office.vault.keys.folder / f".{ref}.json.4711.tmp").write_bytes(office.vault.keys.path(ref).read_bytes())
    (office.vault.keys.folder / "old").mkdir()
    shutil.copy(office.vault.keys.path(ref), office.vault.keys.folder / "old" / f"{ref}.json~")
    said = office.run("private", "erase", ref, "--reason", "Asked for it on 2026-11-20", "--yes")
    assert said.startswith(f"{ref}: the key is destroyed; no copy of the record can be read any more.\n")
    assert "is erased cannot be brought back" not in said

    restore(tmp_path / "vault.tar", office.vault.records)
    message = f"Error: The data of {ref} were erased on "
    assert office.run("private", "show", ref, *WHY, code=2).startswith(message)
    assert office.run("private", "put", ref, "--name", "Kari", code=2).startswith(message)
    assert office.show(other) == {"name": "Ola"}
    left = b"".join(state(office.vault.keys.folder).values()) + linked.read_bytes()
    assert [path for path, raw in keys.items() if raw in left] == [str(office.vault.keys.path(other))]
    assert left.count(b"wrapped") == 1

    said = office.run("private", "restore-check")
    assert said.startswith(f"{ref}: erased again; the data were erased on ")
    assert not office.vault.record(ref).exists()
    assert office.run("private", "restore-check") == "Consumers: 2. Erased: 1. Errors: 0.\n"


def test_an_older_key_store_is_told_what_was_erased(office: Office, tmp_path: Path) -> None:
    ref = office.put()
    backup(office.vault.keys.folder, tmp_path / "keys.tar")
    backup(office.vault.records, tmp_path / "vault.tar")
    office.run("private", "erase", ref, "--reason", "Asked for it", "--yes")
    newer = tmp_path / "newer"
    shutil.copytree(office.vault.records, newer)

    restore(tmp_path / "keys.tar", office.vault.keys.folder)
    assert "were erased on" in office.run("private", "show", ref, *WHY, code=2)  # the vault remembers
    restore(tmp_path / "vault.tar", office.vault.records)
    assert office.show(ref) == PERSON  # both forgot: the one danger
    said = office.run("private", "restore-check", "--tombstones", str(newer))
    assert f"{ref}: erased again; the data were erased on " in said
    assert "were erased on" in office.run("private", "show", ref, *WHY, code=2)
    assert not office.vault.record(ref).exists()
    assert b"wrapped" not in office.vault.keys.path(ref).read_bytes()


def test_once_readers_changed_their_keys_no_older_key_store_can_be_read(office: Office, tmp_path: Path) -> None:
    ref = office.put()
    backup(office.vault.keys.folder, tmp_path / "keys.tar")
    backup(office.vault.records, tmp_path / "vault.tar")
    office.run("private", "erase", ref, "--reason", "Asked for it", "--yes")
    kept = office.put(name="Ola")
    office.secret("cs-01").rename(office.secret("old"))
    people = office.read("policy/people.yml")
    office.write("policy/people.yml", re.sub(r"    vault_key: age1\w+\n", "", people, count=1))
    office.hire("cs-01")
    both = office.secret("old").read_text() + office.secret("cs-01").read_text()
    office.secret("both").touch(0o600)
    office.secret("both").write_text(both)
    office.identity = "both"
    office.run("private", "keys", "apply")
    office.secret("both").unlink()
    office.secret("old").unlink()

    office.identity = "cs-01"
    assert office.show(kept) == {"name": "Ola"}
    restore(tmp_path / "keys.tar", office.vault.keys.folder)
    restore(tmp_path / "vault.tar", office.vault.records)
    assert "Your key does not open the record" in office.run("private", "show", ref, *WHY, code=2)


def test_erasing_asks_and_says_what_is_left(office: Office) -> None:
    ref = office.put()
    text = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", CASE[14:-4])
    office.write(CASE, re.sub("U-[0-9A-Z]{10}", ref, text))
    assert "say --yes" in office.run("private", "erase", ref, "--reason", "Asked for it", code=2)
    said = office.answer("private", "erase", ref, "--reason", "Asked for it", answers="n\n", code=2)
    assert "Stopped; nothing was written." in said
    said = office.answer("private", "erase", ref, "--reason", "Asked for it", answers="y\n")
    assert f"Look whether their words still tell who it was: {CASE}\n" in said
    assert f"cs-01 erase {ref} Asked for it" in office.log()
    listed = json.loads(office.run("private", "list", "--format", "json"))
    assert [(one["ref"], one["record"], one["key"], one["erased"]["reason"]) for one in listed] == [
        (ref, False, False, "Asked for it")
    ]
    assert listed[0]["cases"] == 1
    assert "The vault holds no record of U-0000000000." in office.run(
        "private", "erase", "U-0000000000", "--reason", "Mistyped", "--yes", code=2
    )


def test_nothing_is_erased_under_a_legal_hold(office: Office) -> None:
    ref, other = office.put(), office.put(name="Ola")
    text = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", CASE[14:-4])
    office.write(CASE, re.sub("U-[0-9A-Z]{10}", ref, text))
    hold = {"hold": "H-20261103-7K3QD", "type": "placed", "cases": [CASE[14:-4]], "at": "2026-11-03T09:12:00+08:00"}
    hold |= {"by": "le-01", "as": "legal", "reason": "Lawsuit"}
    office.write("cases/archive/holds.yml", f"schema: 1\nholds:\n  - {json.dumps(hold)}\n")
    words = ["--reason", "Asked for it", "--yes"]
    said = office.run("private", "erase", other, ref, *words, code=2)
    assert f"Error: {ref} is not erased: on {CASE[14:-4]} stands the legal hold H-20261103-7K3QD: Lawsuit." in said
    assert office.show(ref) == PERSON
    assert office.show(other) == {"name": "Ola"}
    office.run("private", "erase", ref, *words, "--despite-hold")
    assert office.log()[-1] == f"cs-01 erase --despite-hold {ref} Asked for it"
    office.write("cases/archive/holds.yml", "schema: 1\nholds: {}\n")
    assert "The legal holds cannot be read." in office.run("private", "erase", other, *words, code=1)


def test_records_without_cases_are_listed(office: Office) -> None:
    ref, other = office.put(), office.put(name="Ola")
    text = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", CASE[14:-4])
    office.write(CASE, re.sub("U-[0-9A-Z]{10}", ref, text))
    listed = json.loads(office.run("private", "list", "--without-cases", "--format", "json"))
    assert [one["ref"] for one in listed] == [other]
    office.run("private", "erase", other, "--reason", "No case is left", "--yes")
    assert office.run("private", "list", "--without-cases") == "Records: 0. Erased: 0.\n"


def test_what_a_restore_brought_back_wrongly_is_named(office: Office) -> None:
    first, second, third = (office.put() for _ in range(3))
    office.vault.keys.path(first).unlink()
    office.vault.record(second).unlink()
    office.vault.record(third).write_bytes(b"other")
    office.vault.record(third).chmod(0o644)
    said = office.run("private", "restore-check", code=1)
    assert f"{first}: the record has no key, and nobody can read it." in said
    assert f"{second}: there is a key, but no record." in said
    assert f"{third}.age is damaged." in said
    assert f"{third}.age: others may read it" in said
    assert said.endswith("Consumers: 3. Erased: 0. Errors: 2.\n")


# requests for access


def test_everything_that_is_held_is_exported(office: Office, tmp_path: Path) -> None:
    ref = office.put(name="Kari [x](https://example.com) <script>", phone="+47 400 00 000")
    text = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", CASE[14:-4])
    office.write(CASE, re.sub("U-[0-9A-Z]{10}", ref, text))
    office.write(CASE.replace("7K3QD", "7K3QE"), text.replace("7K3QD", "7K3QE"))
    out = tmp_path / "handed-out"
    said = office.run("private", "export", ref, "--reason", "Request of 2026-11-20", "--out", str(out))
    assert said == f"{out / ref}.json\n{out / ref}.md\n"
    held = json.loads((out / f"{ref}.json").read_text("utf-8"))
    assert held["record"]["phone"] == "+47 400 00 000"
    assert [case["id"] for case in held["cases"]] == [CASE[14:-4]]
    assert [one["did"] for one in held["accesses"]] == ["put", "export"]
    shown = (out / f"{ref}.md").read_text("utf-8")
    assert "- Full name: Kari \\[x\\](https\\://example.com) \\<script\\>" in shown
    assert f"## {CASE[14:-4]}: " in shown
    assert "Request of 2026-11-20" in shown
    assert stat.S_IMODE((out / f"{ref}.md").stat().st_mode) == 0o600
    said = office.run("private", "export", ref, "--reason", "Request", "--out", "here", code=2)
    assert "is in a Git repository, which never forgets." in said
    assert "Nothing is held about U-0000000000." in office.run(
        "private", "export", "U-0000000000", "--reason", "Request", "--out", str(out), code=2
    )


def test_an_export_after_erasure_says_so(office: Office, tmp_path: Path) -> None:
    ref = office.put()
    office.run("private", "erase", ref, "--reason", "Asked for it", "--yes")
    office.run("private", "export", ref, "--reason", "Request", "--out", str(tmp_path / "out"), "--lang", "zh")
    shown = (tmp_path / "out" / f"{ref}.md").read_text("utf-8")
    assert "已清除" in shown
    assert "Kari" not in shown


# interruptions


@pytest.mark.parametrize(
    ("what", "how"),
    [
        *((what, faults.KILL) for what in ("new", "change", "erase", "apply")),
        ("erase", faults.FULL),
        ("apply", faults.READ_ONLY),
    ],
)
def test_a_command_that_is_stopped_leaves_the_old_or_the_new(office: Office, what: str, how: str) -> None:
    ref, vault, own = office.put(), office.vault, office.keys("cs-01")
    fresh = "U-5J2M8Q1TZX"
    words = {
        "new": ["put", fresh, "--name", "Ola"],
        "change": ["put", ref, "--name", "Ola"],
        "erase": ["erase", ref, "--reason", "Asked for it", "--yes"],
        "apply": ["keys", "apply"],
    }[what]
    if what == "apply":
        office.let_read("customer-service", "quality-inspection")
        office.run("private", "keys", "apply")
        office.let_read("customer-service")
    folders = (vault.records, vault.keys.folder)
    before = state(*folders)
    strikes = 0
    for ran in faults.struck(office, Path(f"{office.folder}-"), how, "private", *words):
        strikes += 1
        assert "Traceback" not in ran.stderr, ran.stderr
        if how != faults.KILL and ran.returncode:  # to make a folder that is there already fails without harm
            assert ran.returncode == 2, ran.stderr
            assert "cannot be written" in ran.stderr
        if what == "new":
            assert (
                fresh not in vault.refs() or not vault.record(fresh).exists() or vault.open(fresh, own)["name"] == "Ola"
            )
        if what == "erase":
            erased = vault.keys.erased(ref) is not None
            assert erased or vault.open(ref, own)["name"] == "Kari Nordmann"
            assert erased == (b"wrapped" not in vault.keys.path(ref).read_bytes())
        else:
            assert vault.open(ref, own)["name"] in ("Kari Nordmann", "Ola")
        office.run("private", *words)
        expected = {"new": "Kari Nordmann", "change": "Ola", "erase": None, "apply": "Kari Nordmann"}[what]
        if expected:
            assert vault.open(ref, own)["name"] == expected
        else:
            assert vault.erased(ref)
            assert not vault.record(ref).exists()
            assert b"wrapped" not in b"".join(state(vault.keys.folder).values())
        if what == "apply":
            wrapped = vault.keys.read(ref)
            assert isinstance(wrapped, Key)
            [identity, *_] = unwrap(wrapped, own)
            pyrage.decrypt(vault.record(ref).read_bytes(), [identity])
        assert accesslog.broken(vault.records) is None
        shutil.rmtree(vault.records)
        shutil.rmtree(vault.keys.folder)
        for path, raw in before.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(raw)
    assert strikes >= 3


def test_a_bug_tells_nothing_of_the_record(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from caseledger.cli.main import run

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    ref = office.put()
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "logs"))
    (tmp_path / "logs").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(office.folder)
    monkeypatch.setattr(files, "put_private", broken)
    assert run(["private", "put", ref, "--name", "Planted Marker"]) == 3
    [log] = (tmp_path / "logs").glob("*.log")
    assert "RuntimeError: broken" in log.read_text()
    assert "Planted" not in log.read_text()
