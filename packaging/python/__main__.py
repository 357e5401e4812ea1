"""Prints flags and folders: python -m pycapsule --help. With a subcommand it is the command pycapsule: python -m pycapsule inspect FILE."""

import argparse
import os
import sys

import pycapsule

ANSWERS = {
    "--cflags": ("arguments of the compiler", pycapsule.cflags),
    "--libs": ("arguments of the linker", pycapsule.libs),
    "--static-libs": ("arguments of the linker for a program that contains the library", pycapsule.static_libs),
    "--includedir": ("the folder of Python.h", pycapsule.include),
    "--libdir": ("the folder of the libraries", pycapsule.libdir),
    "--cmakedir": ("the folder of the CMake package", pycapsule.cmakedir),
    "--pkgconfigdir": ("the folder of pycapsule.pc", pycapsule.pkgconfigdir),
    "--stand-ins": ("the file of stand-ins for names that published modules ask of Python source", pycapsule.stand_ins),
    "--version": ("the version", lambda: pycapsule.__version__),
}

if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
    if not os.path.exists(pycapsule.command_file()):
        sys.exit("python -m pycapsule: this wheel was built without the command: 'make command wheel' builds one that has it")
    pycapsule.command()

parser = argparse.ArgumentParser(
    prog="python -m pycapsule",
    description="Prints flags and folders, in the order of the options. With a subcommand, such as inspect or load, it is the command pycapsule.",
)
for option, (text, _) in ANSWERS.items():
    parser.add_argument(option, dest="wanted", action="append_const", const=option, help=text)
wanted = parser.parse_args().wanted
if not wanted:
    parser.error("an option is missing")
print(" ".join(ANSWERS[option][1]() for option in wanted))
