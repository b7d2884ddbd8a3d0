"""Findings and numbers as text for a terminal, and as data for other programs.

`formats` prints findings: as `text`, as JSON, or for `code_hosts`. `rules` explains rules.
`overviews` and `gaps` print numbers in tables, which are in `text` too.
"""
