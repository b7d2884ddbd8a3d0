"""Finds faults in the templates of a theme before any page is rendered."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import jinja2
from jinja2 import nodes
from jinja2.environment import Environment

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.theme_files import ThemeFault

_TAGS = (
    "block call else elif extends filter for from if import include macro set trans with "
    "endblock endcall endfilter endfor endif endmacro endset endtrans endwith"
)

TreeOf = Callable[[str], nodes.Template | None]
"""Finds the syntax tree of a template by its name."""

_NAMING: tuple[type[nodes.Node], ...] = (
    nodes.Extends,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
)

_SIGNS = {"end of statement block": "%}", "end of print statement": "}}"}
"""The sign for each of Jinja's names of the end of a tag."""


def template_faults(env: Environment, names: Iterable[str]) -> list[ThemeFault]:
    """Return all faults of the templates with these names that do not depend on a page."""

    @functools.cache
    def readable(name: str) -> nodes.Template | None:
        try:
            return tree_of_template(env, name)
        except (jinja2.TemplateSyntaxError, RecursionError):
            return None

    return [fault for name in names for fault in _TemplateCheck(env, name, readable).faults()]


def located(fault: ThemeFault, source: str, name: str) -> ThemeFault:
    """Return a fault with the column of a name, if it is once in its line.

    Jinja knows a tag of several lines by the first: the name may be further down in it.
    """
    # `}}` is one sign, and what ends in a letter or begins with one ends or begins a word.
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


def tree_of_template(env: Environment, name: str) -> nodes.Template | None:
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


class _TemplateCheck:
    """The faults of one template."""

    def __init__(self, env: Environment, name: str, tree_of: TreeOf) -> None:
        self._env = env
        self._tree_of = tree_of
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
        return located(fault, self._source, name)

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
        tree = self._tree_of(template)
        if tree is None:
            return
        known = {macro.name for macro in tree.find_all(nodes.Macro)}
        known |= {imported.target for imported in tree.find_all(nodes.Import)}
        known |= {other.name for other in tree.find_all(nodes.Name) if other.ctx == "store"}
        if name not in known:
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
            return located(fault, self._source, _SIGNS.get(named[1], named[1]))
        return fault


def _source_of(env: Environment, name: str) -> tuple[str, str]:
    """Return text and path of a template; jinja2.TemplateNotFound if there is none."""
    source, shown, _ = cast("jinja2.BaseLoader", env.loader).get_source(env, name)
    return source, shown or name


def _name(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""
