/* The door for sources that say #include <Python.h>: the standard headers that CPython's includes, then pycapsule.h. */
#ifndef Py_PYTHON_H
#define Py_PYTHON_H

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#include <wchar.h>

#include "pycapsule.h"

#endif
