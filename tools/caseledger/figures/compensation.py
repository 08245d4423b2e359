"""What consumers were given, by currency and month: amounts are added as decimals and never converted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from caseledger.figures.facts import Payment
from caseledger.figures.months import Span


def compensation(payments: Iterable[Payment], span: Span) -> dict[str, Mapping[str, Decimal]]:
    """The sums of each month of a span, by currency in alphabetical order."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(span.months, Decimal()))
    for payment in payments:
        if span.holds(payment.month):
            sums[payment.currency][payment.month] += Decimal(payment.value)
    return dict(sorted(sums.items()))
