"""Finds all faults of the templates of a page that failed, with suggestions.

The page is rendered once more. This time an unknown name, or a filter or a function that fails, is
recorded and stands for nothing, and the rendering goes on.
"""

from __future__ import annotations

import functools
import re
import sys
from typing import TYPE_CHECKING, Any, cast

import jinja2
from jinja2 import nodes

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.compiled_templates import CompiledTemplates, FastEnvironment
from planfolio.render.template_check import in_words, located, parsed, source_of
from planfolio.render.theme_files import ThemeFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

    from planfolio.render.languages import FrameLanguage

_MAY_BE_UNKNOWN = frozenset({"default", "d"})
"""The filters that may be given unknown names."""

_FUNCTIONS = ("asset", "icon", "chart")

_OPERATORS = (
    "add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow neg pos "
    "lt le gt ge"
)

Place = tuple[jinja2.Template, int]


def page_faults(
    env: FastEnvironment,
    render: Callable[[FastEnvironment], object],
    error: Exception,
    *,
    url: str,
) -> list[ThemeFault]:
    """Return the faults that keep a page from being rendered; none where no template is at fault.

    `render` is what raised `error`. A fault is placed in a custom template, if it passed through
    one.
    """
    faults = _Faults(env, url=url)
    try:
        render(faults.environment())
    except Exception as again:
        faults.of_exception(again)
    if not faults.found:
        faults.of_exception(error)
    return faults.found


class _Faults:
    """The faults of one page, each place once."""

    def __init__(self, env: FastEnvironment, *, url: str) -> None:
        self._env = env
        self._url = url
        self.found: list[ThemeFault] = []

    def environment(self) -> FastEnvironment:
        """Return the environment in which rendering goes on after a fault."""
        env = self._env.overlay(undefined=_unknown(self))
        # Bundled templates take for granted what a record has; here they are compiled as others.
        env.custom_templates = {source_of(env, name)[1] for name in env.list_templates()}
        language = cast("FrameLanguage", env.globals["language"])
        env.bytecode_cache = CompiledTemplates(language, purpose="faults")
        kept = {name: found for name, found in env.filters.items() if name in _MAY_BE_UNKNOWN}
        env.filters = {n: self._going_on(n, f, "filter") for n, f in env.filters.items()} | kept
        ours = {name: cast("Callable[..., Any]", env.globals[name]) for name in _FUNCTIONS}
        wrapped = {name: self._going_on(name, ours[name], "function") for name in _FUNCTIONS}
        env.globals = {**env.globals, **wrapped}
        return env

    def of_unknown(self, places: list[Place], name: str, message: str) -> None:
        """Record an unknown name; `message` has `{name}`, and `{base}` before it."""
        if not places:
            return
        template, line = places[0]
        called = _as_written(self._read(template)[1], name, line)
        base = called.rpartition(".")[0] or "that"
        text = message.replace("{name}", called).replace("{base}", base)
        pattern = rf"(?<!\w)({re.escape(name)})(?!\w)"
        self._write_down(places, text, rf"\.\s*{pattern}" if "." in called else pattern)

    def _write_down(self, places: list[Place], message: str, pattern: str) -> None:
        """Place a fault in the innermost custom template, or in the innermost of all."""
        inner, _ = places[0]
        template, line = next(
            (p for p in places if p[0].filename in self._env.custom_templates), places[0]
        )
        fault = self._fault(template.filename, line, message)
        if template is not inner:
            # One wrong value may miss many things in a macro: the first of them is enough.
            if (fault.path, fault.line) not in {(f.path, f.line) for f in self.found}:
                self._add(fault._replace(message=f"{message}, in {inner.name}, which is used here"))
        else:
            self._add(located(fault, self._read(template)[0], pattern))

    def of_exception(self, error: Exception) -> None:
        """Record what ended the rendering, if it passed through a template."""
        places = _places_in(error.__traceback__)
        if isinstance(error, jinja2.TemplateSyntaxError):
            places = [(error.filename or error.name or "", error.lineno)]
        custom = [place for place in places if place[0] in self._env.custom_templates]
        for path, line in (custom or places)[-1:]:
            self._add(self._fault(path, line, self._words(error)))

    def _words(self, error: Exception) -> str:
        if isinstance(error, jinja2.TemplateNotFound):
            near = did_you_mean(str(error.name), self._env.list_templates())
            return f"there is no template {quoted(str(error.name))}{near}"
        return in_words(error)

    def _going_on(self, name: str, function: Callable[..., Any], word: str) -> Any:
        @functools.wraps(function)
        def going_on(*args: Any, **options: Any) -> Any:
            values = [*args, *options.values()]
            unknown = [value for value in values if isinstance(value, jinja2.Undefined)]
            if unknown:
                return str(unknown[0])
            try:
                return function(*args, **options)
            except Exception as error:
                text, wrong = self._words(error), name
                if not isinstance(error, LookupError | jinja2.TemplateError):
                    text = f"the {word} {quoted(name)} does not fit here: {error}"
                elif unknown_name := re.search(r"`([\w.-]+)`", text):
                    wrong = unknown_name[1]
                pattern = rf"\b({re.escape(wrong)})\b"
                self._write_down(_places_above(sys._getframe(1)), text, pattern)
                return ""

        return going_on

    def _fault(self, path: str | None, line: int | None, message: str) -> ThemeFault:
        return ThemeFault(message=message, path=path or "", line=line, url=self._url)

    def _add(self, fault: ThemeFault) -> None:
        places = {(f.path, f.line, f.message) for f in self.found}
        if (fault.path, fault.line, fault.message) not in places:
            self.found.append(fault)

    def _read(self, template: jinja2.Template) -> tuple[str, nodes.Template]:
        name = template.name or ""
        return source_of(self._env, name)[0], parsed(self._env, name)


