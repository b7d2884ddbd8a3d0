"""What is wrong with templates of a theme: before a page is rendered, and when one fails."""

import functools
import inspect
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import CodeType
from typing import cast

import jinja2
from jinja2 import nodes
from jinja2.debug import rewrite_traceback_stack

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.compiled_templates import FastEnvironment
from planfolio.render.theme_files import ThemeFault, ThemeFile

_TAGS = (
    "block call else elif extends filter for from if import include macro set trans with "
    "endblock endcall endfilter endfor endif endmacro endset endtrans endwith"
)

TreeOf = Callable[[str], nodes.Template | None]
"""Finds the syntax tree of a template by its name."""

_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

_SIGNS = {"end of statement block": "%}", "end of print statement": "}}"}
"""The sign for each of Jinja's names of the end of a tag."""

_UNKNOWN_NAME = re.compile(r"'(\w+)' is undefined")
_NO_PARAMETER = re.compile(r"macro\(\) got an unexpected keyword argument '(\w+)'")
_QUOTED = re.compile(r"`([^`]+)`")


def template_faults(env: jinja2.Environment, names: Iterable[str]) -> list[ThemeFault]:
    """Return all faults of the templates with these names that do not depend on a page."""

    @functools.cache
    def readable(name: str) -> nodes.Template | None:
        try:
            return tree_of_template(env, name)
        except (jinja2.TemplateSyntaxError, RecursionError):
            return None

    @functools.cache
    def importable(name: str) -> frozenset[str] | None:
        tree = readable(name)
        return None if tree is None else _names_to_import(tree)

    checks = (_TemplateCheck(env, name, readable, importable) for name in names)
    return [fault for check in checks for fault in check.faults()]


def fault_of_page(
    env: FastEnvironment, *, files: Mapping[str, ThemeFile], url: str
) -> ThemeFault | None:
    """Return what ended the rendering of a page, by the exception that is being handled.

    None if it passed through no template. `files` are the templates by name. The fault is placed in
    a custom template, if it passed through one.
    """
    error = rewrite_traceback_stack()
    places: list[tuple[str, int]] = []
    names: set[str] = set()
    called: list[CodeType] = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        if "__jinja_exception__" in frame.f_globals:
            places.append((frame.f_code.co_filename, line))
            names.update(frame.f_locals)
            called.clear()
        else:
            called.append(frame.f_code)
    if not places:
        return None
    inner = places[-1]
    path, line = next((p for p in reversed(places) if p[0] in env.custom_templates), inner)
    message = _in_words(env, error, names=names, called=called)
    fault = ThemeFault(message=message, path=path, line=line, url=url)
    if name := _QUOTED.search(message):
        source = next(file.text() for file in files.values() if file.shown == path)
        fault = _located(fault, source, name[1])
    if fault.column is None and path != inner[0]:
        used = next(name for name, file in files.items() if file.shown == inner[0])
        return fault._replace(message=f"in {used}, which is used here, {message}")
    return fault


def lacking(value: object, name: object) -> str:
    """Return in words that a value has no attribute or item of a name, with the near name."""
    if value is None:
        since = "since what it is read of is none here: test `{% if … %}` first"
        return f"{quoted(str(name))} is not there, {since}"
    if not isinstance(name, str):
        return f"there is no item {quoted(str(name))} here"
    members = map(str, value if isinstance(value, dict) else dir(value))
    near = did_you_mean(name, [member for member in members if not member.startswith("_")])
    return f"{quoted(name)} is not known{near}"


def blocks_of(name: str, tree_of: TreeOf) -> dict[str, list[str]]:
    """Return the templates that one extends, itself first, each with the blocks that it has.

    It ends at a template that has no tree, is not named by a constant, or came before.
    """
    found: dict[str, list[str]] = {}
    following: str | None = name
    while following not in found and following and (tree := tree_of(following)):
        found[following] = [block.name for block in tree.find_all(nodes.Block)]
        parents = (n for node, n in named_templates(tree) if isinstance(node, nodes.Extends))
        following = next(parents, None)
    return found


