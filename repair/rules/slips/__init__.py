"""S: byte-wise edits in a double-byte encoding: straddles, shifts, lost bytes."""
