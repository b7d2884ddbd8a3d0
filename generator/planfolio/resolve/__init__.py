"""Resolve: from documents to a plan of typed records whose references are ids that exist.

`resolve` takes the steps in order: `raw_records` out of documents, the `record_index` of their
names, the `skills` that only roles name, `references` and levels in fields, and `body_links`.
"""
