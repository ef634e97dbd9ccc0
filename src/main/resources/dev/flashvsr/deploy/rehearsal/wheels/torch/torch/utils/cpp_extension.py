"""Stand-in in a rehearsal: builds an extension with Ninja, one edge a translation unit, as PyTorch does."""
import os
import subprocess
from pathlib import Path

from setuptools import Extension
from setuptools.command.build_ext import build_ext

CUDA_HOME = os.environ.get("CUDA_HOME")


def CUDAExtension(name, sources, **options):
    return Extension(name, [str(source) for source in sources], **options)


class BuildExtension(build_ext):
    def build_extensions(self):
        for extension in self.extensions:
            self._build(extension)

    def _build(self, extension):
        target = Path(self.get_ext_fullpath(extension.name)).absolute()
        build = Path(self.build_temp).absolute()
        build.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        (build / "build.ninja").write_text(self._ninja(extension, build, target))
        command = ["ninja", "-v"]
        jobs = os.environ.get("MAX_JOBS")
        if jobs:
            command += ["-j", jobs]
        try:
            subprocess.run(command, cwd=build, check=True)
        except subprocess.CalledProcessError as e:
            raise RuntimeError("Error compiling objects for extension") from e

    @staticmethod
    def _ninja(extension, build, target):
        flags = extension.extra_compile_args
        include = " ".join("-I%s" % Path(path).absolute() for path in extension.include_dirs)
        lines = [
            "ninja_required_version = 1.3",
            "cxx = %s" % os.environ.get("CXX", "g++"),
            "nvcc = %s/bin/nvcc" % CUDA_HOME,
            "rule compile",
            "  command = $cxx -MMD -MF $out.d -fPIC %s %s -c $in -o $out" % (include, " ".join(flags["cxx"])),
            "  depfile = $out.d",
            "  deps = gcc",
            "rule cuda_compile",
            "  depfile = $out.d",
            "  deps = gcc",
            "  command = $nvcc --generate-dependencies-with-compile --dependency-output $out.d "
            "--compiler-options '-fPIC' %s %s -c $in -o $out" % (include, " ".join(flags["nvcc"])),
            "rule link",
            "  command = $cxx -shared $in -o $out",
        ]
        objects = []
        for source in extension.sources:
            out = str(Path(source).with_suffix(".o"))
            objects.append(out)
            rule = "cuda_compile" if source.endswith(".cu") else "compile"
            lines.append("build %s: %s %s" % (out, rule, Path(source).absolute()))
        lines.append("build %s: link %s" % (target, " ".join(objects)))
        return "\n".join(lines) + "\n"
