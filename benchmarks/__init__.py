"""How fast lwnindex is beside its peers: a corpus, sites of equal work, and what measures them."""
