"""The few elements that are made outside the templates; all text in them is escaped here."""

from collections.abc import Iterable
from datetime import date, datetime

from markupsafe import Markup, escape

from caseledger import instant


def text(value: object) -> Markup:
    """A text whose line breaks are kept."""
    return Markup(f'<span class="cl-text">{escape(value)}</span>')  # noqa: S704 - escaped


def items(values: Iterable[object]) -> Markup:
    """A list without bullets; what is Markup already stays as it is."""
    inner = "".join(f"<li>{escape(value)}</li>" for value in values)
    return Markup(f'<ul class="cl-items">{inner}</ul>')  # noqa: S704 - escaped


def steps(lines: Iterable[str]) -> Markup:
    """The entries of a list, one for each line."""
    inner = str(escape("\n".join(lines))).replace("\n", "</li><li>")  # Markup would escape these, too
    return Markup(f"<li>{inner}</li>")  # noqa: S704 - escaped


def joined(*parts: Markup) -> Markup:
    """Several pieces, one after the other."""
    return Markup("".join(parts))  # noqa: S704 - escaped


def paths(drawn: Iterable[tuple[str, str]]) -> Markup:
    """The paths of a drawing, each a class and where it goes, without those that go nowhere."""
    return Markup("".join(f'<path class="{name}" d="{path}"/>' for name, path in drawn if path))  # noqa: S704 - ours


def headed(heading: str, value: Markup) -> Markup:
    """A value with a heading in its line."""
    return Markup(f"<b>{escape(heading)}</b> {value}")  # noqa: S704 - escaped


def label(kind: str, name: str, words: str) -> Markup:
    """A coloured label; `kind` and `name` choose its looks."""
    return Markup(f'<span class="{kind} cl-{escape(name)}">{escape(words)}</span>')  # noqa: S704 - escaped


def day(value: date) -> Markup:
    """A day."""
    return Markup(f'<time datetime="{value}">{value}</time>')  # noqa: S704 - a date


def time(at: datetime) -> Markup:
    """A moment to the minute, in the zone that it carries."""
    shown = instant.show(at)
    return Markup(f'<time datetime="{shown}">{shown[:10]} {shown[11:16]}</time>')  # noqa: S704 - a moment


def due(at: datetime) -> Markup:
    """A due time; seconds are shown where there are any."""
    return Markup(f'<time datetime="{instant.show(at)}">{due_text(at)}</time>')  # noqa: S704 - a moment


def due_text(at: datetime) -> str:
    """A due time as text: "2026-11-05 24:00"."""
    shown = instant.deadline(at)
    return shown if at.second or shown.endswith("24:00") else shown.removesuffix(":00")
