"""Stand-in in a rehearsal: packages and extensions in, a wheel out."""
import base64
import hashlib
import sys
import zipfile
from pathlib import Path


def bdist_wheel(about, where):
    build = about["cmdclass"]["build_ext"](about["ext_modules"])
    build.run()
    files = {}
    for package in about["packages"]:
        for path in sorted(Path(package.replace(".", "/")).glob("*.py")):
            files[path.as_posix()] = path.read_bytes()
    for extension in about["ext_modules"]:
        path = Path(build.get_ext_fullpath(extension.name))
        files[path.name] = path.read_bytes()

    name, version = about["name"], about["version"]
    python = "cp%d%d" % sys.version_info[:2]
    tag = "%s-%s-linux_x86_64" % (python, python)
    info = "%s-%s.dist-info/" % (name, version)
    files[info + "METADATA"] = ("Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version)).encode()
    files[info + "WHEEL"] = (
        "Wheel-Version: 1.0\nGenerator: rehearsal\nRoot-Is-Purelib: false\nTag: %s\n" % tag
    ).encode()
    record = "".join(
        "%s,sha256=%s,%d\n"
        % (path, base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode(), len(data))
        for path, data in files.items()
    )
    files[info + "RECORD"] = (record + info + "RECORD,,\n").encode()

    where.mkdir(parents=True, exist_ok=True)
    wheel = where / ("%s-%s-%s.whl" % (name, version, tag))
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as out:
        for path, data in files.items():
            out.writestr(path, data)
    print("creating", wheel)
