/* The header for sources that say #include <Python.h>: the standard headers that CPython's includes, then
 * pycapsule.h. */
#ifndef Py_PYTHON_H
#define Py_PYTHON_H

/* CPython's configured header requests these from the C library, so that the same sources find the same
 * declarations. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

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
