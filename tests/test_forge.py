"""Addresses in the web pages of the forge that hosts a repository."""

import pytest

from caseledger import forge

PATH = "cases/2026/11/C-20261103-7K3QD.yml"
URL = "https://git.example.com/quality/complaints"


@pytest.mark.parametrize(
    ("kind", "file", "edit", "history", "new"),
    [
        ("github", "blob/main/", "edit/main/", "commits/main/", "new/main?filename=a%2Fb.yml&value=x%3A%20%221%22%0A"),
        ("gitlab", "-/blob/main/", "-/edit/main/", "-/commits/main/", "-/new/main?file_name=a%2Fb.yml"),
        (
            "gitea",
            "src/branch/main/",
            "_edit/main/",
            "commits/branch/main/",
            "_new/main/?filename=a%2Fb.yml&value=x%3A%20%221%22%0A",
        ),
    ],
)
def test_addresses_are_those_of_the_forge(kind: str, file: str, edit: str, history: str, new: str) -> None:
    found = forge.of({"forge": {"kind": kind, "url": f"{URL}/"}})
    assert found is not None
    assert found.file(PATH) == f"{URL}/{file}{PATH}"
    assert found.edit(PATH) == f"{URL}/{edit}{PATH}"
    assert found.history(PATH) == f"{URL}/{history}{PATH}"
    assert found.new("a/b.yml", 'x: "1"\n') == f"{URL}/{new}"


def test_without_the_setting_there_is_no_forge() -> None:
    assert forge.of({"schema": 1}) is None


def test_what_a_name_holds_stays_within_its_part_of_the_address() -> None:
    found = forge.of({"forge": {"kind": "gitea", "url": URL, "branch": "release/2026"}})
    assert found is not None
    assert found.edit('a b/"><script>?#%2e.yml') == (
        f"{URL}/_edit/release/2026/a%20b/%22%3E%3Cscript%3E%3F%23%252e.yml"
    )
    assert found.new("a&value=b#c", "…") == f"{URL}/_new/release/2026/?filename=a%26value%3Db%23c&value=%E2%80%A6"
