"""From pages to bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import jinja2

from planfolio.portfolio import Calendar, Document, Page
from planfolio.render.errors import ThemeError
from planfolio.urls import file_of

if TYPE_CHECKING:
    from types import TracebackType

    from planfolio.render.theme import Theme


def render(item: Page | Calendar | Document, *, theme: Theme) -> bytes:
    """Return the bytes of one file of a site; ThemeError with file and line if a template fails."""
    match item:
        case Page():
            return _page(item, theme=theme)
        case Calendar():
            # icalendar is a hundred modules, which only this file needs.
            from planfolio.render.calendar_text import calendar_text

            return calendar_text(item).encode()
        case Document():
            return item.text.encode()


def _page(page: Page, *, theme: Theme) -> bytes:
    try:
        template = theme.templates.get_template(page.template)
        return template.render(view=page.view, here=page.url).encode()
    except ThemeError:
        raise
    except jinja2.TemplateSyntaxError as error:
        path = error.filename or error.name or ""
        raise ThemeError(error.message or "", path=path, line=error.lineno) from error
    except jinja2.TemplateNotFound as error:
        path, line = _place(error.__traceback__)
        message = f"there is no template {error.name!r} in the theme {theme.name!r}"
        raise ThemeError(message, path=path, line=line) from error
    except Exception as error:
        path, line = _place(error.__traceback__)
        if not path:
            raise
        reason = str(error) if isinstance(error, jinja2.TemplateError) else _named(error)
        message = f"{reason} (rendering {file_of(page.url)})"
        raise ThemeError(message, path=path, line=line) from error


def fingerprint(item: Page | Calendar, *, theme: Theme) -> str:
    """Return what decides whether a file must be rendered again: a hash of all it is made from.

    Of a page that is its view, its template's name, the theme, and its URL, which its links start
    from; of a calendar what stands in it.
    """
    if isinstance(item, Page):
        parts = (theme.fingerprint, item.template, item.url, repr(item.view))
    else:
        parts = ("", "", item.url, repr(item))
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _place(traceback: TracebackType | None) -> tuple[str, int | None]:
    """Return file and line of the innermost template that an exception passed through."""
    path, line = "", None
    while traceback is not None:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            path, line = traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next
    return path, line
