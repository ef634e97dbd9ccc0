"""Stand-in for setuptools in a rehearsal: what "setup.py bdist_wheel" of one package with extensions needs."""
__version__ = "@VERSION@"
__standin__ = True

import sys
from pathlib import Path


class Extension:
    def __init__(self, name, sources, **options):
        self.name = name
        self.sources = sources
        self.include_dirs = options.get("include_dirs", [])
        self.extra_compile_args = options.get("extra_compile_args", {})


def find_packages(where=".", exclude=()):
    found = [path.parent.relative_to(where) for path in Path(where).rglob("__init__.py")]
    return sorted(".".join(path.parts) for path in found if path.parts and path.parts[0] not in exclude)


def setup(**about):
    from .command.bdist_wheel import bdist_wheel

    command, *options = sys.argv[1:] or ["none"]
    if command != "bdist_wheel":
        raise SystemExit("the stand-in setuptools has no command " + command)
    print("running bdist_wheel (setuptools: a rehearsal's stand-in)", flush=True)
    where = "dist"
    if options[:1] in (["--dist-dir"], ["-d"]):
        where = options[1]
    bdist_wheel(about, Path(where))
