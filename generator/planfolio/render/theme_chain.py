"""Where a file of a theme comes from: what serves it, what that replaces, extends and shows."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

import jinja2
from jinja2 import nodes

from planfolio.exceptions import UsageError
from planfolio.render.template_check import blocks_of, named_templates, parsed
from planfolio.render.templates import TEMPLATES, TemplateLoader
from planfolio.render.theme_files import ThemeError, ThemeFile
from planfolio.spelling import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from planfolio.render.theme import ThemeLayer

_FOLDERS = ("", TEMPLATES, "styles/", "assets/", f"{TEMPLATES}charts/")
_ENDINGS = ("", ".html", ".css")


class ChainLink(NamedTuple):
    """A file, and what it has to do with the one before it: `serves`, `replaces`, `extends` ….

    `name` is what templates call it, `blocks` are those that it has.
    """

    relation: str
    name: str
    file: Path
    blocks: Sequence[str] = ()


def theme_chain(layers: Sequence[ThemeLayer], name: str) -> list[ChainLink]:
    """Return the file that serves a name in a theme, and all that stand behind it.

    `name` is a path in a theme, or the end of one: `goal.html`, `charts/roadmap`, `tokens.css`.
    Raises UsageError for one that no layer has, ThemeError for a template that cannot be read.
    """
    files = {path: file for layer in layers for path, file in layer.files.items()}
    path = _path_of(name, files)
    *replaced, serving = (layer.folder / path for layer in layers if path in layer.files)
    own = path.removeprefix(TEMPLATES)
    chain = [ChainLink(relation="serves", name=own, file=serving)]
    if own != path:
        return [*_of_template(own, layers=layers, files=files, served=chain[0])]
    chain += [ChainLink(relation="replaces", name=path, file=f) for f in reversed(replaced)]
    importing = f'"../{path}"'
    for other, file in sorted(files.items()):
        if other.endswith(".css") and importing in file.text():
            holder = _holding(other, layers).folder / other
            chain.append(ChainLink(relation="imported by", name=other, file=holder))
    return chain


def _path_of(name: str, files: Mapping[str, ThemeFile]) -> str:
    tidy = posixpath.normpath(name.strip().replace("\\", "/"))
    for ending in _ENDINGS:
        for folder in _FOLDERS:
            if f"{folder}{tidy}{ending}" in files:
                return f"{folder}{tidy}{ending}"
    for path in sorted(files):
        if path.endswith(f"/{tidy}"):
            return path
    known = {path.removeprefix(TEMPLATES) for path in files}
    known |= {posixpath.basename(path) for path in known}
    near = did_you_mean(tidy, known) or "; the page of a goal is goal.html"
    raise UsageError(f"no theme here has a file {quoted(name)}{near}")


def _holding(path: str, layers: Sequence[ThemeLayer]) -> ThemeLayer:
    return next(layer for layer in reversed(layers) if path in layer.files)


def _of_template(
    name: str,
    *,
    layers: Sequence[ThemeLayer],
    files: Mapping[str, ThemeFile],
    served: ChainLink,
) -> Iterator[ChainLink]:
    bundled = {layer.name: layer.files for layer in layers if layer.bundled}
    env = jinja2.Environment(
        loader=TemplateLoader(files, bundled), extensions=["jinja2.ext.i18n"], autoescape=True
    )

    def file_of_template(called: str) -> Path:
        layer, _, rest = called.partition("/")
        for found in layers:
            if found.bundled and found.name == layer and TEMPLATES + rest in found.files:
                return found.folder / TEMPLATES / rest
        return _holding(TEMPLATES + called, layers).folder / TEMPLATES / called

    try:
        chain = blocks_of(env, name)
        trees = {called: parsed(env, called) for called in chain}
    except jinja2.TemplateSyntaxError as error:
        path, line = error.filename or name, error.lineno
        raise ThemeError(error.message or "", path=path, line=line) from None
    for called, blocks in chain.items():
        relation, file = ("serves", served.file) if called == name else ("extends", None)
        file = file or file_of_template(called)
        yield ChainLink(relation=relation, name=called, file=file, blocks=blocks)
    shown = {file_of_template(called) for called in chain}
    for layer in reversed(layers):
        replaced = layer.folder / TEMPLATES / name
        if TEMPLATES + name in layer.files and replaced not in shown:
            yield ChainLink(relation="replaces", name=name, file=replaced)
    words: dict[type[nodes.Node], str] = {
        nodes.Include: "includes",
        nodes.Import: "imports",
        nodes.FromImport: "imports",
    }
    parts: dict[str, str] = {}
    for tree in trees.values():
        for node, called in named_templates(tree):
            if type(node) in words and TEMPLATES + called in files:
                parts.setdefault(called, words[type(node)])
    for called, relation in parts.items():
        yield ChainLink(relation=relation, name=called, file=file_of_template(called))
