"""Readers of published files: one module per kind of file, each without any state or output.

A reader module has `KIND`, `recognise(file)`, `release(file)` and `read(file)`, which yields rows and, for each
line that it could not make one of, a `Reject` with line and reason. Nothing is skipped in silence: what is
neither is the file's own notice, header or blank line.
"""
