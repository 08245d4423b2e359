"""What a path of a case repository holds, by its name alone."""

from pathlib import PurePosixPath

from caseledger import files

KEPT = ("cases", "policy", "reviews", "schema", "site", "maps", files.SETTINGS)
"""What belongs to a case repository; whatever else lies beside it is not looked at."""


def belongs(path: str) -> bool:
    """Whether a path belongs to the case repository, in whatever case of letters it is written."""
    return path.partition("/")[0].casefold() in KEPT


def case_id(path: str) -> str | None:
    """The id of the case whose file lies there, None if the path is no case's."""
    place = PurePosixPath(path)
    named = place.suffix == ".yml" and files.CASE_NAME.fullmatch(place.stem)
    return place.stem if named and place.parts[0] == "cases" and folder_of(path) is None else None


def folder_of(path: str) -> str | None:
    """The id of the case in whose folder of evidence a file lies, None if it lies in none."""
    parts = PurePosixPath(path).parts
    found = (part for part in parts[1:-1] if files.CASE_NAME.fullmatch(part))
    return next(found, None) if parts[0] == "cases" else None


def version_of(path: str) -> str | None:
    """The policy version ("profile@version") in whose folder a file lies, None if it lies in none."""
    parts = PurePosixPath(path).parts
    return f"{parts[1]}@{parts[2]}" if parts[0] == "policy" and len(parts) > 3 else None
