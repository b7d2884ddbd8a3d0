"""Tests of the words that are made of git's failures."""

import pytest

from planfolio.publish.git import GitResult, failure_reason

CLOSED = "fatal: Could not read from remote repository."
ADVICE = "Please make sure you have the correct access rights\nand the repository exists."


@pytest.mark.parametrize(
    ("err", "told"),
    [
        ("fatal: bad revision\nhint: try this\n", "bad revision"),
        (
            f"git@host: Permission denied (publickey).\n{CLOSED}\n\n{ADVICE}\n",
            "git@host: Permission denied (publickey).",
        ),
        (f"ERROR: Repository not found.\n{CLOSED}\n", "Repository not found."),
        (f"{CLOSED}\n", "Could not read from remote repository."),
        ("remote: Not here.\nfatal: Authentication failed\n", "Authentication failed"),
        ("", "exit code 128"),
        ("fatal: " + "x" * 1000, "x" * 299 + "…"),
    ],
)
def test_the_telling_line_is_chosen(err: str, told: str) -> None:
    """Of many lines the one that says what failed, without git's prefix and hints."""
    assert failure_reason(GitResult(128, b"", err)) == told
