"""What is remembered from build to build, so that the next has less to do.

Nothing here decides what a site looks like: whatever is remembered is held against all that it was
made from, and without it the same bytes come out, later. In memory things are known by identity
(`recall`) or by the state of their file (`memory`); on disk by a hash of their sources (`disk`).
"""
