"""Write the files of a site into the output folder, whole or not at all.

A new site is staged beside the old one and the two are exchanged, so a reader sees the old site or
the new one. Only files that the folder's own manifest names are ever removed.
"""
