/* Errors of system calls: PyErr_SetFromErrno and its variants make the exception that belongs to the number in errno. */
#include "tap.h"

#include <errno.h>

static void
test_number(void)
{
    errno = ENOENT;
    is_ptr(PyErr_SetFromErrno(PyExc_OSError), NULL, "PyErr_SetFromErrno returns NULL");
    raises(PyExc_FileNotFoundError, "[Errno 2] No such file or directory", "ENOENT is a FileNotFoundError");
    errno = EACCES;
    PyErr_SetFromErrno(PyExc_OSError);
    raises(PyExc_PermissionError, "[Errno 13] Permission denied", "EACCES is a PermissionError");
    errno = ENOSPC;
    PyErr_SetFromErrno(PyExc_OSError);
    raises(PyExc_OSError, "[Errno 28] No space left on device", "a number without a class of its own is an OSError");
    errno = 0;
    PyErr_SetFromErrno(PyExc_OSError);
    raises(PyExc_OSError, "[Errno 0] Error", "the number 0 is an OSError");
    errno = EBADF;
    PyErr_SetFromErrno(PyExc_ValueError);
    raises(PyExc_ValueError, "(9, 'Bad file descriptor')", "another class is called with the number and the text");
}

static void
test_filename(void)
{
    PyObject *one = PyUnicode_FromString("one"), *two = PyUnicode_FromString("two");

    errno = ENOENT;
    is_ptr(PyErr_SetFromErrnoWithFilename(PyExc_OSError, "file"), NULL, "PyErr_SetFromErrnoWithFilename returns NULL");
    raises(PyExc_FileNotFoundError, "[Errno 2] No such file or directory: 'file'", "the file's name is in the message");
    errno = EEXIST;
    PyErr_SetFromErrnoWithFilename(PyExc_OSError, NULL);
    raises(PyExc_FileExistsError, "[Errno 17] File exists", "NULL stands for no name");
    errno = ENOTDIR;
    is_ptr(PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, one), NULL,
           "PyErr_SetFromErrnoWithFilenameObject returns NULL");
    raises(PyExc_NotADirectoryError, "[Errno 20] Not a directory: 'one'", "the name may be an object");
    errno = EXDEV;
    is_ptr(PyErr_SetFromErrnoWithFilenameObjects(PyExc_OSError, one, two), NULL,
           "PyErr_SetFromErrnoWithFilenameObjects returns NULL");
    raises(PyExc_OSError, "[Errno 18] Invalid cross-device link: 'one' -> 'two'", "there may be two names");
    Py_XDECREF(one);
    Py_XDECREF(two);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_number);
    RUN(test_filename);
    return TAP_END();
}
