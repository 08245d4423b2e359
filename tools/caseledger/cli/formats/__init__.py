"""Problems and findings in the forms that people and programs read."""

from types import ModuleType

from caseledger.cli.formats import codequality, github, json, junit, markdown, sarif, text

BY_NAME: dict[str, ModuleType] = {
    "text": text,
    "json": json,
    "github": github,
    "markdown": markdown,
    "sarif": sarif,
    "junit": junit,
    "codequality": codequality,
}
SILENT = ("text", "github")
"""Those that say nothing where there is nothing to say; the others are whole by themselves."""
