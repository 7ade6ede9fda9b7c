"""The words that prices are told in. Apart from the records, which `show` does not need."""

from cptref.model.rows import GpciRow

FACILITY, NONFACILITY = "facility", "nonfacility"
# No locality at all: the amounts that CMS publishes as national.
NATIONAL = GpciRow(mac="", locality="", state="", name="national", work="1", pe="1", mp="1")

# What became of a line: an amount; one that the contractor sets, mostly by report; none; none for want of data.
PRICED, BY_REPORT, NOT_PAID, NO_DATA = "priced", "by_report", "not_paid", "no_data"
