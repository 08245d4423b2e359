"""Opaque references of consumers, as they are typed."""

import re

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

_FORM = re.compile(r"U-[0-9A-HJKMNP-TV-Z]{10}", re.ASCII)


def reference(typed: str) -> str:
    """The reference that was typed, in capitals; CannotGoOn if it is none."""
    if not _FORM.fullmatch(typed.upper()):
        message = N_("{ref} is no reference of a consumer; one looks like U-5J2M8Q1TZX.")
        raise CannotGoOn(Text(message, ref=typed))
    return typed.upper()
