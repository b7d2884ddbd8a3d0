"""What a plan is: its values, kinds, records, settings and diagnostics.

`source_tree` is what was typed, with its places. `values` has a module for each sort of value and
its reader, `fields` the types of fields that are read so. A `table` holds fields, and `kinds` are
the ten kinds of record made of them; `validation` reads what was typed as a table, and
`json_schema` describes it. A `plan` is records with their `body` and `references`, and
`inheritance` fills in what they do not say. `settings` are those of site.toml, and `hints` know
what other trackers call the keys.
"""
