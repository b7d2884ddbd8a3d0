"""Read: files into documents, each with marked front matter and a compiled body."""

from planfolio.read.documents import Document, Documents, Reader, read_documents
from planfolio.read.site_file import SiteFile, find_site, read_site

__all__ = [
    "Document",
    "Documents",
    "Reader",
    "SiteFile",
    "find_site",
    "read_documents",
    "read_site",
]
