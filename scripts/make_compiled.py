"""Compiles src/ into what src/compiled.py reads. scripts/compile.mjs runs it in Pyodide."""

import importlib.util
import marshal
from pathlib import Path

COMPILED_AT_START = {"entry.py", "compiled.py"}
"""What is imported before there is anything to find compiled code with."""

PYC_FLAGS = 0b11
"""Of a .pyc file: it is validated, and by its source's hash."""

OPTIMIZE = 2
"""Leaves out docstrings, a tenth of the code, and assertions: in src/ they are for mypy."""


def compile_source(src: Path) -> bytes:
    """Returns the compiled code of all modules, by their names, marshalled."""
    codes = {}
    for path in sorted(src.rglob("*.py")):
        file = path.relative_to(src).as_posix()
        if file not in COMPILED_AT_START:
            name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            codes[name] = compile_module(path.read_bytes(), file)
    return marshal.dumps(codes)


def compile_module(source: bytes, file: str) -> bytes:
    """Returns what Python would write into the module's .pyc file."""
    # The import puts the path of the source into the place of the file's name.
    code = compile(source, file, "exec", dont_inherit=True, optimize=OPTIMIZE)
    flags = PYC_FLAGS.to_bytes(4, "little")
    header = importlib.util.MAGIC_NUMBER + flags + importlib.util.source_hash(source)
    return header + marshal.dumps(code)