def _places_above(frame: FrameType | None) -> list[Place]:
    """Return the templates and lines that a frame and those above it are at, outwards."""
    found = []
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, jinja2.Template):
            found.append((template, template.get_corresponding_lineno(frame.f_lineno)))
        frame = frame.f_back
    return found


def _unknown(faults: _Faults) -> type[jinja2.Undefined]:
    """Return a class of unknown names, which records where one is used."""
    missing = jinja2.Undefined()._undefined_obj

    class Unknown(jinja2.Undefined):
        __slots__ = ("_message", "_places")

        def __init__(
            self,
            hint: str | None = None,
            obj: Any = missing,
            name: str | None = None,
            exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
        ) -> None:
            super().__init__(hint, obj, name, exc)
            frame = sys._getframe(1)
            self._places = [] if isinstance(name, jinja2.Undefined) else _places_above(frame)
            self._message = _sentence(hint, obj, name, _names_at(frame), known=obj is not missing)

        def _nothing(self, *_: object, **__: object) -> Any:
            faults.of_unknown(self._places, str(self._undefined_name), self._message)
            return self

        def _false(self, *_: object) -> bool:
            self._nothing()
            return False

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self._nothing()

        def __str__(self) -> str:
            self._nothing()
            return ""

        def __iter__(self) -> Any:
            self._nothing()
            return iter(())

        def __len__(self) -> int:
            self._nothing()
            return 0

        __call__ = __getitem__ = _nothing
        __bool__ = __eq__ = __ne__ = __contains__ = _false
        __hash__ = jinja2.Undefined.__hash__

    for operator in _OPERATORS.split():
        setattr(Unknown, f"__{operator}__", Unknown._nothing)
    return Unknown


def _sentence(hint: str | None, obj: Any, name: Any, names: list[str], *, known: bool) -> str:
    if hint:
        lacks = re.match(r"parameter '(\w+)' was not provided", hint)
        return f"`{lacks[1]}` is not given to this macro" if lacks else hint
    if not known:
        return f"`{{name}}` is not known{did_you_mean(str(name), names)}"
    if obj is None:
        return "`{name}` is not there, since {base} is none here: test `{% if {base} %}` first"
    if isinstance(name, str):
        members = obj if isinstance(obj, dict) else dir(obj)
        public = [str(member) for member in members if not str(member).startswith("_")]
        return f"`{{name}}` is not known{did_you_mean(name, public)}"
    return f"there is no item {name} here"


def _names_at(frame: FrameType | None) -> list[str]:
    """Return the names that the template of a frame could have meant."""
    while frame is not None:
        context = frame.f_locals.get("context")
        if isinstance(context, jinja2.runtime.Context):
            return list(context.get_all())
        frame = frame.f_back
    return []


def _as_written(tree: nodes.Template, name: str, line: int) -> str:
    """Return a name with what it is read of, as the template has it: `goal.role.titel`."""
    found = [node for node in tree.find_all(nodes.Getattr) if node.attr == name]
    later = [node for node in found if node.lineno >= line] or found
    return _dotted(later[0]) if later else name


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attribute):
            return f"{_dotted(inner)}.{attribute}".removeprefix(".")
    return ""


def _places_in(traceback: TracebackType | None) -> list[tuple[str, int]]:
    """Return file and line of each template that an exception passed through, inwards."""
    found = []
    while traceback is not None:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            found.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found
