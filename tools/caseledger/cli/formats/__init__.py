"""Problems and findings in the forms that people and programs read."""

from types import ModuleType

from caseledger.cli.formats import github, json, text

BY_NAME: dict[str, ModuleType] = {"text": text, "json": json, "github": github}
