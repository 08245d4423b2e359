"""Two versions of a case become one: their entries in the order in which they happened, none lost, none doubled.

What was on record before they parted stands in both, and in the result, to the byte. Where the two cannot both be
meant, nothing is guessed: somebody chooses, or the merge is refused.
"""

from caseledger.merging.clash import Changed, Choose, Clash, Illegal, Keep, SameStep, refuse
from caseledger.merging.merge import merge
from caseledger.merging.parts import without

__all__ = ["Changed", "Choose", "Clash", "Illegal", "Keep", "SameStep", "merge", "refuse", "without"]
