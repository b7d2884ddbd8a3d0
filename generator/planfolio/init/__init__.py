"""New plans, new records, and the workflows that publish them."""
