"""What can be wrong with a finished site, and how it is told."""
