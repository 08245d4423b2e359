"""Strict YAML: text to data with positions, data to text, and an entry put at the end of a text."""

from caseledger.yamltext.document import Document
from caseledger.yamltext.reading import read
from caseledger.yamltext.writing import flow, write

__all__ = ["Document", "flow", "read", "write"]
