"""The templates of one language: what is put into them is escaped, their own texts are translated as they compile."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer

from caseledger.site import html, paging
from caseledger.site.tongues import tongues
from caseledger.site.words import Words

FOLDER = Path(__file__).parent / "templates"


@cache
def template(name: str, *languages: str) -> Template:
    """The template of that name; in it `w` are the Words of the language, or the Tongues of several, `t` translates."""
    return _environment(*languages).get_template(name)


@cache
def _environment(*languages: str) -> Environment:
    words = tongues(languages) if len(languages) > 1 else Words(*languages)
    made = _Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, auto_reload=False)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # by itself it would sort the keys
    made.globals |= {"w": words, "t": words.t, "day": html.day, "time": html.time, "due": html.due, "near": paging.near}
    return made


class _Generator(CodeGenerator):
    """Compiles an output so that only what is not Markup yet is escaped, as most of a page is Markup already."""

    def _output_child_pre(self, *_: object) -> None:
        self.write("(shown if type(shown := ")

    def _output_child_post(self, *_: object) -> None:
        self.write(") is Markup else escape(shown))")


class _Environment(Environment):
    """Puts t("…") into words while a template is compiled; one with values stays a call."""

    code_generator_class = _Generator

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        translated: nodes.Template = _Translator(self.globals["t"]).visit(parsed)
        return translated


class _Translator(NodeTransformer):
    def __init__(self, translate: Any) -> None:
        self.translate = translate

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - named by the visitor
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="t"), args=[nodes.Const(value=str(msgid))], kwargs=[]):
                return nodes.Const(self.translate(msgid), lineno=node.lineno)
        return node
