"""What many tests share."""

import shutil
from pathlib import Path

import pytest

from tests import mini

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project itself, which is also a case repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of worked examples and real data beside the project; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "vectors").is_dir():
        pytest.skip("needs the folder ../shared, which is not part of the project")
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A case repository with the shipped policies and no cases."""
    shutil.copytree(ROOT / "policy", tmp_path / "policy")
    shutil.copy(ROOT / "caseledger.yml", tmp_path)
    return tmp_path


@pytest.fixture
def mini_repository(tmp_path: Path) -> Path:
    """A case repository with the shipped policies and one case, in which nothing is wrong."""
    return mini.build(tmp_path / "repository")
