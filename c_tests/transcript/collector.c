/* Cycles through a capsule with _PyCapsule_SetTraverse: its cell holds a list (or dict) that holds the capsule.  The
 * capsules that the collector ends are printed in sorted order, since no order among unreachable objects is
 * promised. */
#include "transcript.h"

enum { CELLS = 4, IDS = 64 };
typedef struct {
    PyObject *held;
    unsigned id;
} Cell;

static PyObject *reachable[CELLS];
static int ended[IDS];
static unsigned next_id;

static Cell *
cell_of(PyObject *capsule)
{
    return (Cell *)PyCapsule_GetPointer(capsule, "cell");
}

static int
traverse_cell(PyObject *capsule, visitproc visit, void *arg)
{
    Cell *cell = cell_of(capsule);

    Py_VISIT(cell->held);
    return 0;
}

static int
clear_cell(PyObject *capsule)
{
    Py_CLEAR(cell_of(capsule)->held);
    return 0;
}

static void
destroy_cell(PyObject *capsule)
{
    Cell *cell = cell_of(capsule);

    ended[cell->id]++;
    Py_XDECREF(cell->held);
    PyMem_RawFree(cell);
}

static void
say_ended(void)
{
    unsigned i;

    say(" ended");
    for (i = 0; i < IDS; i++) {
        if (ended[i]) {
            say(" %u", i);
            if (ended[i] > 1) {
                say("x%d", ended[i]);
            }
            ended[i] = 0;
        }
    }
}

/* Without SetTraverse the collector can't see the references of the capsule. Such a cycle would be a leak, so these
 * capsules are made without the cycle. */
static void
new_cycle(void)
{
    unsigned index = pick(CELLS), shape = pick(3);
    Cell *cell = (Cell *)PyMem_RawCalloc(1, sizeof *cell);
    PyObject *capsule = PyCapsule_New(cell, "cell", destroy_cell), *former = reachable[index];
    int keep = chance(50);

    cell->id = next_id++ % IDS;
    say("cycle %u shape %u", cell->id, shape);
    _PyCapsule_SetTraverse(capsule, traverse_cell, clear_cell);
    switch (shape) {
    case 0:
        cell->held = PyList_New(0);
        PyList_Append(cell->held, capsule);
        break;
    case 1:
        cell->held = PyDict_New();
        PyDict_SetItemString(cell->held, "self", capsule);
        break;
    case 2: cell->held = PyTuple_Pack(1, capsule); break;
    }
    say(" count=%ld tracked=%d", (long)Py_REFCNT(capsule), PyObject_GC_IsTracked(capsule));
    if (keep) {
        reachable[index] = capsule;
        say(" kept r%u", index);
        Py_XDECREF(former);
    } else {
        Py_DECREF(capsule);
    }
}

/* A cycle ended by hand needs no collector. */
static void
break_cycle(void)
{
    unsigned index = pick(CELLS);

    say("break r%u", index);
    if (reachable[index] != NULL) {
        Py_CLEAR(cell_of(reachable[index])->held);
        Py_CLEAR(reachable[index]);
    }
    say_ended();
}

/* Objects to which a reachable cell leads are reachable. */
static void
chain(void)
{
    unsigned one = pick(CELLS), other = pick(CELLS);
    PyObject *held;

    say("chain r%u r%u", one, other);
    if (one != other && reachable[one] && reachable[other]) {
        held = cell_of(reachable[one])->held;
        if (held && PyList_CheckExact(held)) {
            PyList_Append(held, reachable[other]);
            Py_CLEAR(reachable[other]);
            say(" done");
        }
    }
    say_ended();
}

static void
release(void)
{
    unsigned index = pick(CELLS);

    say("release r%u", index);
    Py_CLEAR(reachable[index]);
    say_ended();
}

/* A collector that is switched off does nothing, also when it is asked to. */
static void
collect_disabled(void)
{
    say("collect disabled = %ld", (long)PyGC_Collect());
    say_ended();
}

static void
collect(void)
{
    say("collect");
    PyGC_Enable();
    PyGC_Collect();
    PyGC_Disable();
    say_ended();
}

static void
switch_collector(void)
{
    int former;

    say("switch");
    former = PyGC_Enable();
    say(" %d %d", former, PyGC_IsEnabled());
    former = PyGC_Disable();
    say(" %d %d", former, PyGC_IsEnabled());
}

void
collector_end(void)
{
    int i;

    for (i = 0; i < CELLS; i++) {
        Py_CLEAR(reachable[i]);
    }
    collect();
    say("\n");
}

const Operation collector_operations[] = {
    {new_cycle, 5, 0},        {break_cycle, 1, 0},      {chain, 4, 0}, {release, 2, 0}, {collect, 1, 1},
    {collect_disabled, 1, 1}, {switch_collector, 1, 0}, {NULL, 0, 0},
};
