"""The kinds of release that cptref keeps."""

from typing import NamedTuple


class Kind(NamedTuple):
    """`dated` tells that its rows carry dates of their own, and so its history; `cpt` that its files hold CPT content.

    `lasting` is for what has no quarter: it stands until another is imported.
    """

    title: str
    dated: bool = False
    cpt: bool = True
    lasting: bool = False


KINDS = {
    "pfs": Kind("fee schedule"),
    "gpci": Kind("GPCI", cpt=False),
    "locality": Kind("localities", cpt=False),
    "anesthesia": Kind("anesthesia factors", cpt=False),
    "opps_cap": Kind("OPPS caps"),
    "zip": Kind("ZIP codes", cpt=False),
    "mue": Kind("MUE"),
    "add_on": Kind("add-on edits", dated=True),
    "ptp": Kind("PTP edits", dated=True),
    "opps": Kind("OPPS"),
    "asc": Kind("ASC"),
    "rbcs": Kind("RBCS", dated=True, lasting=True),
    "hcpcs": Kind("HCPCS Level II", cpt=False),
    "icd": Kind("ICD-10-CM", cpt=False),
    "place": Kind("places of service", cpt=False, lasting=True),
    "descriptors": Kind("descriptors"),
}
