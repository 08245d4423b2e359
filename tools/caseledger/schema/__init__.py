"""JSON Schema 2020-12 as problems with positions; why a file is refused is looked into only when one is."""

from caseledger.problem import Problem
from caseledger.schema.rules import RULES
from caseledger.schema.shapes import FOLDER, KINDS, event_fields, field, fits, resolved, schema, valid
from caseledger.yamltext import Document

__all__ = ["FOLDER", "KINDS", "RULES", "event_fields", "field", "fits", "problems", "resolved", "schema", "valid"]


def problems(kind: str, document: Document) -> list[Problem]:
    """What the schema of `kind` finds wrong with a document, each once; at most yamltext.reading.MOST."""
    if valid(kind, document.data):
        return []
    from caseledger.schema.explaining import explained  # noqa: PLC0415 - slow, and rarely needed

    return explained(kind, document)
