/* Lists, tuples and dicts that hold capsules: a capsule that is replaced, removed or dropped with its container is
 * destroyed at once, in the container's order. */
#include "transcript.h"

enum { CONTAINERS = 4, KEYS = 5, LENGTH_LIMIT = 8 };
static PyObject *containers[CONTAINERS];
static const char *const keys[KEYS] = {"a", "b", "cap", "", "caf\xc3\xa9"};

/* Any slot's capsule, or None for an empty slot: an object that may be put into a container. */
static PyObject *
pick_item(void)
{
    unsigned slot = pick(SLOTS);

    say_slot(slot);
    return slots[slot] ? slots[slot] : Py_None;
}

static void
replace_container(unsigned index, PyObject *container)
{
    PyObject *former = containers[index];

    containers[index] = container;
    Py_XDECREF(former);
}

static void
new_list(void)
{
    unsigned index = pick(CONTAINERS), length = pick(5), i;
    PyObject *list = PyList_New((Py_ssize_t)length);

    say("c%u list", index);
    for (i = 0; i < length; i++) {
        PyList_SET_ITEM(list, (Py_ssize_t)i, Py_NewRef(pick_item()));
    }
    replace_container(index, list);
}

static void
new_tuple(void)
{
    unsigned index = pick(CONTAINERS), length = pick(5), i;
    PyObject *tuple = PyTuple_New((Py_ssize_t)length);

    say("c%u tuple", index);
    for (i = 0; i < length; i++) {
        PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, Py_NewRef(pick_item()));
    }
    replace_container(index, tuple);
}

static void
new_dict(void)
{
    unsigned index = pick(CONTAINERS), length = pick(5), i;
    PyObject *dict = PyDict_New();

    say("c%u dict", index);
    for (i = 0; i < length; i++) {
        PyDict_SetItemString(dict, keys[i], pick_item());
    }
    replace_container(index, dict);
}

/* Changes a list or dict; a tuple can't be changed and is only read. */
static void
change(void)
{
    unsigned index = pick(CONTAINERS), at = pick(KEYS);
    PyObject *container = containers[index], *item;
    int result = 0;

    say("c%u change %u", index, at);
    if (container == NULL) {
        return;
    }
    if (PyList_CheckExact(container)) {
        item = Py_NewRef(pick_item());
        if (PyList_GET_SIZE(container) < LENGTH_LIMIT && chance(40)) {
            result = PyList_Append(container, item);
            Py_DECREF(item);
        } else {
            result = PyList_SetItem(container, (Py_ssize_t)at, item);
        }
        say(" = %d %ld", result, (long)PyList_Size(container));
    } else if (PyDict_CheckExact(container)) {
        result = chance(40) ? PyDict_DelItemString(container, keys[at])
                            : PyDict_SetItemString(container, keys[at], pick_item());
        say(" = %d %ld", result, (long)PyDict_Size(container));
    } else {
        item = PyTuple_GetItem(container, (Py_ssize_t)at);
        say(" = %d %ld", item != NULL, (long)PyTuple_Size(container));
    }
}

/* Takes a capsule back out into a slot. */
static void
take(void)
{
    unsigned index = pick(CONTAINERS), at = pick(KEYS), slot = pick(SLOTS);
    PyObject *container = containers[index], *item = NULL, *former = slots[slot];

    say("c%u take %u", index, at);
    if (container == NULL) {
        return;
    }
    if (PyList_CheckExact(container)) {
        item = PyList_GetItem(container, (Py_ssize_t)at);
    } else if (PyDict_CheckExact(container)) {
        item = PyDict_GetItemString(container, keys[at]);
    } else {
        item = PyTuple_GetItem(container, (Py_ssize_t)at);
    }
    say(" = %s", item ? Py_TYPE(item)->tp_name : "NULL");
    if (item != NULL && PyCapsule_CheckExact(item)) {
        slots[slot] = Py_NewRef(item);
        Py_XDECREF(former);
        say_slot(slot);
    }
}

static void
nest(void)
{
    unsigned inner = pick(CONTAINERS), outer = pick(CONTAINERS);
    PyObject *list;

    say("c%u in c%u", inner, outer);
    if (containers[inner] != NULL) {
        list = PyTuple_Pack(1, containers[inner]);
        replace_container(inner, NULL);
        replace_container(outer, list);
    }
}

static void
drop_container(void)
{
    unsigned index = pick(CONTAINERS);

    say("c%u drop", index);
    replace_container(index, NULL);
}

void
containers_end(void)
{
    unsigned i;

    for (i = 0; i < CONTAINERS; i++) {
        replace_container(i, NULL);
    }
}

const Operation container_operations[] = {
    {new_list, 4, 0}, {new_tuple, 4, 0}, {new_dict, 4, 0},       {change, 6, 0},
    {take, 4, 0},     {nest, 1, 0},      {drop_container, 6, 1}, {NULL, 0, 0},
};
