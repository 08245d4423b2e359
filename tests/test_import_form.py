"""A complaint from the issue form: what becomes a case, what is refused, and the workflow that proposes it."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseledger.intake import form
from caseledger.yamltext import read
from tests import pipelines
from tests.casework import JSON, event, put
from tests.casework import case as make
from tests.test_cli import Shell

ROOT = pipelines.ROOT
FORM = form.load(ROOT / form.PATH)
ANSWERS = {
    "privacy": "- [X] 我已确认以下内容不含个人信息。 / What I enter below contains no personal data.",
    "received": "2026-11-03T09:12:00+08:00",
    "channel": "marketplace 平台后台",
    "market": "NO",
    "language": "nb",
    "category": "product-quality 产品质量",
    "demand": "refund 退款",
    "public_opinion": "false 无",
    "safety": "true 有",
    "consumer-ref": "U-5J2M8Q1TZX",
    "order-platform": "amazon.no",
    "order-number": "00123456",
    "order-placed": "2026-10-21",
    "order-quantity": "2",
    "order-amount": "499.00 NOK",
    "product-sku": "BP-22-GR",
    "product-model": "BP22",
    "product-specification": "grey 22 l",
    "product-name": "Day backpack",
    "product-batch": "0312",
    "product-supplier": "S-017",
    "carrier-name": "PostNord",
    "carrier-tracking": "00370712345678901234",
    "summary": "Zip tears after two days",
    "description": "Glidelåsen røk etter to dager.",
    "translation": "拉链用了两天就坏了。",
    "related": "C-20261101-2M4XN, C-20261101-2M4XP",
    "evidence": "Two pictures, in the mailbox of customer service.",
}
FEW = {name: ANSWERS[name] for name in (
    "privacy", "received", "channel", "market", "language", "category", "demand", "public_opinion", "summary",
    "description",
)} | {"safety": "false 无"}  # fmt: skip


def rendered(answers: JSON) -> str:
    """The text of the issue, as GitHub makes it of the form."""
    parts = [f"### {question.label}\n\n{answers.get(question.id, '_No response_')}" for question in FORM.questions]
    return "\n\n".join(parts) + "\n"


@pytest.fixture
def shell(repository: Path) -> Shell:
    (repository / form.PATH).parent.mkdir(parents=True)
    (repository / form.PATH).write_bytes((ROOT / form.PATH).read_bytes())
    return Shell(repository)


def take(shell: Shell, body: str, *words: str, code: int = 0) -> str:
    return shell("import", "form", "-", "--issue", "7", "--by", "bot-import", *words, stdin=body, code=code)


def case(shell: Shell, path: str) -> JSON:
    data = read((shell.folder / path.strip()).read_bytes(), path).data
    assert isinstance(data, dict)
    return data


def test_every_answer_has_its_field(shell: Shell) -> None:
    for number in ("C-20261101-2M4XN", "C-20261101-2M4XP"):
        put(shell.folder, make(event("2026-11-01 09:12", "received"), case_id=number))
    data = case(shell, take(shell, rendered(ANSWERS)))
    assert data["id"].startswith("C-20261103-")
    [received] = data.pop("events")
    assert received.pop("recorded")
    assert received == {
        "at": "2026-11-03T09:12:00+08:00",
        "type": "received",
        "by": "bot-import",
        "as": "bot",
        "note": "Two pictures, in the mailbox of customer service.",
    }
    assert data == {
        "schema": 1,
        "id": data["id"],
        "policy": "quality@2023-01-01",
        "source": {"system": "issue", "id": "7"},
        "channel": "marketplace",
        "market": "NO",
        "language": "nb",
        "category": "product-quality",
        "demand": "refund",
        "public_opinion": False,
        "safety": True,
        "consumer": {"ref": "U-5J2M8Q1TZX"},
        "order": {
            "platform": "amazon.no",
            "number": "00123456",
            "placed": "2026-10-21",
            "quantity": 2,
            "amount": {"value": "499.00", "currency": "NOK"},
        },
        "product": {
            "sku": "BP-22-GR",
            "model": "BP22",
            "specification": "grey 22 l",
            "name": "Day backpack",
            "batch": "0312",
            "supplier": "S-017",
        },
        "carrier": {"name": "PostNord", "tracking": "00370712345678901234"},
        "summary": "Zip tears after two days",
        "description": "Glidelåsen røk etter to dager.",
        "translation": {"zh": "拉链用了两天就坏了。"},
        "related": ["C-20261101-2M4XN", "C-20261101-2M4XP"],
    }


def test_what_is_left_empty_is_left_out(shell: Shell) -> None:
    data = case(shell, take(shell, rendered(FEW)))
    assert data["consumer"]["ref"].startswith("U-")
    assert {"order", "product", "carrier", "translation", "related"}.isdisjoint(data)
    assert "note" not in data["events"][0]


def test_an_issue_becomes_one_case_however_often_it_is_asked_for(shell: Shell) -> None:
    path = take(shell, rendered(FEW)).strip()
    later = rendered({**FEW, "received": "2026-11-04T09:12:00+08:00", "summary": "Edited"})
    before = (shell.folder / path).read_bytes()
    assert take(shell, later).strip() == path
    assert (shell.folder / path).read_bytes() == before
    assert len(list((shell.folder / "cases").rglob("*.yml"))) == 1


HOSTILE = """<script>alert(1)</script>
<!-- caseledger flag C-20261101-00000 -->
--- !!python/object/apply:os.system ["id"]
"quoted": {yaml: [1
```
$(touch executed) ${{ github.token }} `touch executed`
### 类别
#### 类别 / Category
=HYPERLINK("http://example.com")"""


def test_whatever_is_typed_stays_text(shell: Shell) -> None:
    answers = {**FEW, "description": HOSTILE, "summary": "x: $(touch executed) # {a: 1}"}
    data = case(shell, take(shell, rendered(answers).replace("\n", "\r\n")))
    assert data["description"] == HOSTILE
    assert data["summary"] == "x: $(touch executed) # {a: 1}"
    assert data["category"] == "product-quality"


FIRST = (
    "目前还不能立案。请修改上面的内容，再请人重新加上标签：\n"
    "This cannot become a case yet. Edit the text above, and have it labelled again:\n"
)


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        (
            rendered({**FEW, "privacy": "- [ ] 我已确认以下内容不含个人信息。"}),
            "“个人信息 / Personal data”没有填写。",
            "“个人信息 / Personal data” is not answered.",
        ),
        (
            rendered({**FEW, "category": "anything"}),
            "“类别 / Category”的回答不在表单的选项之中。",
            "The answer to “类别 / Category” is none of those that the form offers.",
        ),
        (
            rendered({**FEW, "description": "A\n\n### 类别 / Category\n\npackaging 包装质量"}),
            "标题“类别 / Category”出现了 2 次，只能像表单那样出现一次。",
            "The heading “类别 / Category” stands 2 times; it must stand once, as the form has it.",
        ),
        (
            "",
            "标题“个人信息 / Personal data”出现了 0 次，只能像表单那样出现一次。",
            "The heading “个人信息 / Personal data” stands 0 times; it must stand once, as the form has it.",
        ),
        (
            "Hello\n\n" + rendered(FEW),
            "表单第一个标题之前另有内容。",
            "Something stands before the first heading of the form.",
        ),
        (
            rendered(FEW).replace("### 市场 / Market\n\nNO\n\n", "") + "\n### 市场 / Market\n\nNO\n",
            "标题的顺序与表单不同。",
            "The headings are not in the order of the form.",
        ),
        (
            rendered({**FEW, "received": "yesterday"}),
            "yesterday 不是有效的时刻；请写成 2026-11-03T09:12:00+08:00。",
            "yesterday is no moment; write 2026-11-03T09:12:00+08:00.",
        ),
        (
            rendered({**FEW, "order-amount": "about 500"}),
            "about 500 不是金额；请写成 499.00 NOK。",
            "about 500 is no amount; write 499.00 NOK.",
        ),
        (
            rendered({**FEW, "summary": "a\nb"}),
            "“一句话概括 / Summary”的回答不止一行。",
            "The answer to “一句话概括 / Summary” has more than one line.",
        ),
        (
            rendered({**FEW, "description": "a\x07b"}),
            "回答中有不允许的字符 U+0007。",
            "An answer holds the character U+0007, which is not allowed.",
        ),
    ],
)
def test_what_cannot_be_a_case_is_said_in_both_languages(shell: Shell, body: str, zh: str, en: str) -> None:
    assert take(shell, body, code=1) == f"{FIRST}{zh}\n{en}\n"
    assert not (shell.folder / "cases").exists()


def test_what_check_would_refuse_is_refused(shell: Shell) -> None:
    said = take(shell, rendered({**FEW, "market": "Norway"}), code=1)
    assert said.startswith(FIRST)
    assert "market" in said
    assert not list(shell.folder.glob("cases/**/*.yml"))


STAND_IN = """#!/bin/sh
echo "$@" >> "$RUNNER_TEMP/calls"
case "$1 $2" in
  "pr list") echo "${PROPOSED:-0}" ;;
  "api repos/north/complaints/git/ref/heads/main") echo 0123abc ;;
  "issue comment") cat > "$RUNNER_TEMP/comment" ;;
esac
exit 0
"""


class Runner:
    """A runner at an event of an issue, with a stand-in for GitHub's program, which is not here."""

    def __init__(self, shell: Shell, folder: Path, body: str) -> None:
        self.root, self.folder = shell.folder, folder
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "gh").write_text(STAND_IN, "utf-8")
        (folder / "bin" / "gh").chmod(0o755)
        (folder / "event.json").write_text(json.dumps({"issue": {"body": body}}), "utf-8")
        (self.root / ".venv").symlink_to(sys.prefix)
        for words in (["init", "-q", "-b", "main"], ["add", "policy", "caseledger.yml", ".github"]):
            subprocess.run(["git", *words], cwd=self.root, check=True)

    def __call__(self, **more: str) -> None:
        output = self.folder / "output"
        for block in dict(pipelines.on_actions(ROOT / ".github/workflows/complaint.yml"))["propose"]:
            status = output.read_text("utf-8").strip().rpartition("\n")[2] if output.exists() else ""
            wanted = block.condition.rpartition("== ")[2].strip("'")
            if block.script == "make install" or ("steps.write" in block.condition and status != f"status={wanted}"):
                continue
            values = {
                "github.event.issue.number": "7",
                "github.token": "secret",
                "github.repository": "north/complaints",
                "github.event.repository.default_branch": "main",
            }
            environment = {
                **os.environ,
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
                "GITHUB_OUTPUT": str(output),
                "RUNNER_TEMP": str(self.folder),
                **pipelines.filled(block.variables, values),
                **more,
            }
            ran = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", block.script],
                cwd=self.root,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, ran.stdout + ran.stderr
            assert "GH_TOKEN" in block.variables or "secret" not in str(block.variables)

    def calls(self) -> list[str]:
        calls = self.folder / "calls"
        return calls.read_text("utf-8").splitlines() if calls.exists() else []


def test_the_workflow_proposes_the_case(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    runner = Runner(shell, tmp_path_factory.mktemp("runner"), rendered({**FEW, "description": HOSTILE}))
    runner()
    [path] = (shell.folder / "cases").rglob("*.yml")
    name = path.relative_to(shell.folder)
    assert runner.calls() == [
        "pr list --head complaint-7 --state all --json number --jq length",
        "api repos/north/complaints/git/ref/heads/main --jq .object.sha",
        "api --silent --method DELETE repos/north/complaints/git/refs/heads/complaint-7",
        "api --silent repos/north/complaints/git/refs --raw-field ref=refs/heads/complaint-7 --raw-field sha=0123abc",
        f"api --silent --method PUT repos/north/complaints/contents/{name} --input {runner.folder}/file.json",
        "pr create --head complaint-7 --base main --title Open a case from #7 --body Closes #7",
    ]
    sent = json.loads((runner.folder / "file.json").read_text("utf-8"))
    assert base64.b64decode(sent.pop("content")) == path.read_bytes()
    assert sent == {"branch": "complaint-7", "message": "Open a case from #7"}
    assert not list(tmp_path_factory.getbasetemp().rglob("executed"))


def test_the_workflow_proposes_nothing_twice(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    runner = Runner(shell, tmp_path_factory.mktemp("runner"), rendered(FEW))
    runner(PROPOSED="1")
    assert len(runner.calls()) == 1


def test_the_workflow_says_why_it_is_no_case(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    runner = Runner(shell, tmp_path_factory.mktemp("runner"), rendered({**FEW, "received": "@everyone"}))
    runner()
    assert runner.calls() == ["issue comment 7 --body-file -"]
    said = (runner.folder / "comment").read_text("utf-8")
    assert all(line.startswith("    ") for line in said.splitlines())
    assert "    @everyone 不是有效的时刻" in said
