"""Read: files into documents, each with the nodes of its front matter and a compiled body.

`documents` finds the `files` of a plan and splits off their `front_matter`, which is `yaml`;
`site_file` reads site.toml, which is `toml`.
"""
