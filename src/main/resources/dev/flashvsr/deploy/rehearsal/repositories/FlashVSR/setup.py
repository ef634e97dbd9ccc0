# Stand-in for FlashVSR's setup.py in a rehearsal; like the real one it can't be installed with a new setuptools.
import pkg_resources
from setuptools import find_packages, setup

setup(
    name="diffsynth",
    version="1.1.7",
    packages=find_packages(),
    install_requires=[str(line) for line in pkg_resources.parse_requirements(open("requirements.txt"))],
)
