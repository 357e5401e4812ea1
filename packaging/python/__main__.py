"""Prints flags and folders: python -m pycapsule --help."""

import argparse

import pycapsule

ANSWERS = {
    "--cflags": ("arguments of the compiler", pycapsule.cflags),
    "--libs": ("arguments of the linker", pycapsule.libs),
    "--static-libs": ("arguments of the linker for a program that contains the library", pycapsule.static_libs),
    "--includedir": ("the folder of Python.h", pycapsule.include),
    "--libdir": ("the folder of the libraries", pycapsule.libdir),
    "--cmakedir": ("the folder of the CMake package", pycapsule.cmakedir),
    "--pkgconfigdir": ("the folder of pycapsule.pc", pycapsule.pkgconfigdir),
    "--version": ("the version", lambda: pycapsule.__version__),
}

parser = argparse.ArgumentParser(prog="python -m pycapsule", description="Prints flags and folders, in the order of the options.")
for option, (text, _) in ANSWERS.items():
    parser.add_argument(option, dest="wanted", action="append_const", const=option, help=text)
wanted = parser.parse_args().wanted
if not wanted:
    parser.error("an option is missing")
print(" ".join(ANSWERS[option][1]() for option in wanted))
