"""Readers of documents from outside: bytes in, blocks of plain text out, every limit checked on the way.

What is read is untrusted. Nothing in it is followed, executed or rendered; whoever shows it passes it
through the display function.
"""
