"""The live preview: builds the plan in memory, serves it, and shows every edit as it is saved.

`server` holds it together: `watcher` sees the edits, `builder` makes sites, `broadcast` tells open
pages, and `app` answers them behind the checks of `security`.
"""
