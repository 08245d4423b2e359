"""Text as XML may hold it."""

import re

_NOT_XML = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def held(text: str) -> str:
    """The text with a mark in the place of every character for which XML 1.0 has none."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
