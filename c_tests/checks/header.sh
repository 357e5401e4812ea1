#!/bin/sh
# The header compiles alone and twice, in every dialect, without a warning.  C++ can call through it.
. "$(dirname "$0")/tap.sh"
warnings="-Wall -Wextra -Wpedantic -Werror"

cat > "$work/alone.c" <<'EOF'
#include "pycapsule.h"
#include "pycapsule.h"
int used(void);
int used(void) { return PyCapsule_CheckExact(Py_None); }
EOF
cat > "$work/door.c" <<'EOF'
#include <Python.h>
#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *ignored) { (void)self; (void)ignored; Py_RETURN_NONE; }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", NULL, 0, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_m(void);
PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&definition); }
EOF
cat > "$work/members.c" <<'EOF'
#include <structmember.h>
#include <structmember.h>
typedef struct { PyObject_HEAD double x; } Point;
PyMemberDef members[] = {{"x", T_DOUBLE, offsetof(Point, x), READONLY, NULL}, {NULL, 0, 0, 0, NULL}};
EOF
for source in alone door members; do
    for standard in c99 c11 c17; do
        check "$source.c compiles as $standard" \
            ${CC:-cc} -std=$standard $warnings -Iinclude -c "$work/$source.c" -o "$work/out.o"
    done
    if command -v "${CXX:-c++}" >/dev/null; then
        for standard in c++11 c++17 c++20; do
            check "$source.c compiles as $standard" \
                "${CXX:-c++}" -x c++ -std=$standard $warnings -Iinclude -c "$work/$source.c" -o "$work/out.o"
        done
    fi
done
done_testing
