"""What a template is told that fails while a page is rendered: where, what, and the near name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from jinja2 import nodes

from planfolio.render.template_check import in_words, located, parsed, source_of
from planfolio.render.theme_files import ThemeFault
from planfolio.spelling import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from jinja2.environment import Environment

_NOT_THERE = jinja2.Undefined()._undefined_obj


class UnknownName(jinja2.StrictUndefined):
    """A name that is not there: its use fails with a message; `{base}` is what it was read of."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint:
            lacks = re.match(r"parameter '(\w+)' was not provided", self._undefined_hint)
            return f"`{lacks[1]}` is not given to this macro" if lacks else self._undefined_hint
        if owner is _NOT_THERE:
            return f"`{name}` is not known"
        if owner is None:
            ask = "ask `{% if {base} %}` first"
            return f"`{name}` is not there, since {{base}} is none here: {ask}"
        if not isinstance(name, str):
            return f"there is no item {name} here"
        members = owner if isinstance(owner, dict) else dir(owner)
        public = [str(member) for member in members if not str(member).startswith("_")]
        return f"`{name}` is not known{did_you_mean(name, public)}"


class _Place(NamedTuple):
    """A line of a template that an exception passed through, and the names that it knew there."""

    path: str
    line: int
    names: Collection[str]


def page_faults(
    env: Environment, error: Exception, *, own: Collection[str], url: str
) -> list[ThemeFault]:
    """Return the fault that keeps a page from being rendered; none where no template is at fault.

    `own` are the paths of the templates of which the owner of the site is the author: the fault is
    placed in the innermost of them that it passed through, if there is one.
    """
    places = list(_places(error))
    if not places:
        return []
    candidates = [found for found in places if found.path in own] or places
    message = _message(env, error)
    word = re.search(r"`([\w.-]+)`", message)
    place = candidates[-1]
    if word and isinstance(error, jinja2.UndefinedError):
        # A name that was handed on to a macro is at fault where it was read.
        reading = (found for found in reversed(candidates) if _reads(env, found, word[1]))
        place = next(reading, place)
    fault = ThemeFault(message=message, path=place.path, line=place.line, url=url)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return [fault]
    template = _Template.at(env, place)
    if word is None or template is None:
        return [fault]
    if not isinstance(error, jinja2.UndefinedError):
        return [located(fault, template.source, rf"({re.escape(word[1])})")]
    inner = _Template.at(env, places[-1])
    if inner and inner != template and places[-1].line in inner.lines(word[1]):
        fault = inner.with_name(replace(fault, line=places[-1].line), word[1], places[-1].names)
        message = f"{fault.message}, in {inner.name}, which is used here"
        return [ThemeFault(message=message, path=place.path, line=place.line, url=url)]
    return [template.with_name(fault, word[1], place.names)]


class _Template(NamedTuple):
    """A template that a fault is in, as text and tree."""

    name: str
    source: str
    tree: nodes.Template

    @classmethod
    def at(cls, env: Environment, place: _Place) -> _Template | None:
        """Return the template of a place."""
        for name in sorted(env.list_templates(), key=len):  # `default/ui.html` is `ui.html` too
            source, shown = source_of(env, name)
            if shown == place.path:
                return cls(name, source, parsed(env, name))
        return None

    def lines(self, attribute: str) -> set[int]:
        """Return the lines that read an attribute of something."""
        return {node.lineno for node in self._reading(attribute)}

    def with_name(self, fault: ThemeFault, name: str, names: Collection[str]) -> ThemeFault:
        """Return a fault with the unknown name as it is written here, and the place of that."""
        found = self._reading(name)
        line = fault.line or 0
        node = next((node for node in found if node.lineno >= line), found[0] if found else None)
        called = _dotted(node) if node else name
        near = did_you_mean(called, names) if fault.message.endswith("is not known") else ""
        message = fault.message.replace(f"`{name}`", f"`{called}`", 1) + near
        message = message.replace("{base}", called.rpartition(".")[0] or "that")
        fault = replace(fault, message=message, line=node.lineno if node else fault.line)
        pattern = rf"(?<!\w)({name})(?!\w)"
        return located(fault, self.source, rf"\.\s*{pattern}" if node else pattern)

    def _reading(self, attribute: str) -> list[nodes.Getattr]:
        return [node for node in self.tree.find_all(nodes.Getattr) if node.attr == attribute]


def _reads(env: Environment, place: _Place, attribute: str) -> bool:
    """Tell whether an attribute of something is read at a place."""
    template = _Template.at(env, place)
    return template is not None and place.line in template.lines(attribute)


def _message(env: Environment, error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        near = did_you_mean(str(error.name), env.list_templates())
        return f"there is no template {quoted(str(error.name))}{near}"
    return in_words(error)


def _dotted(node: nodes.Node) -> str:
    """Return a name with what it is read of, as the template has it: `goal.role.titel`."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attribute):
            return f"{_dotted(inner)}.{attribute}".removeprefix(".")
    return ""


def _places(error: Exception) -> Iterator[_Place]:
    """Yield the places in templates that an exception passed through, inwards."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        yield _Place(error.filename or error.name or "", error.lineno, ())
        return
    traceback = error.__traceback__
    while traceback is not None:
        frame: Any = traceback.tb_frame
        if "__jinja_exception__" in frame.f_globals:
            yield _Place(frame.f_code.co_filename, traceback.tb_lineno, frame.f_locals)
        traceback = traceback.tb_next
