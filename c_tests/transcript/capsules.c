/* The capsule functions themselves, on capsules and on everything else, with and without an error pending. */
#include "transcript.h"

static void
new_capsule(void)
{
    unsigned slot = pick(SLOTS);
    void *pointer = pick_pointer();
    const char *name = pick_name();
    PyCapsule_Destructor destructor = pick_destructor();
    PyObject *capsule, *former;

    say("New");
    say_pointer(pointer);
    say_name(name);
    say_destructor(destructor);
    capsule = PyCapsule_New(pointer, name, destructor);
    if (capsule == NULL) {
        say(" = NULL");
        return;
    }
    say(" = %ld", (long)Py_REFCNT(capsule));
    /* The error is not the former capsule's if New left it alone, so it is shown separately. */
    say_error();
    say(" for");
    say_slot(slot);
    former = slots[slot];
    slots[slot] = capsule;
    Py_XDECREF(former);
}

static void
get_pointer(void)
{
    const char *name;
    PyObject *object;

    say("GetPointer");
    object = pick_object();
    /* By its own name half of the time. */
    name = object && PyCapsule_CheckExact(object) && chance(50) ? PyCapsule_GetName(object) : pick_name();
    say_name(name);
    say(" =");
    say_pointer(PyCapsule_GetPointer(object, name));
}

static void
get_name(void)
{
    const char *name;

    say("GetName");
    name = PyCapsule_GetName(pick_object());
    say(" =");
    say_name(name);
    say(" ");
    say_text(name);
}

static void
get_context(void)
{
    void *context;

    say("GetContext");
    context = PyCapsule_GetContext(pick_object());
    say(" =");
    say_pointer(context);
}

static void
get_destructor(void)
{
    PyCapsule_Destructor destructor;

    say("GetDestructor");
    destructor = PyCapsule_GetDestructor(pick_object());
    say(" =");
    say_destructor(destructor);
}

static void
is_valid(void)
{
    const char *name = pick_name();
    PyObject *object;

    say("IsValid");
    say_name(name);
    object = pick_object();
    say(" = %d", PyCapsule_IsValid(object, name));
}

static void
set_pointer(void)
{
    void *pointer = pick_pointer();
    PyObject *object;

    say("SetPointer");
    say_pointer(pointer);
    object = pick_object();
    say(" = %d", PyCapsule_SetPointer(object, pointer));
}

static void
set_name(void)
{
    const char *name = pick_name();
    PyObject *object;

    say("SetName");
    say_name(name);
    object = pick_object();
    say(" = %d", PyCapsule_SetName(object, name));
}

static void
set_context(void)
{
    void *context = pick_pointer();
    PyObject *object;

    say("SetContext");
    say_pointer(context);
    object = pick_object();
    say(" = %d", PyCapsule_SetContext(object, context));
}

static void
set_destructor(void)
{
    PyCapsule_Destructor destructor = pick_destructor();
    PyObject *object;

    say("SetDestructor");
    say_destructor(destructor);
    object = pick_object();
    say(" = %d", PyCapsule_SetDestructor(object, destructor));
}

static int
traverse_nothing(PyObject *capsule, visitproc visit, void *argument)
{
    (void)capsule;
    (void)visit;
    (void)argument;
    return 0;
}

static int
clear_nothing(PyObject *capsule)
{
    (void)capsule;
    return 0;
}

static void
set_traverse(void)
{
    traverseproc traverse = chance(15) ? NULL : traverse_nothing;
    inquiry clear = chance(15) ? NULL : clear_nothing;
    PyObject *object;

    say("SetTraverse %d %d", traverse != NULL, clear != NULL);
    object = pick_object();
    say(" = %d", _PyCapsule_SetTraverse(object, traverse, clear));
    if (object && PyCapsule_CheckExact(object)) {
        say(" tracked=%d", PyObject_GC_IsTracked(object));
    }
}

static void
drop(void)
{
    unsigned slot = pick(SLOTS);

    say("drop");
    say_slot(slot);
    drop_slot(slot);
}

/* Two slots may hold the same capsule. */
static void
alias(void)
{
    unsigned from = pick(SLOTS), to = pick(SLOTS);
    PyObject *former = slots[to];

    say("alias s%u", from);
    say_slot(to);
    slots[to] = Py_XNewRef(slots[from]);
    Py_XDECREF(former);
    say(" =");
    say_slot(to);
}

/* The life of a name on the heap that the destructor frees, as it is common in C++ bindings. */
static void
free_name(PyObject *capsule)
{
    void *name = (void *)PyCapsule_GetName(capsule);

    say(" frees ");
    say_text((const char *)name);
    PyMem_RawFree(name);
}

static void
heap_name(void)
{
    static const char text[] = "made on the heap";
    char *name = (char *)PyMem_RawMalloc(sizeof text);
    PyObject *capsule;

    memcpy(name, text, sizeof text);
    say("heap name");
    capsule = PyCapsule_New(name, name, free_name);
    say(" valid=%d", PyCapsule_IsValid(capsule, text));
    if (chance(50)) {
        name[0] = 'f';
        say(" valid=%d", PyCapsule_IsValid(capsule, text));
    }
    Py_DECREF(capsule);
}

static void
counts(void)
{
    say("counts");
    say_counts();
}

const Operation capsule_operations[] = {
    {new_capsule, 24, 1},   {get_pointer, 20, 1},   {get_name, 8, 1},     {get_context, 6, 1},
    {get_destructor, 6, 1}, {is_valid, 12, 1},      {set_pointer, 8, 1},  {set_name, 10, 1},
    {set_context, 6, 1},    {set_destructor, 8, 1}, {set_traverse, 4, 1}, {drop, 10, 1},
    {alias, 6, 1},          {heap_name, 2, 1},      {counts, 2, 1},       {NULL, 0, 0},
};
