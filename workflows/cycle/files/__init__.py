"""Cycles as files: read and judged, doubted, compared, written, and shifted for a rehearsal."""
