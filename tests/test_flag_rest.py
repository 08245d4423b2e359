"""Requests to a forge: how long one waits, when one asks again, where the token goes."""

import email.utils
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseledger.errors import CannotGoOn
from caseledger.flagging.rest import ATTEMPTS, Rest
from caseledger.flagging.tracker import Refused, Unsure
from tests.forges import Fault, Forge, served

LIST = ("repos", "north", "complaints", "issues")


@pytest.fixture
def forge() -> Iterator[Forge]:
    with served(Forge("github")) as found:
        found.put("One", "")
        yield found


class Client(Rest):
    """A client that notes how long it would have waited."""

    def __init__(self, forge: Forge, token: str = "secret", pace: float = 0.0) -> None:
        self.waits: list[float] = []
        super().__init__(forge.url + forge.home, token, {}, pace, self.waits.append, lambda: 0.5)


def once(forge: Forge, *faults: Fault) -> None:
    """These faults, one after the other, and then none."""
    left = list(faults)
    forge.fault = lambda _request: left.pop(0) if left else None


def test_reading_is_repeated_after_longer_and_longer_waits(forge: Forge) -> None:
    client = Client(forge)
    once(
        forge, Fault(status=502), Fault(), Fault(after=True, cut=True), Fault(status=503, headers={"Retry-After": "7"})
    )
    assert [issue["number"] for issue in client.all(*LIST)] == [1]
    assert client.waits == [1.0, 2.0, 4.0, 7.5]


def test_reading_gives_up_in_the_end(forge: Forge) -> None:
    client = Client(forge)
    forge.fault = lambda _request: Fault(status=500)
    with pytest.raises(CannotGoOn) as found:
        list(client.all(*LIST))
    assert found.value.text.to("en") == (
        f"GET {client.base}/repos/north/complaints/issues: the forge answers 500 Fault."
    )
    assert len(forge.requests) == ATTEMPTS


def test_writing_is_never_repeated(forge: Forge) -> None:
    for fault in (Fault(status=502, after=True), Fault(after=True), Fault(), Fault(after=True, cut=True)):
        forge.requests.clear()
        once(forge, fault)
        with pytest.raises(Unsure):
            Client(forge).send("POST", *LIST, data={"title": "a", "body": "b", "labels": []})
        assert len(forge.requests) == 1


HERE = email.utils.formatdate(1_000_000, usegmt=True)
"""The forge's clock."""


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (Fault(status=429, headers={"Retry-After": "11"}), 11.5),
        (Fault(status=429), 60.5),
        (Fault(status=403, headers={"Retry-After": "0"}), 0.5),
        (
            Fault(status=403, headers={"Date": HERE, "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000042"}),
            42.5,
        ),
        (
            Fault(status=429, headers={"Date": HERE, "RateLimit-Remaining": "0", "RateLimit-Reset": "1000005"}),
            5.5,
        ),
        (
            Fault(status=503, headers={"Date": HERE, "Retry-After": email.utils.formatdate(1_000_030, usegmt=True)}),
            30.5,
        ),
    ],
)
def test_a_forge_is_left_alone_as_long_as_it_asks(forge: Forge, fault: Fault, wait: float) -> None:
    client = Client(forge)
    once(forge, fault)
    assert len(list(client.all(*LIST))) == 1
    assert client.waits == [wait]


def test_who_would_have_to_wait_too_long_leaves_it_to_the_next_run(forge: Forge) -> None:
    client = Client(forge)
    once(forge, Fault(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(CannotGoOn) as found:
        list(client.all(*LIST))
    assert found.value.text.to("en") == (
        f"{client.base} asks to be left alone for 60 minutes. What is missing is for the next run."
    )
    assert client.waits == []


def test_a_refusal_is_final(forge: Forge) -> None:
    client = Client(forge)
    once(forge, Fault(status=403))
    with pytest.raises(Refused) as found:
        list(client.all(*LIST))
    assert found.value.text.to("en").endswith(
        "Has the token in CASELEDGER_FORGE_TOKEN the rights that docs/bots.md names? Are issues enabled?"
    )
    assert client.waits == []


def test_the_token_follows_no_redirection(forge: Forge) -> None:
    once(forge, Fault(status=301, headers={"Location": "http://127.0.0.1:9/elsewhere"}))
    with pytest.raises(Refused) as found:
        list(Client(forge).all(*LIST))
    assert found.value.text.to("en").endswith(
        "The repository has moved; set its new address as forge in caseledger.yml."
    )
    assert len(forge.requests) == 1


def test_the_token_is_that_of_the_environment_whatever_netrc_says(
    forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    list(Client(forge).all(*LIST))
    list(Client(forge, "").all(*LIST))
    assert [request.run for request in forge.requests] == ["secret", ""]


def test_a_forge_that_repeats_the_token_is_not_quoted(forge: Forge) -> None:
    once(forge, Fault(status=422))
    with pytest.raises(Refused) as found:
        list(Client(forge, "Fault").all(*LIST))
    assert "422 ***" in found.value.text.to("en")


def test_an_address_that_nobody_answers_at(forge: Forge) -> None:
    client = Client(forge)
    client.base = "http://127.0.0.1:9"
    with pytest.raises(CannotGoOn) as found:
        client.get("issues")
    assert found.value.text.to("en") == "http://127.0.0.1:9/issues cannot be asked: ConnectionError."


def test_what_stands_in_a_name_stays_in_its_part_of_the_address(forge: Forge) -> None:
    assert not Client(forge).there("repos", "north", "complaints", "assignees", "a/../b?c#d")
    assert forge.requests[0].path == "/api/v3/repos/north/complaints/assignees/a/../b?c#d"
    assert forge.requests[0].query == {}


def test_writes_keep_their_pace(forge: Forge) -> None:
    client = Client(forge, pace=1.0)
    for _ in range(2):
        client.send("POST", *LIST, data={"title": "a", "body": "b", "labels": []})
    assert client.waits == [1.0, 1.0]
