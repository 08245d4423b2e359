"""Appending is text: what was there stays to the byte, and a crash leaves the old file or the new."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger import files, instant, recording, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.rulebook import Rulebook
from tests.opened import BASE

NOW = instant.parse("2026-11-22T12:00:00+08:00")
CASE = BASE.partition("\n")[2]
VERIFIED = {
    "at": "2026-11-03T10:40:00+08:00",
    "type": "verified",
    "by": "cs-01",
    "as": "customer-service",
    "in_scope": True,
    "complete": True,
}
ADDED = """\
  - at: "2026-11-03T10:40:00+08:00"
    type: verified
    by: cs-01
    as: customer-service
    in_scope: true
    complete: true
"""


@pytest.fixture
def rulebook(repository: Path) -> Rulebook:
    return Rulebook(repository)


@pytest.fixture
def path(repository: Path) -> Path:
    found = files.case_path(repository, "C-20261103-7K3QD")
    found.parent.mkdir(parents=True)
    found.write_bytes(CASE.encode())
    return found


def test_an_event_is_added_and_nothing_else_changes(rulebook: Rulebook, path: Path) -> None:
    recording.append(rulebook, NOW, path, VERIFIED)
    assert path.read_text("utf-8") == CASE + ADDED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(CASE.replace("\n", "\r\n"), (CASE + ADDED).replace("\n", "\r\n"), id="CRLF"),
        pytest.param("\ufeff" + CASE, "\ufeff" + CASE + ADDED, id="BOM"),
        pytest.param(CASE.rstrip("\n"), CASE + ADDED, id="no line break at the end"),
        pytest.param(CASE + "# the end\n", CASE + "# the end\n" + ADDED, id="comment at the end"),
        pytest.param(
            CASE.replace("\n  - ", "\n- ").replace("\n    ", "\n  "),
            CASE.replace("\n  - ", "\n- ").replace("\n    ", "\n  ")
            + "".join(line[2:] + "\n" for line in ADDED.splitlines()),
            id="list not indented",
        ),
    ],
)
def test_the_layout_of_a_file_is_kept(rulebook: Rulebook, path: Path, before: str, after: str) -> None:
    path.write_bytes(before.encode())
    recording.append(rulebook, NOW, path, VERIFIED)
    assert path.read_bytes() == after.encode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CASE.partition("events:")[0] + "events: [{at: x, type: note, by: a, as: b}]\n", id="flow style"),
        pytest.param(CASE + "summary2: after the events\n", id="events not last"),
        pytest.param(CASE + "...\n", id="document end"),
        pytest.param("[1, 2]\n", id="no case"),
        pytest.param("", id="empty"),
    ],
)
def test_text_that_would_not_become_an_event_is_not_written(rulebook: Rulebook, path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    with pytest.raises(CannotGoOn) as caught:
        recording.append(rulebook, NOW, path, VERIFIED)
    assert caught.value.text.to("en") == (
        "An event cannot be put at the end of cases/2026/11/C-20261103-7K3QD.yml: "
        "events must be its last key, one '- at:' block each."
    )
    assert path.read_bytes() == text.encode()


def test_what_the_policy_forbids_is_refused_and_the_file_stays(rulebook: Rulebook, path: Path) -> None:
    with pytest.raises(Refused) as caught:
        recording.append(rulebook, NOW, path, {**VERIFIED, "type": "closed", "outcome": "resolved"})
    assert {problem.code for problem in caught.value.problems} == {"schema-unknown-key"}
    assert path.read_text("utf-8") == CASE


def test_an_error_that_the_case_has_already_does_not_forbid_the_next_step(rulebook: Rulebook, path: Path) -> None:
    path.write_bytes(CASE.replace("category: product-quality", "category: unheard-of").encode())
    recording.append(rulebook, NOW, path, VERIFIED)
    assert path.read_text("utf-8").endswith(ADDED)


def test_a_forbidden_character_is_refused(rulebook: Rulebook, path: Path) -> None:
    with pytest.raises(CannotGoOn) as caught:
        recording.append(rulebook, NOW, path, {**VERIFIED, "note": "a\u202eb"})
    assert caught.value.text.to("en") == "The text holds the character U+202E, which is not allowed."


clean = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: not yamltext.reading.FORBIDDEN.search(text)
)


@given(note=clean, reason=clean)
@settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_append_then_read_gives_the_old_events_and_the_new_one(note: str, reason: str) -> None:
    old = yamltext.read(CASE.encode(), "case.yml")
    event = {**VERIFIED, "note": note, "measures": [reason, {"k": reason}]}
    new = recording.with_event(old, event)
    assert new.raw.startswith(old.raw)
    assert new.data == {**old.data, "events": [*old.data["events"], event]}


def test_two_at_once_lose_nothing(rulebook: Rulebook, path: Path) -> None:
    def write(number: int) -> None:
        event = {"at": "2026-11-03T10:40:00+08:00", "type": "note", "by": "cs-01", "as": "customer-service"}
        recording.append(Rulebook(rulebook.root), NOW, path, {**event, "note": f"note {number}"})

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = yamltext.read(path.read_bytes(), "").data["events"]
    assert {event.get("note") for event in events} == {None, *(f"note {number}" for number in range(8))}


def test_a_kill_leaves_the_old_file_or_the_new(repository: Path, path: Path) -> None:
    """Kill an append at ever later moments; each time the file is whole and one more event or none."""
    program = [sys.executable, "-m", "caseledger", "append", path.stem, "note", "--note", "x", "--by", "cs-01"]
    known = 1
    delay = 0.0
    while True:
        process = subprocess.Popen(program, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        process.kill()
        process.communicate()
        assert process.returncode in (0, -signal.SIGKILL)
        found = len(yamltext.read(path.read_bytes(), "").data["events"])
        assert found in (known, known + 1)
        if process.returncode == 0:
            break
        known = found
        delay = delay * 1.15 + 0.01  # a slow machine takes longer, and not ever more of them


def test_a_new_case_takes_no_id_twice(rulebook: Rulebook, path: Path) -> None:
    data = yamltext.read(CASE.encode(), "").data
    with pytest.raises(FileExistsError):
        recording.create(rulebook, NOW, data)
    assert path.read_text("utf-8") == CASE
    assert [p.name for p in path.parent.iterdir()] == [path.name]
