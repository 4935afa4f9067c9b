"""Statistics with the article as the unit: tables in, tables out, no text.

Words inside one article depend on each other, so counting words as if they were independent finds
differences between two random halves of one outlet. Everything here reads the documents table and
the counts table (:mod:`framing.tables`) and treats an article as one observation.
"""
