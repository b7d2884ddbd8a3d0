"""Templates as `template_compiler` compiles them, and where they are kept."""

import functools
import inspect
import marshal
import sys
from collections.abc import Callable, Collection, Mapping, MutableMapping
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from planfolio.render.languages import FrameLanguage


def _letting_go(root: Callable[[Context], list[str]]) -> Callable[[Context], list[str]]:
    """Return what renders a template and then forgets what the template set.

    Macros refer to their context and it to them. No page would be freed before the collector of
    cycles finds it, which a build pauses: 75 kB a page.
    """

    @functools.wraps(root)
    def rendered(context: Context) -> list[str]:
        pieces = root(context)
        context.vars.clear()
        return pieces

    return rendered


class _Template(jinja2.Template):
    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 (Jinja's names)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        context = self.new_context(vars, shared, locals)
        module = TemplateModule(self, context, inspect.unwrap(self.root_render_func)(context))
        context.vars.clear()  # the module has the macros now
        return module


class _Context(Context):
    def get_exported(self) -> dict[str, Any]:
        # Jinja leaves out what a template imports and names that begin with an underscore, one by
        # one: that takes as long as to set them.
        return self.vars


class FastEnvironment(jinja2.Environment):
    """An environment that compiles templates with `template_compiler`, with autoescape on."""

    template_class = _Template
    context_class = _Context
    letting_go = staticmethod(_letting_go)
    custom_templates: Collection[str] = ()
    """The paths of those that no bundled theme has: in them `x.name` is what Jinja says it is.

    In all others it is an attribute that is there, unless they ask whether it is.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what all templates know; a context copies a dictionary faster than a chain."""
        return {**self.globals, **(d or {})}

    @property
    def code_generator_class(self) -> type[CodeGenerator]:  # type: ignore[override]
        """What writes the code of templates; it is imported only if one is not kept yet."""
        from planfolio.render.template_compiler import TemplateCompiler

        return TemplateCompiler

    def _compile(self, source: str, filename: str) -> CodeType:
        from planfolio.render.template_compiler import with_plain_parameters

        return with_plain_parameters(super()._compile(source, filename))

    @staticmethod
    def written(value: Any) -> str:
        """Return a value as a template writes it: escaped, unless it is HTML already."""
        text: str = value
        if type(value) is Markup:
            return text
        if type(value) is not str:
            if hasattr(value, "__html__"):
                return escape(value)
            text = str(value)
        # A regular expression takes twice as long to find that there is none of them.
        if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
            return escape(text)
        return text


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates by their text and language, where Python keeps compiled modules.

    Without them the example takes twice as long. All are compiled anew when the compiler, Jinja or
    a catalogue changes. Jinja's own class reads in pieces of a few bytes, six times as slowly.
    """

    def __init__(self, language: FrameLanguage) -> None:
        self._language = language.code
        compiler = Path(__file__).with_name("template_compiler.py").read_text("utf-8")
        checksum = super().get_source_checksum(compiler)
        self._salt = f"{language.digest} {jinja2.__version__} {checksum}"

    def get_source_checksum(self, source: str) -> str:
        """Return what changes with the text and with all else that a compiled template is of."""
        return super().get_source_checksum(source + self._salt)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it is kept."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            # What is there is as trusted as the compiled modules beside it.
            checksum, code = marshal.loads(self._file(bucket).read_bytes())  # noqa: S302
            if checksum == bucket.checksum:
                bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if Python and the disk allow it: else the next run compiles it again."""
        if not sys.dont_write_bytecode:
            # It puts the file in its place whole, since several builds may write at once.
            kept = marshal.dumps((bucket.checksum, bucket.code))
            SourceFileLoader(__name__, __file__).set_data(str(self._file(bucket)), kept)

    def _file(self, bucket: Bucket) -> Path:
        name = f"template-{self._language}-{bucket.key}.py"
        return Path(cache_from_source(str(Path(__file__).with_name(name))))
