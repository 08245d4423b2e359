"""Exchange rates into the company's currency, as reviewed (policy/rates.yml): decimal, dated, never guessed."""

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any, NamedTuple

_EXACT = Context(prec=40)  # an amount and a rate have at most 31 digits together


class Rates(NamedTuple):
    """The company's currency (None: not named) and, by currency, the rates with their first days, oldest first."""

    currency: str | None
    rates: Mapping[str, tuple[tuple[str, Decimal], ...]]

    def value(self, money: tuple[str, str], day: str) -> Decimal | None:
        """Value and currency in the company's currency, at the rate in force on a day (2026-11-03); None if none is."""
        value, currency = money
        rate = Decimal(1) if currency == self.currency else self._rate(currency, day)
        return None if rate is None else _EXACT.multiply(Decimal(value), rate)

    def _rate(self, currency: str, day: str) -> Decimal | None:
        dated = self.rates.get(currency, ())
        begun = bisect_right(dated, day, key=lambda rate: rate[0])
        return dated[begun - 1][1] if begun and self.currency else None


def load(currency: str | None, data: Mapping[str, Any]) -> Rates:
    """The rates that a file of the rates schema gives into the company's currency."""
    return Rates(
        currency,
        {name: tuple((rate["from"], Decimal(rate["rate"])) for rate in dated) for name, dated in data["rates"].items()},
    )
