/* The destructor runs while an error is on its way up, and puts its own in the place of it: closing the connection
 * fails too, of course, and the user reads that error.  Seen: numpy #32697, where the producer's destructor is
 * Python code that fails because of the pending error.  It looks like this: the wrong error, about something that
 * the user did not do. */
#include "bug.h"

typedef struct {
    int broken;
} Connection;

static Connection connection;

/* As the client library has it: 0, or -1 with an error set. */
static int
close_connection(Connection *self)
{
    if (self->broken) {
        PyErr_SetString(PyExc_RuntimeError, "the connection is not open");
        return -1;
    }
    return 0;
}

static void
destroy(PyObject *capsule)
{
    Connection *self = (Connection *)PyCapsule_GetPointer(capsule, "client.connection");
#ifdef TWIN
    PyObject *pending = PyErr_GetRaisedException();

    if (close_connection(self) < 0) {
        PyErr_Clear();
    }
    PyErr_SetRaisedException(pending);
#else
    close_connection(self);
#endif
}

static PyObject *
query(const char *table)
{
    PyObject *capsule = PyCapsule_New(&connection, "client.connection", destroy); /* made */

    connection.broken = 1;
    PyErr_Format(PyExc_LookupError, "there is no table %s", table);
    Py_XDECREF(capsule); /* destroyed */
    return NULL;
}

int
main(void)
{
    begin();
    if (query("accounts") == NULL) {
        show_error("query");
    }
    return Py_FinalizeEx() < 0;
}
