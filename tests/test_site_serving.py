"""The commands that build and serve the site."""

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from caseledger.errors import CannotGoOn
from caseledger.site import serving
from tests import casework
from tests.casework import case
from tests.test_cli import Shell


def test_build_says_what_it_does_and_serve_shows_it(repository: Path) -> None:
    shell = Shell(repository)
    casework.put(repository, case())
    said = shell("site", "build", "--as-of", "2026-11-22T12:00:00+08:00")
    assert re.fullmatch(
        rf"1 cases on \d+ pages, built in \d+\.\d s: {re.escape(str(repository))}/build/site/index\.html\n", said
    )
    command = [
        sys.executable,
        "-m",
        "caseledger",
        "--repo",
        str(repository),
        "site",
        "serve",
        "--no-build",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(f"{address}en/cases/2026/11/C-20261103-7K3QD.html") as response:
            assert response.headers["Cache-Control"] == "no-cache"
            assert "Zip tears after two days" in response.read().decode()
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{address}../../caseledger.yml")
        with caught.value as missing:
            assert missing.code == 404
            assert (
                missing.read()
                .decode()
                .endswith(
                    '<p lang="zh">这里没有这个页面。 <a href="/zh/index.html">首页</a></p>'
                    '<p lang="en">There is no such page here. <a href="/en/index.html">Home</a></p>'
                )
            )
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")


def test_serve_asks_for_a_site(repository: Path) -> None:
    said = Shell(repository)("site", "serve", "--no-build", code=2)
    assert said == f"Error: There is no site in {repository}/build/site yet; leave out --no-build.\n"


def test_build_names_findings(repository: Path) -> None:
    casework.put(repository, case(channel="pigeon"))
    process = subprocess.run(
        [sys.executable, "-m", "caseledger", "--lang", "zh", "--repo", str(repository), "site", "build"],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert process.stdout.startswith("0 个案件，共 ")
    assert process.stderr.splitlines() == [
        "读取并判定 1 个案件",
        "写出汇总各案件的页面",
        "写出案件页面",
        "生成搜索索引",
        "案件文件中发现 1 处问题；网站上有列表，caseledger check 也会列出。",
    ]


def test_a_port_in_use_is_said_so(tmp_path: Path) -> None:
    with serving.server(tmp_path, 0) as first:
        port = first.server_address[1]
        with pytest.raises(CannotGoOn) as caught:
            serving.server(tmp_path, int(port))
        assert caught.value.text.to("en") == f"Port {port} is in use; choose another with --port."
