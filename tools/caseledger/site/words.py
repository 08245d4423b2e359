"""What a page says, in one language: labels, titles, moments, lengths of time, amounts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

from markupsafe import Markup

from caseledger import labels
from caseledger.duration import Duration
from caseledger.language import N_, Text, translate
from caseledger.policy import RESPONSIBLE, Policy

_SPANS = (
    (86400, N_("{n} d")),
    (3600, N_("{n} h")),
    (60, N_("{n} min")),
    (1, N_("{n} s")),
)
_SIZES = ("B", "kB", "MB", "GB")


class Words:
    """One language's words; a template gets it as `w`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def t(self, msgid: str, **values: object) -> str:
        """A text of the catalogue with its values put in."""
        return translate(msgid, self.language).format(**values)

    def say(self, text: Text) -> str:
        """A message."""
        return text.to(self.language)

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Every label, by kind and value."""
        return {
            kind: {value: translate(msgid, self.language) for value, msgid in known.items()}
            for kind, known in labels.LABELS.items()
        }

    def label(self, kind: str, value: object) -> str:
        """What a value of that kind is called; an unknown one stands for itself."""
        return self.labels[kind].get(str(value), str(value))

    def title(self, titles: Mapping[str, Mapping[str, str]], name: object) -> str:
        """What a policy calls one of its names; an unknown one stands for itself."""
        return titles[str(name)][self.language] if str(name) in titles else str(name)

    def role(self, policy: Policy, role: str) -> str:
        """What a policy calls a role."""
        return self.t(N_("Responsible department")) if role == RESPONSIBLE else self.title(policy.roles, role)

    def length(self, limit: Duration) -> str:
        """A limit: "3 working days"."""
        return self.say(labels.length(limit))

    def day(self, day: date) -> Markup:
        """A day."""
        return Markup('<time datetime="{0}">{0}</time>').format(day.isoformat())

    def time(self, at: datetime) -> Markup:
        """A moment, in the zone that it carries."""
        return _time(at, f"{at:%Y-%m-%d %H:%M}")

    def due(self, at: datetime) -> Markup:
        """A due time; midnight is 24:00 of the day before, and seconds are shown where there are any."""
        if (at.hour, at.minute, at.second) == (0, 0, 0):
            return _time(at, f"{at - timedelta(days=1):%Y-%m-%d} 24:00")
        return _time(at, f"{at:%Y-%m-%d %H:%M:%S}" if at.second else f"{at:%Y-%m-%d %H:%M}")

    def span(self, length: timedelta) -> str:
        """A length of time in its two largest units."""
        seconds = abs(int(length.total_seconds()))
        parts: list[str] = []
        for size, msgid in _SPANS:
            number, seconds = divmod(seconds, size)
            if number and len(parts) < 2:
                parts.append(self.t(msgid, n=number))
            elif parts:
                break
        return " ".join(parts) or self.t(_SPANS[-1][1], n=0)

    def money(self, amount: Mapping[str, str]) -> str:
        """An amount with its currency."""
        return f"{amount['value']} {amount['currency']}"

    def size(self, number: int) -> str:
        """A file's size in the unit that fits it."""
        size, unit = float(number), 0
        while size >= 1000 and unit < len(_SIZES) - 1:
            size, unit = size / 1000, unit + 1
        return f"{size:.1f} {_SIZES[unit]}" if unit else f"{number} B"


def _time(at: datetime, shown: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), shown)
