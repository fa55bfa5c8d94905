"""Notes of a talk → a summary whose every item quotes the lines that it rests on.

Code reads the notes (headings, speakers, who promised what), a model only says each passage in fewer
words, and code holds what it says against the lines. Without a model, code shortens alone.
"""
