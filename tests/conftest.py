"""What many tests share."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import mini, planted
from tests.effort import THOROUGH
from tests.planted import Planter

ROOT = Path(__file__).parents[1]
REGION = "eu-north-1"
"""Where the bucket of the tests is."""
MEMORY = Path("/dev/shm")  # noqa: S108 - of which pytest makes a folder of its own
ROOM = 4 << 30
"""Free bytes of memory with which temporary folders are kept there; a run needs much less than that."""

settings.register_profile(
    "caseledger",
    derandomize=not THOROUGH,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("caseledger")
"""What hypothesis tries is the same on every machine at every hour; only thorough runs look for something new."""


def pytest_configure() -> None:
    """Let nothing of whoever runs the tests reach Git: no configuration, and no repository, as hooks are told one.

    Temporary folders are kept in memory: tests write, sync and remove so many small files that a disk holds them up.
    """
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ.update(GIT_CONFIG_GLOBAL=str(Path(__file__).with_name("gitconfig")), GIT_CONFIG_SYSTEM=os.devnull)
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


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


@pytest.fixture(scope="module")
def planters() -> dict[str, Planter]:
    """What plants a mark in each field of each kind of file."""
    return planted.planters()


@pytest.fixture(scope="module")
def planted_repository(tmp_path_factory: pytest.TempPathFactory, planters: dict[str, Planter]) -> Path:
    """A repository in which every field of a case, of a record and of a person is planted."""
    root = tmp_path_factory.mktemp("planted")
    planted.plant(root, planters)
    return root


@pytest.fixture
def mini_repository(tmp_path: Path) -> Path:
    """A case repository with the shipped policies and one case, in which nothing is wrong."""
    return mini.build(tmp_path / "repository")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """A server on this machine that speaks S3, with an empty bucket called evidence."""
    import boto3
    from moto.server import ThreadedMotoServer

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "caseledger")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "only here")
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        address = "http://{}:{}".format(*server.get_host_and_port())
        client = boto3.client("s3", endpoint_url=address, region_name=REGION)
        client.create_bucket(Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": REGION})
        yield address
        server.stop()
