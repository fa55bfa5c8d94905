"""From a document to units of a plan: by headings, labels and the titles of columns, never by guessing.

What no rule places stays as it is and is listed; precision goes before completeness.
"""