def tree_of_template(env: jinja2.Environment, name: str) -> nodes.Template | None:
    """Return the syntax tree of a template, None if there is no such template.

    Raises jinja2.TemplateSyntaxError for one that Jinja cannot read.
    """
    try:
        source, shown = _source_of(env, name)
    except jinja2.TemplateNotFound:
        return None
    return env.parse(source, name, shown)


def named_templates(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """Yield what extends, includes or imports a template that it names, and the name."""
    for node in tree.find_all(_NAMING):
        match getattr(node, "template", None):
            case nodes.Const(value=str() as name):
                yield node, name


def _in_words(
    env: FastEnvironment, error: BaseException, *, names: Iterable[str], called: Sequence[CodeType]
) -> str:
    """Return what an exception says to the author of the template that it ended.

    `names` are those that the template knows, `called` are the functions that it was in.
    """
    match error:
        case jinja2.TemplateNotFound() if not isinstance(error, jinja2.TemplatesNotFound):
            near = did_you_mean(str(error.name), env.list_templates())
            return f"there is no template {quoted(str(error.name))}{near}"
        case jinja2.UndefinedError() if unknown := _UNKNOWN_NAME.fullmatch(str(error)):
            if unknown[1] == "caller":
                return "this macro shows what is between {% call … %} and {% endcall %}"
            return f"{quoted(unknown[1])} is not known{did_you_mean(unknown[1], names)}"
        case jinja2.TemplateError():
            return str(error).rstrip(".")
        case RecursionError():
            return "this includes or calls itself without end"
        case AttributeError(obj=value, name=str() as name) if not called:  # in a bundled template
            return lacking(value, name)
        case KeyError(args=[key]):
            return f"there is no {quoted(str(key))}"
        case TypeError() if named := _NO_PARAMETER.search(str(error)):
            return f"this cannot be computed: the macro takes no argument {quoted(named[1])}"
        case LookupError() if type(error) is LookupError:
            return str(error)
    why = str(error) or type(error).__name__
    functions = (env.filters | env.globals).items()
    names_of = {getattr(inspect.unwrap(used), "__code__", None): name for name, used in functions}
    function = next((names_of[code] for code in called if code in names_of), None)
    return f"{quoted(function) if function else 'this'} cannot be computed: {why}"


class _TemplateCheck:
    """The faults of one template."""

    def __init__(
        self,
        env: jinja2.Environment,
        name: str,
        tree_of: TreeOf,
        importable: Callable[[str], frozenset[str] | None],
    ) -> None:
        self._env = env
        self._tree_of = tree_of
        self._importable = importable
        self._name = name
        self._source, self._shown = _source_of(env, name)

    def faults(self) -> list[ThemeFault]:
        """Return the faults by line; of a template that Jinja cannot read, only the first."""
        found: list[ThemeFault] = []
        if tree := self._tree_of(self._name):
            found += self._filters_and_tests(tree)
            found += self._templates(tree)
            found += self._blocks(tree)
            found += self._imported_names(tree)
        found.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
        return list(dict.fromkeys(found)) or self._compiled()

    def _fault(self, node: nodes.Node, message: str, name: str) -> ThemeFault:
        fault = ThemeFault(message=message, path=self._shown, line=node.lineno)
        return _located(fault, self._source, name)

    def _filters_and_tests(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        for kind, tag, known in (
            ("filter", nodes.Filter, self._env.filters),
            ("test", nodes.Test, self._env.tests),
        ):
            for node in tree.find_all(tag):
                if node.name not in known:
                    near = did_you_mean(node.name, known)
                    yield self._fault(
                        node, f"there is no {kind} {quoted(node.name)}{near}", node.name
                    )

    def _templates(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        known = self._env.list_templates()
        for node, name in named_templates(tree):
            if name not in known and not getattr(node, "ignore_missing", False):
                near = did_you_mean(name, known)
                yield self._fault(node, f"there is no template {quoted(name)}{near}", name)
            elif isinstance(node, nodes.Extends) and self._name in blocks_of(name, self._tree_of):
                own = f"; write `default/{name}`" if name == self._name else ""
                yield self._fault(node, f"this template extends itself{own}", name)

    def _blocks(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        """Yield the blocks that the templates which this one extends do not show."""
        extended = blocks_of(self._name, self._tree_of)
        extended.pop(self._name, None)
        known = {block for blocks in extended.values() for block in blocks}
        called = {node.attr for node in tree.find_all(nodes.Getattr) if _name(node.node) == "self"}
        for block in tree.body if known else ():
            if isinstance(block, nodes.Block) and block.name not in known | called:
                where = f"{' or '.join(extended)}{did_you_mean(block.name, known)}"
                message = f"there is no block {quoted(block.name)} in {where}"
                yield self._fault(block, message, block.name)

    def _imported_names(self, tree: nodes.Template) -> Iterator[ThemeFault]:
        """Yield a fault for each name that an imported template, or `ui`, does not have."""
        modules = {"ui": "ui.html"}
        for node, template in named_templates(tree):
            if isinstance(node, nodes.Import):
                modules[node.target] = template
            elif isinstance(node, nodes.FromImport):
                for item in node.names:
                    name = item if isinstance(item, str) else item[0]
                    yield from self._not_in(template, node, name, called=name)
        for node in tree.find_all(nodes.Name):
            if node.ctx != "load":  # it is another value here
                modules.pop(node.name, None)
        for attribute in tree.find_all(nodes.Getattr):
            if (module := _name(attribute.node)) in modules:
                called = f"{module}.{attribute.attr}"
                yield from self._not_in(modules[module], attribute, attribute.attr, called=called)

    def _not_in(
        self, template: str, node: nodes.Node, name: str, *, called: str
    ) -> Iterator[ThemeFault]:
        known = self._importable(template)
        if known is not None and name not in known:
            near = did_you_mean(name, known)
            yield self._fault(node, f"there is no {quoted(called)} in {template}{near}", name)

    def _compiled(self) -> list[ThemeFault]:
        try:
            self._env.get_template(self._name)
        except jinja2.TemplateSyntaxError as error:
            return [self._of_syntax(error)]
        except RecursionError:
            return [ThemeFault(message="this is nested too deeply", path=self._shown)]
        except Exception as error:
            message = f"this template cannot be compiled: {error}"
            return [ThemeFault(message=message, path=self._shown)]
        return []

    def _of_syntax(self, error: jinja2.TemplateSyntaxError) -> ThemeFault:
        message = error.message or "this is no template"
        unknown = re.match(r"Encountered unknown tag '(\w+)'", message)
        near = did_you_mean(unknown[1], _TAGS.split()) if unknown else ""
        message = f"{message.rstrip('.')}{near}"
        fault = ThemeFault(message=message, path=self._shown, line=error.lineno)
        token = re.search(r"(?:got|unexpected(?: char)?) '([^']+)'", message)
        if named := token or re.search(r"'([^']+)'", message):
            return _located(fault, self._source, _SIGNS.get(named[1], named[1]))
        return fault


def _located(fault: ThemeFault, source: str, name: str) -> ThemeFault:
    """Return a fault with the column of a name, if it is once in its line.

    Jinja knows a tag of several lines by the first: the name may be further down in it.
    """
    # A whole word where it is letters; a sign such as `}` may be there twice in a row, as in `}}`.
    pattern = re.compile(rf"(?:\b|(?=\W))(?:{re.escape(name)})+(?:\b|(?<=\W))")
    lines = re.split(r"\r\n?|\n", source)
    for number, text in enumerate(lines[(fault.line or 1) - 1 :], start=fault.line or 1):
        match [*pattern.finditer(text)]:
            case [found]:
                start, end = found.span()
                return fault._replace(
                    line=number, column=start + 1, source=text, length=end - start
                )
            case [_, *_]:
                return fault._replace(line=number)
        if "%}" in text or "}}" in text:
            break
    return fault


def _source_of(env: jinja2.Environment, name: str) -> tuple[str, str]:
    """Return text and path of a template; jinja2.TemplateNotFound if there is none."""
    source, shown, _ = cast("jinja2.BaseLoader", env.loader).get_source(env, name)
    return source, shown or name


def _names_to_import(tree: nodes.Template) -> frozenset[str]:
    """Return the macros and values of a template that others may import."""
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    modules = {imported.target for imported in tree.find_all(nodes.Import)}
    values = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    return frozenset(macros | modules | values)


def _name(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""
