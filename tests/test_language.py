"""The Chinese catalogue is complete: nothing missing, nothing fuzzy, nothing left over, every value in its place."""

import importlib.util
import re
import string
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from caseledger import language
from caseledger.language import Text


@pytest.fixture(scope="module")
def messages(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", root / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_catalogue_has_every_text_and_no_other(messages: ModuleType) -> None:
    wanted = {message.id for message in messages.extracted() if message.id}
    found = {message.id for message in messages.catalogue() if message.id}
    assert sorted(map(str, wanted - found)) == []
    assert sorted(map(str, found - wanted)) == []


def test_every_entry_is_translated(messages: ModuleType) -> None:
    catalogue: Catalog = messages.catalogue()
    assert [m.id for m in catalogue if m.id and not all(strings(m))] == []
    assert [m.id for m in catalogue if m.fuzzy and m.id] == []


def fields(template: str) -> set[str]:
    named = {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name}
    return named | set(re.findall(r"%\((\w+)\)s", template))


def test_translations_name_no_value_that_the_original_does_not_have(messages: ModuleType) -> None:
    for message in messages.catalogue():
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            known = set().union(*map(fields, ids))
            for text in strings(message):
                assert fields(text) <= known, message.id


def test_a_text_is_put_into_the_language_asked_for() -> None:
    inner = Text("error")
    text = Text("Error: {text}", text=inner)
    assert text.to("en") == "Error: error"
    assert text.to("zh") == "错误：错误"


@pytest.mark.parametrize(("variable", "value", "wanted"), [
    ("LANG", "zh_CN.UTF-8", "zh"), ("LANG", "de_DE.UTF-8", "en"), ("LANGUAGE", "zh:en", "zh"), ("LANG", "C", "en"),
])  # fmt: skip
def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, wanted: str) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert language.current() == wanted
