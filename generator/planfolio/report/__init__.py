"""Findings and numbers as text for a terminal, and as data for other programs.

`formats` chooses how findings are said: as `text`, as JSON, or for code `hosts`. `rules` explains
rules. `overviews` and `gaps` say numbers in `tables`.
"""
