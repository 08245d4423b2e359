"""The part of GitHub's description of its interface that caseledger uses; README.md says where it is from."""

import json
from pathlib import Path
from typing import Any

GITHUB = Path(__file__).parent / "github.json"


def github() -> Any:
    """The description as data."""
    return json.loads(GITHUB.read_text("utf-8"))
