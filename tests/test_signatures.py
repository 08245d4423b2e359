"""Signed commits, with real keys: by whom, and by whose leave."""

import subprocess
from pathlib import Path

import pytest

from caseledger.history import signatures
from caseledger.history.repository import Repository
from caseledger.history.signatures import Signature, State
from tests.casework import event
from tests.ledger import LIN, Ledger
from tests.test_attribution import audit

CODES = ("audit-signature", "audit-signers")
AT = "2026-11-03T18:00:00+08:00"
NOTE = event("2026-11-03 17:00", "note", note="x")
INGRID = "Ingrid <ingrid.solheim@example.com>"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pairs of keys: lin and stranger."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("lin", "stranger"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True)
    return folder


@pytest.fixture
def ledger(repository: Path, keys: Path) -> Ledger:
    """A ledger that asks for signatures and allows Lin's."""
    with (repository / "caseledger.yml").open("a", encoding="utf-8") as settings:
        settings.write("signatures: required\n")
    allow(repository, keys, "lin.xiaoqing@example.cn")
    return Ledger(repository)


def allow(root: Path, keys: Path, principals: str, key: str = "lin", options: str = "") -> None:
    line = f"{principals} {options}{(keys / key).with_suffix('.pub').read_text('utf-8')}"
    (root / "policy/allowed_signers").write_text(line, "utf-8")


def sign(ledger: Ledger, key: Path) -> str:
    """The newest commit, signed."""
    ledger.git(
        "-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "commit", "-q", "--amend", "--no-edit", "-S",
        GIT_COMMITTER_DATE=AT,
    )  # fmt: skip
    return ledger.git("rev-parse", "HEAD")


def record(ledger: Ledger, author: str = LIN) -> None:
    ledger.write(NOTE)
    ledger.commit(author, AT)


def found(ledger: Ledger, span: str = "HEAD~1..HEAD", code: int = 1) -> list[str]:
    return audit(ledger, span, code=code, codes=CODES)


def test_a_commit_signed_by_its_author_passes(ledger: Ledger, keys: Path) -> None:
    record(ledger)
    sign(ledger, keys / "lin")
    assert found(ledger, code=0) == []


def test_a_commit_without_signature_does_not(ledger: Ledger) -> None:
    record(ledger)
    assert found(ledger) == ["1 error The commit is not signed."]


def test_nor_one_by_a_key_that_is_not_allowed(ledger: Ledger, keys: Path) -> None:
    record(ledger)
    head = sign(ledger, keys / "stranger")
    with Repository(ledger.root) as repository:
        key = signatures.verify(repository, [head], None)[head].key
    assert key.startswith("SHA256:")
    assert found(ledger) == [
        f"1 error The commit is signed with the key {key}, which policy/allowed_signers of the base does not allow."
    ]


def test_nor_one_whose_author_is_somebody_else(ledger: Ledger, keys: Path) -> None:
    record(ledger, INGRID)
    sign(ledger, keys / "lin")
    assert found(ledger) == ["1 error The commit is signed by cs-01, but its author is cs-02."]


def test_nor_one_that_was_changed_after_it_was_signed(ledger: Ledger, keys: Path) -> None:
    record(ledger)
    sign(ledger, keys / "lin")
    raw = ledger.git("cat-file", "commit", "HEAD").replace("A change", "Another") + "\n"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=ledger.root, input=raw, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ledger.git("reset", "-q", "--hard", made.stdout.strip())
    assert found(ledger) == ["1 error The signature of the commit is wrong."]


