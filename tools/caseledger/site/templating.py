"""The templates, with everything that is put into them escaped."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

FOLDER = Path(__file__).parent / "templates"


@cache
def template(name: str) -> Template:
    """The template of that name, compiled once in a process."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, auto_reload=False)
