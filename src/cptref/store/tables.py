"""The rows of each kind of release, and its tables: one has the kind's name."""

from typing import Any

from cptref.model.rows import (
    AddOnRow,
    AnesthesiaRow,
    AscRow,
    DescriptorRow,
    GpciRow,
    HcpcsRow,
    IcdRow,
    LocalityRow,
    MueRow,
    OppsCapRow,
    OppsRow,
    PfsRow,
    PlaceRow,
    PtpRow,
    RbcsRow,
    ZipRow,
)

ROWS: dict[str, Any] = {
    "pfs": PfsRow,
    "gpci": GpciRow,
    "locality": LocalityRow,
    "anesthesia": AnesthesiaRow,
    "opps_cap": OppsCapRow,
    "zip": ZipRow,
    "mue": MueRow,
    "add_on": AddOnRow,
    "ptp": PtpRow,
    "opps": OppsRow,
    "asc": AscRow,
    "rbcs": RbcsRow,
    "hcpcs": HcpcsRow,
    "icd": IcdRow,
    "place": PlaceRow,
    "descriptors": DescriptorRow,
}

_DESCRIPTORS = ("descriptors", "descriptor_search", "word")
_BESIDE = {
    "pfs": _DESCRIPTORS, "hcpcs": _DESCRIPTORS, "descriptors": _DESCRIPTORS, "ptp": ("ptp_code", "ptp_term"),
    "icd": ("icd_search",), "opps": ("indicator_text",), "asc": ("indicator_text",),
}  # fmt: skip


def tables_of(kind: str) -> frozenset[str]:
    """The tables that a file of one release needs. The others are left out of it: SQLite reads all it finds."""
    return frozenset(("release", kind, *_BESIDE.get(kind, ())))
