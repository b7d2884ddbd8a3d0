"""Finds the fault of a template that ended the rendering of a page, with a suggestion."""

import inspect
import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from types import CodeType

import jinja2
from jinja2.debug import rewrite_traceback_stack

from planfolio.message_text import quoted
from planfolio.names import did_you_mean
from planfolio.render.compiled_templates import FastEnvironment
from planfolio.render.template_check import located
from planfolio.render.theme_files import ThemeFault, ThemeFile

_UNKNOWN_NAME = re.compile(r"'(\w+)' is undefined")
_NOT_GIVEN = re.compile(r"parameter '(\w+)' was not provided")
_NO_PARAMETER = re.compile(r"macro\(\) got an unexpected keyword argument '(\w+)'")
_QUOTED = re.compile(r"`([^`]+)`")


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
        fault = located(fault, source, name[1])
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
            return f"{quoted(unknown[1])} is not known{did_you_mean(unknown[1], names)}"
        case jinja2.UndefinedError() if named := _NOT_GIVEN.fullmatch(str(error)):
            return f"{quoted(named[1])} is not given to this macro"
        case jinja2.TemplateError():
            return str(error).rstrip(".")
        case RecursionError():
            return "this includes or calls itself without end"
        case ZeroDivisionError():
            return "this divides by zero"
        case MemoryError() | OverflowError():
            return "this is too large to compute"
        case AttributeError(obj=value, name=str() as name) if not called:  # in a bundled template
            return lacking(value, name)
        case KeyError(args=[key]):
            return f"there is no {quoted(str(key))}"
        case TypeError() if named := _NO_PARAMETER.search(str(error)):
            return f"this cannot be computed: the macro takes no argument {quoted(named[1])}"
        case LookupError() if type(error) is LookupError:
            return str(error)
    functions = (env.filters | env.globals).items()
    names_of = {getattr(inspect.unwrap(used), "__code__", None): name for name, used in functions}
    function = next((names_of[code] for code in called if code in names_of), None)
    return f"{quoted(function) if function else 'this'} cannot be computed: {error}"
