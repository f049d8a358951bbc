"""Entries of articles rewritten where they stand, in every dialect in which they can be written."""
