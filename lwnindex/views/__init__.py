"""The pages of a site, kind by kind, as values; `link.py` puts them together."""
