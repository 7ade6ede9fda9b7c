"""cptref: a reference for US medical procedure codes.

`Reference` gives programs the same answers that the command line prints.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cptref.errors import CptrefError as CptrefError
    from cptref.reference import Reference as Reference

__version__ = "0.1.0"
__all__ = ["CptrefError", "Reference", "__version__"]


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that a command pays only for the modules it needs.
    if name == "Reference":
        from cptref.reference import Reference

        return Reference
    if name == "CptrefError":
        from cptref.errors import CptrefError

        return CptrefError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
