"""The judge: which of two readings is likelier, and by how much."""

from repair.model.judge import Evidence, Judge, judge, probability

__all__ = ["Evidence", "Judge", "judge", "probability"]
