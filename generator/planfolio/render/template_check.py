"""Finds faults in the templates of a theme before any page is rendered."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

import jinja2
from jinja2 import nodes

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.theme_files import ThemeFault

if TYPE_CHECKING:
    from jinja2.environment import Environment

_NOT_COMPUTED = "this cannot be computed: "
_NO_PARAMETER = re.compile(r"macro\(\) got an unexpected keyword argument '(\w+)'")
_LINES_OF_A_TAG = 12
"""How far below the line that Jinja knows a name is looked for: a tag may be as long."""

_TAGS = (
    "block call else elif extends filter for from if import include macro set trans with "
    "endblock endcall endfilter endfor endif endmacro endset endtrans endwith"
)

Parse = Callable[[str], nodes.Template]
Exports = Callable[[str], "set[str] | None"]

_NAMING: tuple[type[nodes.Stmt], ...] = (
    nodes.Extends,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
)

_SIGNS = {"end of statement block": "%}", "end of print statement": "}}"}
"""The sign for each of Jinja's names of the end of a tag."""

_KINDS_OF_TAG = {"filter": nodes.Filter, "test": nodes.Test}


def template_faults(env: Environment, names: Iterable[str]) -> list[ThemeFault]:
    """Return all faults of the templates with these names that do not depend on a page."""
    parse = functools.cache(functools.partial(parsed, env))
    exports = functools.cache(functools.partial(_exports, env, parse))
    return [fault for name in names for fault in _TemplateCheck(env, name, parse, exports).faults()]


def located(fault: ThemeFault, source: str, pattern: str) -> ThemeFault:
    """Return a fault with the column where its line, or one soon below, matches `pattern`.

    `pattern` is a regular expression whose first group is what is at fault.
    """
    if fault.line is None:
        return fault
    lines = source.splitlines()
    for number in range(fault.line, min(fault.line + _LINES_OF_A_TAG, len(lines) + 1)):
        found = re.search(pattern, lines[number - 1])
        if found:
            column, length = found.start(1) + 1, len(found[1])
            text = lines[number - 1]
            return fault._replace(line=number, column=column, source=text, length=length)
    return fault


def blocks_of(env: Environment, name: str, parse: Parse | None = None) -> dict[str, list[str]]:
    """Return the templates that one extends, itself first, each with the blocks that it has.

    It ends at a template that is missing, is not named by a constant, or came before.
    """
    found: dict[str, list[str]] = {}
    following: str | None = name
    while following is not None and following not in found and template_is_there(env, following):
        tree = parse(following) if parse else parsed(env, following)
        found[following] = [block.name for block in tree.find_all(nodes.Block)]
        following = next((parent for _, parent in _parents(tree)), None)
    return found


def parsed(env: Environment, name: str) -> nodes.Template:
    """Return the syntax tree of a template; jinja2.TemplateSyntaxError if it has none."""
    source, shown = source_of(env, name)
    return env.parse(source, name, shown)


def source_of(env: Environment, name: str) -> tuple[str, str]:
    """Return text and path of a template; jinja2.TemplateNotFound if there is none."""
    source, shown, _ = cast("jinja2.BaseLoader", env.loader).get_source(env, name)
    return source, shown or name


def template_is_there(env: Environment, name: str) -> bool:
    """Tell whether there is a template of this name."""
    try:
        source_of(env, name)
    except jinja2.TemplateNotFound:
        return False
    return True


