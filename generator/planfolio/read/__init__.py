"""Read: files into documents, each with marked front matter and a compiled body."""
