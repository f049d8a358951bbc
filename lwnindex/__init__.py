"""lwnindex: a static site generator for a news index."""
