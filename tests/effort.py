"""How many examples hypothesis tries where it tries hundreds: all of them with HYPOTHESIS_PROFILE=thorough."""

import os


def examples(most: int) -> int:
    """The number of examples, of at most so many; a third of them by default."""
    return most if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else most // 3
