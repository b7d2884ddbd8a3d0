"""Changes of a source: each writes its own value and no other byte.

A command makes `changes`, which `progress` and `states` return; `arguments` reads what was typed.
`file_edit` makes them in the bytes of a record's file by `front_matter_text`, and writes it.
"""
