"""Where this package has the library pycapsule, its headers, and the files for CMake and pkg-config.

    cc test.c $(python -m pycapsule --cflags --libs)
    cmake -Dpycapsule_DIR=$(python -m pycapsule --cmakedir) ...
"""

import os
import shlex
import sys

__version__ = "@VERSION@"

_here = os.path.dirname(os.path.abspath(__file__))


def include():
    """The folder of Python.h and pycapsule.h."""
    return os.path.join(_here, "include", "pycapsule")


def libdir():
    """The folder of the libraries."""
    return os.path.join(_here, "lib")


def cmakedir():
    """The folder of the CMake package."""
    return os.path.join(libdir(), "cmake", "pycapsule")


def pkgconfigdir():
    """The folder of pycapsule.pc."""
    return os.path.join(libdir(), "pkgconfig")


def stand_ins():
    """The file of stand-ins for the names that published modules ask of Python source."""
    return os.path.join(_here, "share", "pycapsule", "modules.stand_ins")


def cflags():
    """The compiler's arguments, as a shell reads them."""
    return shlex.quote("-I" + include())


def libs():
    """The linker's arguments for a program, as a shell reads them; the program finds the library where it is."""
    return " ".join(map(shlex.quote, ("-L" + libdir(), "-lpycapsule", "-Wl,-rpath," + libdir())))


def static_libs():
    """The linker's arguments for a program that contains the library, as a shell reads them."""
    return shlex.quote(os.path.join(libdir(), "libpycapsule.a")) + " -rdynamic -lpthread -ldl -lm"


def command_file():
    """The command pycapsule, which a wheel has when it was built with it."""
    return os.path.join(_here, "bin", "pycapsule")


def command():
    """Becomes the command pycapsule."""
    os.execv(command_file(), ["pycapsule", *sys.argv[1:]])
