"""From pages to bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import jinja2

from planfolio.stage5_layout.page import Document, Page
from planfolio.stage6_render.errors import ThemeError
from planfolio.urls import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from planfolio.stage6_render.theme import Theme


def render(pages: Iterable[Page | Document], *, theme: Theme) -> dict[str, bytes]:
    """Return all files of a site by their path: the pages, the documents, the theme's own files.

    Raises ThemeError for the first template that fails.
    """
    files = dict(theme.static)
    for page in pages:
        files[file_of(page.url)] = (
            page.text.encode() if isinstance(page, Document) else render_page(page, theme=theme)
        )
    return files


def render_page(page: Page, *, theme: Theme) -> bytes:
    """Return the bytes of one page; ThemeError with file and line if its template fails."""
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


def fingerprint(page: Page, *, theme: Theme) -> str:
    """Return what decides whether a page must be rendered again: a hash of all it is made from.

    That is its view, its template's name, the theme, and its URL, which its links start from.
    """
    parts = (theme.fingerprint, page.template, page.url, repr(page.view))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


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
