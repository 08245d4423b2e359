"""Evidence is kept beside its case or in a store, never just anywhere."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext
from caseledger.stores import naming

RULE = Rule(
    "evidence-uri",
    N_("The address of an evidence file leads out of the evidence folder of its case, or to an unknown kind of store."),
    N_("Write a path within the case's evidence folder, such as zip.jpg, or an address with https:, s3: or store:."),
    "files:\n  - name: Picture of the zip\n    uri: ../../people.yml",
)

SCHEMES = ("https", "s3", naming.SCHEME)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def check(context: CaseContext) -> Iterator[Problem]:
    """Every `uri` of an evidence file that is neither a plain relative path nor of a known scheme."""
    for event in context.events:
        if event.type == "evidence":
            for number, file in enumerate(event.data["files"]):
                if objection := _objection(file["uri"], file["sha256"]):
                    yield context.at_event(RULE, event, "files", number, "uri", message=objection)


def _objection(uri: str, digest: str) -> Text | None:
    if match := _SCHEME.match(uri):
        if match[1].lower() == naming.SCHEME:
            return naming.objection(uri, digest)
        if match[1].lower() in SCHEMES:
            return None
        return Text(
            N_("{scheme}: is not a kind of store; known are: {schemes}."), scheme=match[1], schemes=", ".join(SCHEMES)
        )
    path = PurePosixPath(uri)
    if path.is_absolute() or ".." in path.parts or "\\" in uri:
        return Text(N_("{uri} leads out of the case's evidence folder."), uri=uri)
    return None
