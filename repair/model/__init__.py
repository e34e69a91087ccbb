"""The judge: which of two readings is likelier, and by how much."""
