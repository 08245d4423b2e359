"""What the table of cases loads: every case as columns, a file for each year, and the words of one language."""

import json
from datetime import date
from pathlib import Path

from caseledger.rulebook import Rulebook
from caseledger.site import table
from caseledger.site.names import Names
from caseledger.site.rows import Row
from caseledger.site.words import Words
from tests import casework
from tests.casework import NOW, case, event

OLD = "C-20251231-2M4XN"


def rows(root: Path) -> list[Row]:
    old = case(
        event("2025-12-31 09:00", "received"),
        event("2026-01-04 12:00", "investigated", conclusion="x", nature="product-defect", basis="y",
              responsible=[{"party": "supplier", "name": "S-017"}, {"party": "carrier"}]),
        event("2026-01-05 09:00", "closed", outcome="resolved"),
        case_id=OLD, summary="=1+1", product={"sku": "BP-22-GR", "supplier": "S-017"},
    )  # fmt: skip
    return casework.stamp(root, old, case(), case(case_id="C-20261102-2M4XN", market="DE"))


def test_each_year_has_a_file_newest_case_first(repository: Path) -> None:
    found = rows(repository)
    files = dict(table.files(found))
    assert list(files) == ["table/2026.json", "table/2025.json"]
    assert table.years(found) == [2026, 2025]
    assert json.loads(table.text(files["table/2026.json"], NOW))["id"] == [
        "C-20261103-7K3QD",
        "C-20261102-2M4XN",
    ]
    assert table.days(found, NOW) == [date(2026, 11, 22)]


def test_values_stand_once_and_cases_name_them_by_number(repository: Path) -> None:
    found = rows(repository)
    shard = table.shard(found, NOW)
    assert shard["summary"] == ["=1+1", "Zip tears after two days", "Zip tears after two days"]
    assert shard["groups"]["market"] == {"values": [("NO",), ("DE",)], "codes": [0, 0, 1]}
    assert shard["groups"]["goods"] == {"values": [("BP-22-GR", "S-017"), ("", "")], "codes": [0, 1, 1]}
    assert shard["groups"]["state"]["values"] == [("closed", "resolved", "2026-01"), ("open", "", "")]
    assert shard["groups"]["parties"] == {"values": [("supplier S-017",), ("carrier",)], "codes": [[0, 1], [], []]}
    assert shard["groups"]["age"] == {"values": [("",), ("15-30",)], "codes": [0, 1, 1]}
    assert shard["groups"]["received"]["values"][0] == ("2025-12-31", "2025-12")


def test_the_next_deadline_is_one_of_the_deadlines(repository: Path) -> None:
    shard = table.shard(rows(repository), NOW)
    known = shard["groups"]["deadlines"]["values"]
    assert [known[place] if place >= 0 else None for place in shard["next"]] == [
        None,
        ("overdue", "no", "quality/verification", "customer-service", "2026-11"),
        ("overdue", "no", "quality/verification", "customer-service", "2026-11"),
    ]
    assert shard["due"] == ["", "2026-11-04 24:00", "2026-11-04 24:00"]


def test_every_word_is_there_in_both_languages(repository: Path) -> None:
    names = [Names(Rulebook(repository), Words(language)) for language in ("en", "zh")]
    english, chinese = (table.settings(one, "../", [2026], 2) for one in names)
    assert english["files"] == ["../../table/2026.json"]
    assert english["facets"]["status"] == "Deadline status"
    assert chinese["facets"]["status"] == "时限状态"
    assert english["labels"]["clock"]["quality/response"] == "First response"
    assert chinese["labels"]["age"]["91-"] == "91– 天"
    assert chinese["labels"]["category"]["product-quality"] == "产品质量 / 商品质量"
    assert chinese["titles"]["platform-quality"]["category"]["product-quality"] == "商品质量"
    for facets in table.GROUPS.values():
        assert [facet for facet in facets if facet not in english["facets"] and facet != "day"] == []
    assert english["words"].keys() == table.WORDS.keys()
