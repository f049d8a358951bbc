"""The engine: results kept by the digest of their whole input. It knows no article."""
