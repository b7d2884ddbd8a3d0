"""How templates become Python: by Jinja's compiler, with three things that make pages faster.

Texts are translated when they are compiled, a value is written without a copy in between, and a
macro is a plain function with the names of its arguments.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame, MacroRef

    from planfolio.render.languages import FrameLanguage

_ABSENT = {"caller": jinja2.StrictUndefined(name="caller")}
_SPECIAL = re.compile("[&<>\"']")


class _Translated(NodeTransformer):
    """Puts the translation of `_('text')` into a template when it is compiled.

    An environment has one language, so that no page has to look a text up again: half of the
    calls that a page makes are of this kind.
    """

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the visitor's protocol)
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str() as text)]):
                text = self._gettext(text)
                pairs = [nodes.Pair(nodes.Const(k.key), k.value) for k in node.kwargs]
                if not pairs:
                    return nodes.MarkSafe(nodes.Const(text % {}))
                return nodes.Mod(nodes.MarkSafe(nodes.Const(text)), nodes.Dict(pairs))
            case _:
                return node


class _Compiler(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        globals_: Mapping[str, Any] = self.environment.globals
        super().visit_Template(_Translated(globals_["gettext"]).visit(node), frame)

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.written(")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        names = tuple(argument.name for argument in macro_ref.node.args)
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or "caller" in names:
            super().macro_def(macro_ref, frame)
            return
        if macro_ref.accesses_caller:
            names += ("caller",)
        self.write(f"environment.macro(macro, {names!r})")


class _Context(Context):
    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if type(function) is not partial:
            return super().call(function, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return function(*args, **kwargs)


class FastEnvironment(jinja2.Environment):
    """An environment whose templates are compiled so, with autoescape on."""

    code_generator_class = _Compiler
    context_class = _Context

    @staticmethod
    def written(value: Any) -> str:
        """Return a value as a template writes it: escaped, unless it is HTML already."""
        kind = type(value)
        if kind is Markup or (kind is str and not _SPECIAL.search(value)):
            text: str = value
            return text
        return escape(value)

    @staticmethod
    def macro(function: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
        """Return a macro that takes arguments by place or by these names."""
        return partial(_call_macro, function, names)


def _call_macro(
    function: Callable[..., str], names: tuple[str, ...], /, *args: Any, **kwargs: Any
) -> Markup:
    if len(args) < len(names):
        args += tuple([kwargs.pop(name, _ABSENT.get(name, missing)) for name in names[len(args) :]])
    if kwargs:
        raise TypeError(f"the macro takes no argument {next(iter(kwargs))!r}")
    return str.__new__(Markup, function(*args))


def compiled_templates(language: FrameLanguage) -> jinja2.BytecodeCache | None:
    """Return where compiled templates are kept: where Python keeps compiled modules, if it may.

    Compiling takes longer than rendering a small plan.
    """
    folder = Path(__file__).parent / "__pycache__"
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return _CompiledTemplates(str(folder), language)


class _CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates by their text and their language.

    All are compiled anew when this module or a catalogue changes.
    """

    def __init__(self, folder: str, language: FrameLanguage) -> None:
        super().__init__(folder, f"template-{language.code}-%s.pyc")
        self._salt = f"{language.digest}{Path(__file__).stat().st_mtime_ns}"

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + self._salt)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if the disk lets us: without it the next run compiles it again."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
