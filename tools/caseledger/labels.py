"""What the values of a case file are called where a person reads them; a policy titles its own names itself."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from caseledger.fieldlabels import FIELDS, PARTS, PERSON
from caseledger.language import N_, Text

EVENT_TYPES = {
    "received": N_("Received"),
    "acknowledged": N_("Acknowledged"),
    "declined": N_("Not accepted"),
    "information-requested": N_("Information requested"),
    "information-received": N_("Information received"),
    "verified": N_("Verified"),
    "graded": N_("Graded"),
    "assigned": N_("Assigned"),
    "responded": N_("First response"),
    "escalated": N_("Escalated"),
    "escalation-resolved": N_("Escalation resolved"),
    "emergency-started": N_("Emergency procedure started"),
    "investigation-started": N_("Investigation started"),
    "appraised": N_("Product tested"),
    "evidence": N_("Evidence added"),
    "investigated": N_("Investigation completed"),
    "proposed": N_("Solution proposed"),
    "agreed": N_("Consumer agreed"),
    "disagreed": N_("Consumer disagreed"),
    "extended": N_("Deadline extended"),
    "executed": N_("Solution carried out"),
    "notified": N_("Result told to the complainant"),
    "followed-up": N_("Return visit"),
    "confirmed": N_("Result confirmed by the complainant"),
    "reopened": N_("Reopened"),
    "reported": N_("Handling report filed"),
    "withdrawn": N_("Complaint withdrawn"),
    "closed": N_("Case closed"),
    "corrected": N_("Correction"),
    "note": N_("Note"),
}
STATUSES = {
    "pending": N_("Not started"),
    "running": N_("Running"),
    "due-soon": N_("Due soon"),
    "paused": N_("Paused"),
    "overdue": N_("Overdue"),
    "met": N_("Met"),
    "early": N_("Too early"),
    "late": N_("Late"),
    "cancelled": N_("Cancelled"),
}
STATES = {
    "open": N_("Open"),
    "waiting": N_("Waiting for the consumer"),
    "closed": N_("Closed"),
    "declined": N_("Declined"),
    "withdrawn": N_("Withdrawn"),
}
CHANNELS = {
    "chat": N_("Online chat"),
    "email": N_("E-mail"),
    "marketplace": N_("Marketplace"),
    "onsite": N_("On site"),
    "phone": N_("Telephone"),
    "post": N_("Letter"),
    "social": N_("Social media"),
    "web": N_("Website"),
}
DEMANDS = {
    "apology": N_("Apology"),
    "cancellation": N_("Cancellation of the order"),
    "compensation": N_("Compensation"),
    "exchange": N_("Exchange"),
    "information": N_("Information"),
    "other": N_("Other"),
    "reduction": N_("Price reduction"),
    "refund": N_("Refund"),
    "repair": N_("Repair"),
    "reship": N_("Reshipment"),
    "return": N_("Return of the goods"),
}
NATURES = {
    "product-defect": N_("Product defect"),
    "transport-damage": N_("Damage in transit"),
    "misuse": N_("Misuse"),
    "packaging": N_("Packaging fault"),
    "service": N_("Service failure"),
    "delivery": N_("Delivery problem"),
    "information": N_("Wrong or missing information"),
    "unfounded": N_("Unfounded"),
    "other": N_("Other"),
}
OUTCOMES = {
    "resolved": N_("Resolved"),
    "partly-resolved": N_("Partly resolved"),
    "not-upheld": N_("Not upheld"),
    "unresolved": N_("Unresolved"),
}
PARTIES = {
    "supplier": N_("Supplier"),
    "merchant": N_("Merchant"),
    "carrier": N_("Carrier"),
    "company": N_("Our company"),
    "platform": N_("Platform"),
    "consumer": N_("Consumer"),
}
DISPOSITIONS = {
    "full-refund": N_("Full refund"),
    "partial-refund": N_("Partial refund"),
    "reship": N_("Reshipment"),
    "exchange": N_("Exchange"),
    "coupon": N_("Coupon"),
    "repair": N_("Repair"),
    "compensation": N_("Compensation"),
    "apology": N_("Apology"),
    "explanation": N_("Explanation"),
    "other": N_("Other"),
}
RESULTS = {
    "conforming": N_("Conforming"),
    "non-conforming": N_("Non-conforming"),
    "inconclusive": N_("Inconclusive"),
}
METHODS = {
    "fishbone": N_("Fishbone diagram"),
    "5w2h": N_("5W2H"),
    "5-why": N_("Five whys"),
}
CRITERIA = {
    "amount": N_("Amount"),
    "similar": N_("Similar cases"),
    "public-opinion": N_("Public attention"),
    "safety": N_("Product safety"),
}
HEADINGS = {
    "people": N_("People"),
    "machine": N_("Machine"),
    "material": N_("Material"),
    "method": N_("Method"),
    "environment": N_("Environment"),
    "measurement": N_("Measurement"),
    "what": N_("What?"),
    "why": N_("Why?"),
    "where": N_("Where?"),
    "when": N_("When?"),
    "who": N_("Who?"),
    "how": N_("How?"),
    "how much": N_("How much?"),
    "how_much": N_("How much?"),
}
PERIODS = {
    "month": N_("Every month"),
    "quarter": N_("Every quarter"),
    "half-year": N_("Every half year"),
    "year": N_("Every year"),
}
SANCTIONS = {
    "warn": N_("Warning"),
    "fine": N_("Fine"),
    "suspend": N_("Suspension"),
    "terminate": N_("Termination"),
}
LANGUAGES = {
    "ar": N_("Arabic"),
    "cs": N_("Czech"),
    "da": N_("Danish"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fi": N_("Finnish"),
    "fr": N_("French"),
    "he": N_("Hebrew"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "nb": N_("Norwegian"),
    "nl": N_("Dutch"),
    "nn": N_("Norwegian"),
    "no": N_("Norwegian"),
    "pl": N_("Polish"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "sv": N_("Swedish"),
    "th": N_("Thai"),
    "tr": N_("Turkish"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
}
WEEKDAYS = {
    "mon": N_("Mon"),
    "tue": N_("Tue"),
    "wed": N_("Wed"),
    "thu": N_("Thu"),
    "fri": N_("Fri"),
    "sat": N_("Sat"),
    "sun": N_("Sun"),
}
SEVERITIES = {
    "error": N_("error"),
    "warning": N_("warning"),
    "info": N_("note"),
}
BASES = {
    "consent": N_("Consent"),
    "contract": N_("Contract"),
    "legal-obligation": N_("Legal obligation"),
    "other": N_("Other"),
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "event": EVENT_TYPES,
    "status": STATUSES,
    "state": STATES,
    "channel": CHANNELS,
    "demand": DEMANDS,
    "nature": NATURES,
    "outcome": OUTCOMES,
    "party": PARTIES,
    "disposition": DISPOSITIONS,
    "result": RESULTS,
    "method": METHODS,
    "heading": HEADINGS,
    "criterion": CRITERIA,
    "period": PERIODS,
    "sanction": SANCTIONS,
    "language": LANGUAGES,
    "field": FIELDS,
    "part": PARTS,
    "severity": SEVERITIES,
    "weekday": WEEKDAYS,
    "person": PERSON,
    "basis": BASES,
}


@lru_cache(1024)
def label(kind: str, value: str) -> Text:
    """What a value of that kind (a key of LABELS) is called; a value that nobody knows stands for itself."""
    msgid = LABELS[kind].get(value)
    return Text(msgid) if msgid else Text("{value}", value=value)


def listing(kind: str, values: Iterable[str]) -> Text:
    """Several values of a kind, one after the other."""
    first, *rest = (label(kind, value) for value in values)
    for text in rest:
        first = Text(N_("{first}, {next}"), first=first, next=text)
    return first