def test_nor_one_with_a_signature_of_another_kind(ledger: Ledger) -> None:
    record(ledger)
    head, _, message = ledger.git("cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=ledger.root, input=f"{head}\n{signature}\n\n{message}\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    ledger.git("reset", "-q", "--hard", made.stdout.strip())
    assert found(ledger) == ["1 error The commit is not signed with SSH; no other signature is verified."]


def test_a_change_does_not_bring_the_key_that_it_is_verified_by(ledger: Ledger, keys: Path) -> None:
    allow(ledger.root, keys, "lin.xiaoqing@example.cn", "stranger")
    record(ledger)
    sign(ledger, keys / "stranger")
    lines = found(ledger)
    assert len(lines) == 2
    assert "1 warning The list of allowed signers was changed." in lines


def test_a_change_does_not_free_itself_from_signatures(ledger: Ledger) -> None:
    path = ledger.root / "caseledger.yml"
    path.write_text(path.read_text("utf-8").replace("signatures: required\n", ""), "utf-8")
    record(ledger)
    assert sorted(found(ledger)) == [
        "1 error The commit is not signed.",
        "1 warning Signatures are no longer asked for.",
    ]


def test_a_principal_that_is_nobodys_address_does_not_stand_for_the_author(ledger: Ledger, keys: Path) -> None:
    allow(ledger.root, keys, "*@example.cn")
    record(ledger)
    sign(ledger, keys / "lin")
    record(ledger)
    ledger.write(NOTE, NOTE)
    ledger.commit(LIN, AT)
    sign(ledger, keys / "lin")
    assert found(ledger) == ["1 error The commit is signed by *@example.cn, but its author is cs-01."]


def test_a_key_counts_for_as_long_as_the_list_says(ledger: Ledger, keys: Path) -> None:
    allow(ledger.root, keys, "lin.xiaoqing@example.cn", options='valid-before="20251231" ')
    ledger.commit(LIN, AT)
    record(ledger)
    sign(ledger, keys / "lin")
    assert "which policy/allowed_signers of the base does not allow." in found(ledger)[0]


def test_a_merge_that_changes_nothing_itself_needs_no_signature(ledger: Ledger, keys: Path) -> None:
    base = ledger.git("rev-parse", "HEAD")
    ledger.git("checkout", "-q", "-b", "side")
    record(ledger)
    sign(ledger, keys / "lin")
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--no-ff", "-m", "A merge", "side")
    assert found(ledger, f"{base}..HEAD", code=0) == []
    ledger.write(NOTE, event("2026-11-03 17:30", "note", note="y"))
    ledger.git("add", "-A")
    ledger.git("commit", "-q", "--amend", "--no-edit", GIT_COMMITTER_DATE=AT)
    assert found(ledger, f"{base}..HEAD") == ["1 error The commit is not signed."]


def test_what_does_not_belong_to_the_case_repository_needs_none(ledger: Ledger) -> None:
    (ledger.root / "README.md").write_text("x", "utf-8")
    ledger.commit(LIN, AT)
    assert found(ledger, code=0) == []


def test_where_none_are_asked_for_none_are_missed(repository: Path) -> None:
    ledger = Ledger(repository)
    record(ledger)
    assert found(ledger, code=0) == []


def test_many_commits_are_verified_at_once_and_settings_of_whoever_verifies_play_no_part(
    ledger: Ledger, keys: Path
) -> None:
    made = []
    for number in range(5):
        ledger.write(*[NOTE] * (number + 1))
        ledger.commit(LIN, AT)
        made.append(sign(ledger, keys / "lin") if number % 2 else ledger.git("rev-parse", "HEAD"))
    ledger.git("config", "gpg.ssh.program", "false")
    ledger.git("config", "gpg.ssh.allowedSignersFile", "nowhere")
    ledger.git("config", "log.showSignature", "true")
    with Repository(ledger.root) as repository:
        allowed = (ledger.root / "policy/allowed_signers").read_bytes()
        states = signatures.verify(repository, made, allowed)
        assert [states[name].state for name in made] == [State.NONE, State.GOOD] * 2 + [State.NONE]
        assert states[made[1]].signer == "lin.xiaoqing@example.cn"
        assert signatures.verify(repository, [], allowed) == {}
        assert signatures.verify(repository, made[:1], None) == {made[0]: Signature(State.NONE)}
