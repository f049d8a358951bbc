"""The readers: pure functions from the text of a source to a manuscript, one module for each dialect."""
