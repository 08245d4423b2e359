"""What a page says, in one language: labels, titles, lengths of time, amounts."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cached_property

from markupsafe import Markup

from caseledger import labels, lengths
from caseledger.articles import Figure
from caseledger.duration import Duration
from caseledger.language import N_, Text, translate
from caseledger.policy import RESPONSIBLE, Policy
from caseledger.site import html

_SPANS = (
    (86400, N_("{n} d")),
    (3600, N_("{n} h")),
    (60, N_("{n} min")),
    (1, N_("{n} s")),
)
_SIZES = ("B", "kB", "MB", "GB")


class Words:
    """One language's words; templates know it as `w`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translated: dict[str, str] = {}

    def t(self, msgid: str, **values: object) -> str:
        """A text of the catalogue with its values put in."""
        return self.text(msgid).format(**values)

    def text(self, msgid: str) -> str:
        """A text of the catalogue as it stands there."""
        if msgid not in self._translated:
            self._translated[msgid] = translate(msgid, self.language)
        return self._translated[msgid]

    def say(self, text: Text) -> str:
        """A message."""
        return self.t(text.msgid, **{name: self.say(v) if isinstance(v, Text) else v for name, v in text.values})

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

    @cached_property
    def status(self) -> Mapping[str, Markup]:
        """The coloured label of every status of a clock."""
        return {name: html.label("cl-status", name, said) for name, said in self.labels["status"].items()}

    @cached_property
    def state(self) -> Mapping[str, Markup]:
        """The coloured label of every state of a case."""
        return {name: html.label("cl-state", f"state-{name}", said) for name, said in self.labels["state"].items()}

    def of(self, title: Mapping[str, str]) -> str:
        """What a policy calls something."""
        return title[self.language]

    def listing(self, names: Iterable[str]) -> str:
        """Several names, one after the other."""
        return self.t(N_(", ")).join(names)

    def title(self, titles: Mapping[str, Mapping[str, str]], name: object) -> str:
        """What a policy calls one of its names; an unknown one stands for itself."""
        return self.of(titles[str(name)]) if str(name) in titles else str(name)

    def role(self, policy: Policy, role: str) -> str:
        """What a policy calls a role."""
        return self.t(N_("Responsible department")) if role == RESPONSIBLE else self.title(policy.roles, role)

    def length(self, limit: Duration) -> str:
        """A limit: "3 working days"."""
        return self.say(lengths.label(limit))

    def figure(self, value: Figure) -> str:
        """A figure of a policy: "3 working days", "20000 CNY", "5 cases"."""
        if isinstance(value, tuple):
            return " ".join(value)
        return self.t(N_("{n} cases"), n=value) if isinstance(value, int) else self.length(value)

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
