"""What any site may say: the words of planfolio itself."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from types import CodeType
from typing import TYPE_CHECKING

from planfolio.exceptions import PlanfolioError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.abc import InspectLoader

_SPEAKING = ("portfolio", "render", "analyse", "markdown", "model.kinds", "model.values")
"""Packages whose constants go into pages."""

_EXPLAINING = ("rules",)
"""Packages of which only what functions say goes there; their examples do not."""


def words_of_planfolio() -> Iterator[str]:
    """Yield the text that the program itself puts into pages, piece by piece."""
    for package in (*_SPEAKING, *_EXPLAINING):
        name = f"planfolio.{package}"
        path = importlib.import_module(name).__path__
        for module in pkgutil.iter_modules(path, prefix=f"{name}."):
            code = _code(module.name)
            yield from _said(code, within=package in _SPEAKING)


def _code(name: str) -> CodeType:
    spec = importlib.util.find_spec(name)
    loader: InspectLoader | None = getattr(spec, "loader", None)
    code = loader.get_code(name) if loader is not None else None
    if code is None:  # pragma: no cover - no way of installing planfolio leads here
        raise PlanfolioError(f"the code of {name} is not to be found")
    return code


def _said(code: CodeType, *, within: bool) -> Iterator[str]:
    for constant in code.co_consts:
        match constant:
            case str() if within:
                yield constant
            case tuple() if within:
                yield from (item for item in constant if isinstance(item, str))
            case CodeType():
                yield from _said(constant, within=True)
