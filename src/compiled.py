"""Imports the Worker's modules from compiled code, which the deploy brings along: compiling them
takes two thirds of the start, and the start's CPU time is limited.

``compiled.bin``, written by ``scripts/compile.mjs``, is a marshalled dict. For the name of each
module it has what Python would keep in a ``.pyc`` file that is validated by its source's hash (PEP
552). So Python itself makes sure that code is used only by the version that compiled it, and only
with the source that it was compiled from. Any other module is compiled from its source, as all are
where the file is missing.
"""

import marshal
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType


class Loader(SourceFileLoader):
    """Reads a module's compiled code where Python looks for the ``.pyc`` file beside its source."""

    def __init__(self, name: str, path: str, codes: dict[str, bytes]) -> None:
        super().__init__(name, path)
        self._codes = codes

    def get_data(self, path: str) -> bytes:
        # Taken out, since a module is imported once, and memory is scarce.
        code = self._codes.pop(self.name, None) if path != self.path else None
        return super().get_data(path) if code is None else code


class Finder:
    """Finds modules where Python finds them, and gives those that it has code of its loader."""

    def __init__(self, codes: dict[str, bytes]) -> None:
        self._codes = codes

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in self._codes else None
        if spec and spec.origin and type(spec.loader) is SourceFileLoader:
            spec.loader = Loader(name, spec.origin, self._codes)
        return spec


def read_codes(file: Path) -> dict[str, bytes]:
    """Returns compiled code by the names of modules, or none if the file is missing or broken."""
    try:
        return dict(marshal.loads(file.read_bytes()))
    except (OSError, EOFError, ValueError, TypeError):
        return {}


sys.meta_path.insert(0, Finder(read_codes(Path(__file__).with_suffix(".bin"))))
