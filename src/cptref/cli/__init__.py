"""The command line: each command parses, asks `Reference`, and has the answer written."""
