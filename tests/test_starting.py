"""What people call most starts quickly, since it loads what it needs and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

NOTE = ("append", "C-20261101-2M4XN", "note", "--by", "cs-01", "--note")
WHOLE = re.compile(
    r"caseledger\.(advice|audience|auditing|cache|clusters|disposals?|explanation|grading|history|holds?|"
    r"obligations|period|policies|reviews?|seals?|summary|rules\.(archive|disposal|every|grade_below|hold|of_records|review)_?|"
    r"stores\.(?!naming)|leaks\.(digits|online|streets|words)|schema\.explaining|cli\.formats)"
)
"""What only whole repositories need, or texts that look like personal data, or refusals."""


def loaded(root: Path, *words: str, code: int = 0) -> set[str]:
    """The modules that a command loads."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "caseledger", *words],
        cwd=root,
        env={**os.environ, "LANGUAGE": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == code, ran.stderr[-2000:]
    return set(re.findall(r"^import time: +\d+ \| +\d+ \| +(\S+)$", ran.stderr, re.MULTILINE))


def own(modules: set[str]) -> set[str]:
    """Those of caseledger."""
    return {module for module in modules if module.startswith("caseledger.")}


def libraries(modules: set[str]) -> set[str]:
    """Those among the larger packages that come with neither Python nor caseledger."""
    known = {
        "click",
        "git",
        "jsonschema",
        "jsonschema_rs",
        "msgspec",
        "phonenumbers",
        "ruamel",
        "stdnum",
        "tzdata",
        "yaml",
    }
    return known & {module.partition(".")[0] for module in modules}


def test_help_loads_no_command(tmp_path: Path) -> None:
    found = loaded(tmp_path, "--help")
    assert libraries(found) == {"click"}
    assert own(found) == {
        f"caseledger.{name}" for name in ("cli", "cli.main", "cli.options", "errors", "instant", "language", "problem")
    }


def test_append_loads_only_what_an_entry_needs(mini_repository: Path) -> None:
    found = loaded(mini_repository, *NOTE, "Waits for the warehouse")
    assert "caseledger.rules.of_cases" in found
    assert libraries(found) == {"click", "jsonschema_rs", "tzdata", "yaml"}
    assert sorted(filter(WHOLE.match, found)) == []
    assert not found & {"hashlib", "multiprocessing", "secrets", "sqlite3", "subprocess"}


def test_append_looks_closer_at_what_may_be_personal_data(mini_repository: Path) -> None:
    assert "caseledger.leaks.digits" not in loaded(mini_repository, *NOTE, "Waits for parcel 12")
    found = loaded(mini_repository, *NOTE, "Call her on +44 20 7946 0123", code=1)
    assert {"caseledger.leaks.digits", "phonenumbers"} <= found


def test_check_loads_the_rules_of_whole_repositories(mini_repository: Path) -> None:
    assert {"caseledger.rules.of_records", "caseledger.rules.hold_known"} <= loaded(mini_repository, "check")
