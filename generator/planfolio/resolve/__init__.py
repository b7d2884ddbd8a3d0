"""Resolve: documents into a plan of typed records whose references lead somewhere."""
