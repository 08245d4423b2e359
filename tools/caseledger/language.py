"""Chinese and English from one gettext catalogue; a text is data until somebody reads it."""

import gettext
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DOMAIN = "caseledger"
LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark an English text for the catalogue without translating it."""
    return msgid


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of one language ("zh" or "en"); English is the source and needs no file."""
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def current() -> str:
    """The language of this process, from LANGUAGE, LC_ALL, LC_MESSAGES and LANG as gettext reads them."""
    return _language(*map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")))


def translate(msgid: str, language: str | None = None) -> str:
    """The text in `language`, by default that of this process."""
    return catalogue(language or current()).gettext(msgid) if msgid else ""


@lru_cache
def _language(*_environment: str | None) -> str:
    """The same, looked up once for these values."""
    found = gettext.find(DOMAIN, LOCALE)
    return Path(found).parts[-3] if found else "en"


@dataclass(frozen=True, init=False)
class Text:
    """A message for a person: English template and its values, put into words only where it is shown."""

    msgid: str
    values: tuple[tuple[str, Any], ...]

    def __init__(self, msgid: str, **values: object) -> None:
        object.__setattr__(self, "msgid", msgid)
        object.__setattr__(self, "values", tuple(values.items()))

    def to(self, language: str | None = None) -> str:
        """The message in words; a value that is itself a Text is put into the same language."""
        values = {name: value.to(language) if isinstance(value, Text) else value for name, value in self.values}
        return translate(self.msgid, language).format(**values)

    def __str__(self) -> str:
        return self.to()
