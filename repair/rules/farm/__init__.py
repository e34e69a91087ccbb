"""Byte-wise edits that content farms made in GBK: one search behind rules H1xx and S1xx.

``gate`` decides whether a document was damaged that way at all; ``search`` undoes the edits of
a line byte by byte; ``restore`` turns traditional forms back; ``account`` makes findings of it.
"""
