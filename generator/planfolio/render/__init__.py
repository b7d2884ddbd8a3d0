"""Rendering: from the portfolio and a theme to the files of a site.

`site` renders a page when it is asked for. A `theme` is layers of `theme_files`; its `templates`
are Jinja with our `filters`, `languages` and `charts`, which `template_compiler` makes fast and
`compiled_templates` keeps. `template_faults` tells the author of a theme what is wrong with them.
"""
