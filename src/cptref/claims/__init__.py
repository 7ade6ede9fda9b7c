"""Readers of claims: one module per format, each a generator of `Claim`, and of `ClaimError` for what it cannot read.

Files are read a piece at a time, so that memory does not grow with them. No message quotes what a file says but the
number of a claim or line: in a damaged file, a name may stand anywhere.
"""
