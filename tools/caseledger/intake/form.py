"""A complaint typed into a forge's issue form, as the forge renders it: headings with answers below them.

The text is anybody's. A heading counts only if it stands once, and in the form's order, so that no answer can pass for
the answer to another question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseledger import yamltext
from caseledger.errors import CannotGoOn
from caseledger.intake.unfit import Unfit
from caseledger.language import N_, Text

PATH = Path(".github/ISSUE_TEMPLATE/complaint.yml")
_NONE = "_No response_"
_TICKED = re.compile(r"- \[[xX]\] ")
_HEADING = re.compile(r"^### (.+?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """One field of the form: its id, the heading of its answer, and what may be chosen, None for free text."""

    id: str
    label: str
    kind: str
    choices: tuple[str, ...] | None
    required: bool


@dataclass(frozen=True)
class Form:
    """The questions of a form, in order."""

    questions: tuple[Question, ...]

    def answers(self, body: str) -> dict[str, str]:
        """What was answered, by the id of the question; Unfit where that cannot be told for certain."""
        text = body.replace("\r\n", "\n").replace("\r", "\n")
        known = {question.label: question for question in self.questions}
        places = [match for match in _HEADING.finditer(text) if match[1] in known]
        found = [known[match[1]] for match in places]
        for question in self.questions:
            if found.count(question) != 1:
                message = N_("The heading “{label}” stands {n} times; it must stand once, as the form has it.")
                raise Unfit(Text(message, label=question.label, n=found.count(question)))
        if found != [*self.questions]:
            raise Unfit(Text(N_("The headings are not in the order of the form.")))
        if text[: places[0].start()].strip():
            raise Unfit(Text(N_("Something stands before the first heading of the form.")))
        ends = [*(match.start() for match in places[1:]), len(text)]
        pairs = zip(found, places, ends, strict=True)
        given = {question.id: _answer(question, text[match.end() : end]) for question, match, end in pairs}
        return {name: answer for name, answer in given.items() if answer}


def load(path: Path) -> Form:
    """The form that a file defines; CannotGoOn if there is none."""
    try:
        data = yamltext.read(path.read_bytes(), path.name).data
    except FileNotFoundError:
        raise CannotGoOn(Text(N_("There is no form {path}; name it with --form."), path=path)) from None
    return Form(tuple(_question(field) for field in data["body"] if "id" in field))


def _question(field: Mapping[str, Any]) -> Question:
    attributes, rules = field["attributes"], field.get("validations", {})
    kind = str(field["type"])
    options: Sequence[str] = attributes["options"] if kind == "dropdown" else ()
    choices = tuple(map(str, options)) or None
    required = bool(rules.get("required")) or kind == "checkboxes"
    return Question(str(field["id"]), str(attributes["label"]), kind, choices, required)


def _answer(question: Question, text: str) -> str:
    answer = text.strip()
    answer = "" if answer == _NONE else answer
    if question.kind == "checkboxes" and not _TICKED.match(answer):
        answer = ""
    if not answer and question.required:
        raise Unfit(Text(N_("“{label}” is not answered."), label=question.label))
    if answer and question.choices is not None and answer not in question.choices:
        message = N_("The answer to “{label}” is none of those that the form offers.")
        raise Unfit(Text(message, label=question.label))
    if question.kind == "input" and "\n" in answer:
        raise Unfit(Text(N_("The answer to “{label}” has more than one line."), label=question.label))
    return answer
