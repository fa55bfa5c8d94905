"""The draft: answers become drafts of units, which a person edits and puts forward."""
