"""Entries on their way to the others: committed, brought together with what others recorded, pushed.

An entry has arrived once the server has it. Until then a note in `.cache/` remembers it, so that whoever is interrupted
goes on by the same command, or by `caseledger append --push`, and nothing is recorded twice.
"""

from caseledger.outgoing.sending import Sending, sending

__all__ = ["Sending", "sending"]
