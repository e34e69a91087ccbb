"""B: bytes that do not belong to the encoding around them."""
