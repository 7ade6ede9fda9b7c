"""What a code, an edit, a relative value and an answer are. Standard library only, no I/O.

Records are `NamedTuple`s rather than frozen dataclasses: as immutable and as typed, and each class
costs a seventh of the time to create, which every command pays at its start.
"""
