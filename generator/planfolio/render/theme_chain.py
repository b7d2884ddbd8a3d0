"""Where a file of a theme comes from: what serves it, what that replaces, extends and shows."""

import functools
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import jinja2
from jinja2 import nodes

from planfolio.exceptions import UsageError
from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.template_faults import blocks_of, named_templates, tree_of_template
from planfolio.render.templates import TEMPLATES, TemplateLoader
from planfolio.render.theme import ThemeLayer
from planfolio.render.theme_files import ThemeError, ThemeFile


class ChainLink(NamedTuple):
    """A file, and what it has to do with the one before it: `serves`, `replaces`, `extends` ….

    `name` is what templates call it, `blocks` are those that it has.
    """

    relation: str
    name: str
    file: ThemeFile
    blocks: Sequence[str] = ()


def theme_chain(layers: Sequence[ThemeLayer], name: str) -> list[ChainLink]:
    """Return the file that serves a name in a theme, and all that are behind it.

    `name` is a path in a theme, or the end of one: `goal.html`, `charts/roadmap`, `tokens.css`.
    Raises UsageError for one that no layer has, ThemeError for a template that cannot be read.
    """
    files = {path: file for layer in layers for path, file in layer.files.items()}
    path = _path_of(name, files)
    held = [layer.files[path] for layer in reversed(layers) if path in layer.files]
    if path.startswith(TEMPLATES):
        bundled = {layer.name: layer.files for layer in layers if layer.bundled}
        return list(_of_template(path, held, TemplateLoader(files, bundled)))
    serving, *replaced = held
    return [
        ChainLink("serves", path, serving),
        *(ChainLink("replaces", path, file) for file in replaced),
    ]


def _path_of(name: str, files: Mapping[str, ThemeFile]) -> str:
    tidy = posixpath.normpath(name.strip().replace("\\", "/"))
    templates_first = sorted(files, key=lambda path: (not path.startswith(TEMPLATES), len(path)))
    for path in templates_first:
        if f"/{path}".endswith((f"/{tidy}", f"/{tidy}.html", f"/{tidy}.css")):
            return path
    known = {path.removeprefix(TEMPLATES) for path in files}
    known |= {posixpath.basename(path) for path in known}
    near = did_you_mean(tidy, known) or "; the page of a goal is goal.html"
    raise UsageError(f"no theme here has a file {quoted(name)}{near}")


def _of_template(
    path: str, held: Sequence[ThemeFile], loader: TemplateLoader
) -> Iterator[ChainLink]:
    name = path.removeprefix(TEMPLATES)
    env = jinja2.Environment(loader=loader, extensions=["jinja2.ext.i18n"], autoescape=True)
    tree_of = functools.cache(functools.partial(tree_of_template, env))
    try:
        chain = blocks_of(name, tree_of)
    except jinja2.TemplateSyntaxError as error:
        where, line = error.filename or name, error.lineno
        raise ThemeError(error.message or "", path=where, line=line) from None
    for called, blocks in chain.items():
        relation = "serves" if called == name else "extends"
        yield ChainLink(relation, called, loader.files[called], blocks)
    extended = [loader.files[called] for called in chain]
    yield from (ChainLink("replaces", name, file) for file in held if file not in extended)
    parts: dict[str, str] = {}
    for tree in filter(None, map(tree_of, chain)):
        for node, called in named_templates(tree):
            if not isinstance(node, nodes.Extends) and called in loader.files:
                relation = "includes" if isinstance(node, nodes.Include) else "imports"
                parts.setdefault(called, relation)
    yield from (ChainLink(relation, part, loader.files[part]) for part, relation in parts.items())
