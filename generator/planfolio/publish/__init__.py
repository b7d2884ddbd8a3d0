"""Publish: the files of a public site become one commit on a branch of a remote repository.

The work tree, the index, HEAD, the branches and the configuration of the repository stay as they
are. The owner's pre-push hook is run, as it is for any push; no other hook is.
"""
