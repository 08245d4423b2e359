"""A row that cannot become a case; the reason is for the person who mends the export."""

from caseledger.language import Text


class Unfit(Exception):
    """The row is to be rejected for this reason."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason
