"""The site, or an excerpt of it, as one file to be carried away."""
