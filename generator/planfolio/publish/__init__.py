"""Publish: the files of a public site become one commit on a branch of a remote repository.

It is done with git's plumbing alone: blobs, a tree of a temporary index, a commit on top of what
the remote has, and a push of that commit. The work tree, the index, HEAD, the branches and the
configuration of the repository stay as they are. A pre-push hook of the owner's is run, as it is
for any push; no other hook is.
"""

from planfolio.publish.exposure import Hidden, hidden_of
from planfolio.publish.outcome import Exposure, Publication, PublishFailed, PublishRefused
from planfolio.publish.publish import NO_JEKYLL, publish, refuse_linked_assets
from planfolio.publish.target import Target, open_target

__all__ = [
    "NO_JEKYLL",
    "Exposure",
    "Hidden",
    "Publication",
    "PublishFailed",
    "PublishRefused",
    "Target",
    "hidden_of",
    "open_target",
    "publish",
    "refuse_linked_assets",
]