def named_templates(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """Yield what extends, includes or imports a template that it names, and the name."""
    for tag in _NAMING:
        for node in tree.find_all(tag):
            match getattr(node, "template", None):
                case nodes.Const(value=str() as name):
                    yield node, name


def in_words(error: Exception) -> str:
    """Return the message to the author of a template about an exception that it raised."""
    match error:
        case jinja2.TemplateError():
            return error.message or str(error)
        case RecursionError():
            return "this includes or calls itself without end"
        case ZeroDivisionError():
            return "this divides by zero"
        case MemoryError() | OverflowError():
            return "this is too large to compute"
        case KeyError():
            return f"there is no {quoted(str(error.args[0]))}"
        case TypeError() if named := _NO_PARAMETER.search(str(error)):
            return f"{_NOT_COMPUTED}the macro takes no argument {named[1]!r}"
        case LookupError() if type(error) is LookupError:
            return str(error)
    return f"{_NOT_COMPUTED}{error}"


class _TemplateCheck:
    """The faults of one template."""

    def __init__(self, env: Environment, name: str, parse: Parse, exports: Exports) -> None:
        self._env = env
        self._parse = parse
        self._exports = exports
        self._name = name
        self._source, self._shown = source_of(env, name)

    def faults(self) -> list[ThemeFault]:
        """Return the faults by line; of a template that Jinja cannot read, only the first."""
        try:
            tree = self._parse(self._name)
        except jinja2.TemplateSyntaxError as error:
            return [self._of_syntax(error)]
        except RecursionError:
            return [ThemeFault(message="this is nested too deeply", path=self._shown)]
        found = [*self._tags(tree), *self._templates(tree), *self._blocks(tree)]
        found += self._imported_names(tree)
        return (
            sorted(found, key=lambda fault: (fault.line or 0, fault.column or 0))
            or self._compiled()
        )

    def _fault(self, node: nodes.Node, message: str, pattern: str) -> ThemeFault:
        fault = ThemeFault(message=message, path=self._shown, line=node.lineno)
        return located(fault, self._source, pattern)

    def _of_syntax(self, error: jinja2.TemplateSyntaxError) -> ThemeFault:
        message = error.message or "this is no template"
        unknown = re.match(r"Encountered unknown tag '(\w+)'", message)
        near = did_you_mean(unknown[1], _TAGS.split()) if unknown else ""
        fault = ThemeFault(
            message=f"{message.rstrip('.')}{near}", path=self._shown, line=error.lineno
        )
        token = re.search(r"(?:got|unexpected(?: char)?) '([^']+)'", message)
        if named := token or re.search(r"'([^']+)'", message):
            sign = re.escape(_SIGNS.get(named[1], named[1]))
            pattern = rf"(?<!\w){sign}(?!\w)" if named[1].isidentifier() else sign
            line = "".join(self._source.splitlines()[error.lineno - 1 : error.lineno])
            # Jinja tells no column: which of two like tokens in a line is meant cannot be known.
            if token is None or len(re.findall(f"{pattern}+", line)) == 1:
                return located(fault, self._source, f"({pattern})")
        return fault

    def _tags(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        for kind, class_ in _KINDS_OF_TAG.items():
            known = self._env.filters if kind == "filter" else self._env.tests
            for node in tree.find_all(class_):
                if node.name not in known:
                    near = did_you_mean(node.name, known)
                    message = f"there is no {kind} {quoted(node.name)}{near}"
                    yield self._fault(node, message, rf"\b({re.escape(node.name)})\b")

    def _templates(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        for node, name in named_templates(tree):
            if getattr(node, "ignore_missing", False):
                continue
            where = f"['\"]({re.escape(name)})['\"]"
            if not template_is_there(self._env, name):
                near = did_you_mean(name, self._env.list_templates())
                yield self._fault(node, f"there is no template {quoted(name)}{near}", where)
            elif isinstance(node, nodes.Extends) and self._name in self._ancestors(name):
                own = f"; write `default/{name}`" if name == self._name else ""
                yield self._fault(node, f"this template extends itself{own}", where)

    def _blocks(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        """Yield the blocks that the templates which this one extends do not show."""
        chain = self._ancestors(self._name)
        known = {block for name, blocks in chain.items() if name != self._name for block in blocks}
        called = {node.attr for node in tree.find_all(nodes.Getattr) if _is_name(node.node, "self")}
        if not any(tree.find_all(nodes.Extends)) or not known:
            return
        for block in tree.body:
            if isinstance(block, nodes.Block) and block.name not in known | called:
                near = did_you_mean(block.name, known)
                parents = " or ".join(name for name in chain if name != self._name)
                message = f"there is no block {quoted(block.name)} in {parents}{near}"
                yield self._fault(block, message, rf"\bblock\s+({re.escape(block.name)})\b")

    def _ancestors(self, name: str) -> dict[str, list[str]]:
        try:
            return blocks_of(self._env, name, self._parse)
        except jinja2.TemplateSyntaxError:
            return {}

    def _imported_names(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        """Yield a fault for each name that an imported template, or `ui`, does not have."""
        modules = {"ui": "ui.html"}
        for node, name in named_templates(tree):
            if isinstance(node, nodes.Import):
                modules[node.target] = name
            elif isinstance(node, nodes.FromImport):
                wanted = [item if isinstance(item, str) else item[0] for item in node.names]
                yield from self._missing(node, name, wanted)
        own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        for attribute in tree.find_all(nodes.Getattr):
            match attribute.node:
                case nodes.Name(name=module) if module in modules and module not in own:
                    yield from self._missing(attribute, modules[module], [attribute.attr], module)

    def _missing(
        self, node: nodes.Node, template: str, wanted: Iterable[str], module: str = ""
    ) -> Iterator[ThemeFault]:
        known = self._exports(template)
        for name in wanted:
            if known is not None and name not in known:
                called = f"{module}.{name}" if module else name
                message = f"there is no {quoted(called)} in {template}{did_you_mean(name, known)}"
                yield self._fault(node, message, rf"\b({re.escape(name)})\b")

    def _compiled(self) -> list[ThemeFault]:
        try:
            self._env.get_template(self._name)
        except jinja2.TemplateSyntaxError as error:
            return [self._of_syntax(error)]
        except Exception as error:
            reason = in_words(error).removeprefix(_NOT_COMPUTED)
            message = f"this template cannot be compiled: {reason}"
            return [ThemeFault(message=message, path=self._shown)]
        return []


def _parents(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    return ((node, name) for node, name in named_templates(tree) if isinstance(node, nodes.Extends))


def _exports(env: Environment, parse: Parse, name: str) -> set[str] | None:
    """Return the names that a template sets, and others may read when they import it.

    None stands for a template that is not there or that Jinja cannot read.
    """
    if not template_is_there(env, name):
        return None
    try:
        tree = parse(name)
    except jinja2.TemplateSyntaxError:
        return None
    found = {node.name for node in tree.find_all(nodes.Macro)}
    found |= {node.target for node in tree.find_all(nodes.Import)}
    return found | {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name
