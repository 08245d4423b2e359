"""Rules beyond the schema: one module each, with its code, its meaning and its `check`."""

from caseledger.rules import clock_known, id_unique, received_first

CASE_RULES = (received_first, clock_known)
REPOSITORY_RULES = (id_unique,)
POLICY_FILE_RULES = {"settings": (), "people": (), "calendar": (), "policy": ()}
