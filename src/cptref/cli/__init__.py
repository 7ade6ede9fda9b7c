"""The command line: each command parses, asks `Reference`, and has the answer written."""

import gc

# A command makes small records without cycles and ends: looking for cycles as often as usual is in vain, and takes a
# twentieth of the time of a short command.
gc.set_threshold(200_000, 20, 100)
