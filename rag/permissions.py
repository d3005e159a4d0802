"""What may be written: a home that can only be read is asked all the same."""

import os
from pathlib import Path


def may_write(*paths: Path) -> bool:
    """True when each of these files and folders can be written, or made where it is missing."""
    return all(os.access(path if path.exists() else path.parent, os.W_OK) for path in paths)
