"""What can be checked: lines, JSON Lines, Markdown and JSON plans, each read as a stream of items.

Readers take decoded lines and yield items, lines that cannot be read, and suppression comments that
stand on a line of their own. They open nothing and hold one item at a time (a JSON document excepted,
which is one value and is read whole).
"""
