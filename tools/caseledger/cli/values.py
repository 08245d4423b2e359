"""Values typed on the command line or at a prompt, made into what the schema asks for."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from caseledger import labels, schema, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text

Fields = Callable[[Sequence[str]], Mapping[str, Any]]
"""Gives the schema of the field that a dotted name leads to, {} where there is none."""


def from_options(pairs: Sequence[str], fields: Fields) -> dict[str, Any]:
    """`k=v` texts as a mapping; a dotted k (approved_by.by=mgr-01) fills a mapping within."""
    values: dict[str, Any] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or not name:
            raise CannotGoOn(Text(N_("{pair} is no field and value; write --set grade=major."), pair=pair))
        steps = name.split(".")
        inner = values
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                raise CannotGoOn(Text(N_("{name} is set both as a value and as a mapping."), name=step))
        inner[steps[-1]] = parse(text, fields(steps))
    return values


def parse(text: str, wanted: Mapping[str, Any]) -> Any:
    """The value that `text` stands for: text where the schema wants text, YAML otherwise."""
    choices = wanted.get("anyOf", [wanted])
    if any(choice.get("type") == "null" for choice in choices) and text == "null":
        return None
    if any(_is_text(choice) for choice in choices) and not text.startswith(("[", "{")):
        return text
    try:
        return yamltext.read(text.encode(), "--set").data
    except Refused:
        return text


def example(name: str, wanted: Mapping[str, Any]) -> str:
    """How a field may be given after --set, quoted for the shell."""
    examples = wanted.get("examples")
    return shlex.quote(f"{name}={yamltext.flow(examples[0])}") if examples else f"{name}=…"


def require_shape(given: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]]) -> None:
    """CannotGoOn at a plain text where a field holds a list or a mapping, with an example of one."""
    for name, value in given.items():
        examples = fields.get(name, {}).get("examples")
        if isinstance(value, str) and examples and not isinstance(examples[0], str):
            message = N_("{name} is no plain text; write --set {example}")
            raise CannotGoOn(Text(message, name=name, example=example(name, fields[name])))


def ask(question: str, wanted: Mapping[str, Any], *, empty: bool = False) -> Any:
    """Ask on the terminal until the answer has the shape that the schema wants, or is empty where that is allowed."""
    if wanted.get("type") == "boolean":
        return click.confirm(question)
    if "enum" in wanted:
        return click.prompt(question, type=click.Choice(wanted["enum"]))

    def fitting(answer: str) -> Any:
        value = parse(answer, wanted)
        if (answer or not empty) and not schema.fits("case", wanted, value):
            form = Text(wanted.get("description", N_("a value as in the example")))
            raise click.UsageError(Text(N_("{value} does not fit. Expected: {form}."), value=answer, form=form).to())
        return value

    return click.prompt(question, value_proc=fitting, default="" if empty else None)


def ask_field(name: str, wanted: Mapping[str, Any]) -> Any:
    """Ask for one field of an event."""
    question, examples = labels.label("field", name).to(), wanted.get("examples")
    return ask(f"{question} ({yamltext.flow(examples[0])})" if examples else question, wanted)


def _is_text(wanted: Mapping[str, Any]) -> bool:
    if "enum" in wanted:
        return all(isinstance(choice, str) for choice in wanted["enum"])
    return wanted.get("type") == "string"
