"""Resolve: documents into a plan of typed records whose references lead somewhere.

`resolve` takes the steps in order: `raw_records` out of documents, the `record_index` of their
names, the `skills` that only roles name, `references` and levels in fields, and `body_links`.
"""
