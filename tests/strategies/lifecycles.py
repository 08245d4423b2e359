"""Random cases under a shipped policy: heads, and next events with fields of every kind that its conditions heed."""

from random import Random
from typing import Any

Data = dict[str, Any]

KINDS = [
    "received", "acknowledged", "declined", "information-requested", "information-received", "verified", "graded",
    "assigned", "responded", "escalated", "escalation-resolved", "emergency-started", "investigation-started",
    "appraised", "evidence", "investigated", "proposed", "agreed", "disagreed", "executed", "notified", "followed-up",
    "confirmed", "reopened", "reported", "withdrawn", "closed", "note",
]  # fmt: skip
"""Every type but `extended` and `corrected`, which are about clocks and other events and have rules of their own."""
FILE = {"name": "a.jpg", "sha256": "0" * 64, "size": 1, "media_type": "image/jpeg", "uri": "https://example.com/a.jpg"}
PARTIES = ["supplier", "merchant", "carrier", "company", "platform", "consumer"]
SAID = "As said"


def head(chance: Random, policy: Data) -> Data:
    """A case without its events; some have no order number."""
    order = {"order": {"number": "302-1"}} if chance.random() < 0.8 else {}
    return {
        "schema": 1,
        "id": "C-20261103-7K3QD",
        "policy": f"{policy['profile']}@{policy['version']}",
        "channel": "email",
        "market": "NO",
        "language": "nb",
        "category": chance.choice(sorted(policy["categories"])),
        "demand": "refund",
        "consumer": {"ref": "U-5J2M8Q1TZX"},
        **order,
        "summary": "Zip tears",
        "description": "Zip tears after two days",
    }


def event(chance: Random, policy: Data, kind: str) -> Data:
    """An event of a type, mostly in a role that its `by` names, with fields that are right by the schema."""
    roles = sorted(policy["roles"])
    by = policy["events"].get(kind, {}).get("by", "any")
    named = [role for role in by if role in roles] if by != "any" else []
    role = chance.choice(named if named and chance.random() < 0.6 else roles)
    return {"type": kind, "as": role, **_fields(chance, policy, kind)}


def _fields(chance: Random, policy: Data, kind: str) -> Data:
    roles = sorted(policy["roles"])

    def mostly() -> bool:
        return chance.random() < 0.8

    def some(**fields: Any) -> Data:
        everything = mostly()
        return {name: value for name, value in fields.items() if everything or chance.random() < 0.5}

    party = [{"party": party} for party in chance.sample(PARTIES, chance.choice([1, 1, 2]))]
    cause = {"method": chance.choice(["fishbone", "5w2h", "5-why"]), "findings": SAID}
    scores = dict.fromkeys(("goods", "service", "price", "environment", "rights"), 3)
    answers = {name: mostly() for name in ("clear", "sufficient", "authority", "standing")}
    others = {"with": chance.sample(roles, 2)} if chance.random() < 0.3 else {}
    news = {"new_problem": SAID} if chance.random() < 0.2 else {}
    outcomes = ["resolved", "partly-resolved", "not-upheld", "unresolved"]
    dispositions = {"dispositions": [{"kind": "coupon"}]}
    fields: dict[str, Data] = {
        "declined": {"reason": SAID, **some(alternative=SAID)},
        "information-requested": {"what": SAID},
        "verified": {"in_scope": mostly(), "complete": mostly(), **some(**answers, suggestion=SAID)},
        "graded": {"grade": chance.choice(sorted(policy["grades"])), "reason": SAID},
        "assigned": {
            "to": chance.choice(roles),
            **some(lead="cs-01", expected="2026-12-01T09:00:00+08:00", urgency=SAID),
            **others,
        },
        "escalated": {"to": "management" if "management" in roles and mostly() else roles[0], "reason": SAID},
        "escalation-resolved": {"measures": SAID},
        "investigation-started": some(team=["qi-01"], plan=SAID),
        "appraised": {"standards": ["EN 1"], "sample": SAID, "result": "conforming"},
        "evidence": {"files": [FILE], "obtained": SAID},
        "investigated": {
            "conclusion": SAID,
            "nature": "product-defect",
            "responsible": party,
            "basis": SAID,
            **some(root_cause=cause),
        },
        "proposed": dispositions,
        "disagreed": {"reason": SAID},
        "executed": {**dispositions, **some(proof=SAID)},
        "notified": {"via": "email"},
        "followed-up": {"satisfaction": chance.choice([None, 4]), **some(**scores), **news},
        "reopened": {"reason": SAID},
        "reported": {"lessons": SAID},
        "closed": {"outcome": chance.choice(outcomes)},
        "note": {"note": SAID},
    }
    return fields.get(kind, {})
