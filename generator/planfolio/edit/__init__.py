"""Changes of a source: each its own value, and no other byte."""
