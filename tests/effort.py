"""How many examples hypothesis tries where it tries hundreds: all of them with HYPOTHESIS_PROFILE=thorough."""

import os

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
"""Whether to look for what nobody has seen yet: more examples, and others every time."""


def examples(most: int) -> int:
    """The number of examples, of at most so many; a third of them by default."""
    return most if THOROUGH else most // 3
