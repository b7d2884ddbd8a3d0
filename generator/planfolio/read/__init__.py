"""Read: files into documents, each with the nodes of its front matter and a compiled body."""
