"""What runs CI for a case repository, read from the files that ship: each block of shell with what is set for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
GITHUB = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITEA = sorted((ROOT / ".gitea" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of shell, the condition under which it runs, and the variables that it finds."""

    name: str
    script: str
    condition: str
    variables: Mapping[str, str]


def load(path: Path) -> Any:
    """A workflow as data."""
    return read(path.read_bytes(), path.name).data


def on_actions(path: Path) -> list[tuple[str, list[Block]]]:
    """The jobs of a workflow of GitHub or Gitea, each with its blocks in order."""
    workflow = load(path)
    return [(name, _blocks(workflow.get("env", {}), job)) for name, job in workflow["jobs"].items()]


def _blocks(above: Mapping[str, str], job: Mapping[str, Any]) -> list[Block]:
    found = []
    for step in job["steps"]:
        if "run" in step:
            variables = {**above, **job.get("env", {}), **step.get("env", {})}
            found.append(Block(step["name"], step["run"], step.get("if", job.get("if", "")), variables))
    return found


def on_gitlab() -> list[tuple[str, list[Block]]]:
    """The jobs of GitLab's pipeline, each with its one script; conditions are left to GitLab."""
    whole = load(GITLAB)
    before = whole["default"]["before_script"]
    return [
        (name, [Block(name, "\n".join([*job.get("before_script", before), *job["script"]]), "", job_variables)])
        for name, job in whole.items()
        if isinstance(job, dict) and "script" in job
        for job_variables in [{**whole["variables"], **job.get("variables", {})}]
    ]


def filled(variables: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Variables with their expressions replaced; KeyError for one that nobody has thought of."""
    return {name: _EXPRESSION.sub(lambda found: values[found[1]], str(value)) for name, value in variables.items()}
