"""Where people outside the site find what a notice is about: its page, where the settings say where the site is."""

from collections.abc import Mapping
from typing import Any


def page(settings: Mapping[str, Any], language: str, path: str) -> str | None:
    """The address of a page of the site, given its path below the language; None where the site's is not known."""
    site = settings.get("site")
    spoken = language if language in settings["languages"] else settings["languages"][0]
    return f"{site.rstrip('/')}/{spoken}/{path}" if site else None


def case(settings: Mapping[str, Any], language: str, case_id: str) -> str | None:
    """The address of a case's page."""
    return page(settings, language, f"cases/{case_id[2:6]}/{case_id[6:8]}/{case_id}.html")


def department(settings: Mapping[str, Any], language: str, role: str) -> str | None:
    """The address of the page of all that waits for a department."""
    return page(settings, language, f"departments/{role}.html")


def obligations(settings: Mapping[str, Any], language: str) -> str | None:
    """The address of the page of periodic duties and corrective actions."""
    return page(settings, language, "obligations/index.html")
