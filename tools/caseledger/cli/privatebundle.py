"""Everything that is held about a consumer, as a text that they can read."""

from collections.abc import Iterator, Mapping
from typing import Any

from caseledger import labels
from caseledger.cli import show_
from caseledger.cli.formats.markdown import words
from caseledger.language import N_, Text, translate

_HEAD = ("path", "schema", "events", "summary", "description", "translation")


def markdown(held: Mapping[str, Any]) -> str:
    """The bundle in Markdown, in which nothing that somebody wrote is markup."""
    return "\n".join(_lines(held))


def _lines(held: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {Text(N_('What is held about {ref}'), ref=held['ref'])}\n"
    yield f"{Text(N_('As of {at}.'), at=held['as_of'])}\n"
    yield f"## {translate(N_('Who it is'))}\n"
    if held["erased"]:
        message = N_("Erased on {at} by {by}: {reason}")
        yield f"{words(Text(message, **held['erased']))}\n"
    elif held["record"] is None:
        yield f"{translate(N_('The vault holds no record.'))}\n"
    else:
        for name, value in held["record"].items():
            if name != "schema":
                yield _field("person", name, value)
        yield ""
    for case in held["cases"]:
        yield from _case(case)
    yield f"## {translate(N_('Who looked at the record'))}\n"
    for access in held["accesses"]:
        yield f"- {words(' · '.join(access[name] for name in ('at', 'who', 'did', 'reason') if access[name]))}"


def _case(case: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {words(case.get('id', case['path']))}: {words(case.get('summary', ''))}\n"
    for name, value in case.items():
        if name not in _HEAD:
            yield _field("field", name, value)
    for language, text in (
        (case.get("language", ""), case.get("description", "")),
        *case.get("translation", {}).items(),
    ):
        yield f"\n{words(language)}:\n"
        yield from (f"> {words(line)}  " for line in str(text).splitlines())
    yield f"\n### {translate(N_('What happened'))}\n"
    for event in case.get("events", []):
        yield f"- {words(event.get('at', ''))} {labels.label('event', str(event.get('type')))}"
        for name, value in event.items():
            if name not in ("at", "type"):
                yield _field("field", name, value, "  ")
    yield ""


def _field(kind: str, name: str, value: Any, indent: str = "") -> str:
    """A field as an item of a list."""
    return f"{indent}- {words(labels.label(kind, name))}: {words(show_.words(value, name))}"
