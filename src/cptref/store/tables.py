"""The rows of each kind of release; their table has the kind's name."""

from typing import Any

from cptref.model.rows import (
    AddOnRow,
    AnesthesiaRow,
    AscRow,
    DescriptorRow,
    GpciRow,
    HcpcsRow,
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
    "place": PlaceRow,
    "descriptors": DescriptorRow,
}
