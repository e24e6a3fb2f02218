"""Frozen records that everything else speaks in: one noun a file."""
