"""Numbers for cases and consumers, derived from those of the other system.

The same row always gets the same ones, so that two runs, even at once, meet at the same file.
"""

import hmac

from caseledger.recording import CROCKFORD


def case_id(day: str, system: str, source_id: str, attempt: int) -> str:
    """A case number for a day of receipt (2026-11-03); a later `attempt` gives another, should one be taken."""
    return f"C-{day.replace('-', '')}-{_characters(b'', 5, 'case', system, source_id, str(attempt))}"


def consumer(key: bytes, system: str, value: str) -> str:
    """An opaque reference for a consumer; without the key nobody can find `value` by trying."""
    return f"U-{_characters(key, 10, 'consumer', system, value)}"


def _characters(key: bytes, length: int, *seed: str) -> str:
    digest = hmac.digest(key, "\0".join(seed).encode(), "sha256")
    return "".join(CROCKFORD[byte % len(CROCKFORD)] for byte in digest[:length])
