/* Deviations from CPython 3.14 on purpose that no other test shows: docs/deviations.md has the reasons. */
#include "../checks.h"
#include "../outcome.h"

/* Runs before Py_Initialize. */
static void
test_start(void)
{
    PyObject *capsule;
    static int value;

    is_int(Py_IsInitialized(), 1, "Py_IsInitialized is 1 before Py_Initialize");
    capsule = PyCapsule_New(&value, "a", NULL);
    ok(capsule != NULL, "PyCapsule_New makes a capsule before Py_Initialize");
    Py_XDECREF(capsule);
}

static void
test_str(void)
{
    PyObject *name = PyUnicode_InternFromString("a name that nothing else uses"), *text, *latin;
    Py_ssize_t references = Py_REFCNT(name);

    Py_INCREF(name);
    is_int(Py_REFCNT(name), references, "an interned str is immortal");
    text = PyUnicode_FromString("a");
    ok(PyObject_Hash(text) == 4644417185603328019, "a str has the hash that CPython gives it under PYTHONHASHSEED=0");
    Py_DECREF(text);

    text = PyUnicode_FromFormat("%.*U|", -1, name);
    is_text(text, "|", "a negative precision given by * counts as 0");

    text = PyBytes_FromString("a");
    latin =
        PyObject_CallFunctionObjArgs((PyObject *)&PyUnicode_Type, text, PyUnicode_InternFromString("latin-1"), NULL);
    is_text(latin, "a", "str(bytes, encoding) knows Latin-1");
    is_ptr(PyObject_CallFunctionObjArgs((PyObject *)&PyUnicode_Type, text, PyUnicode_InternFromString("cp1252"), NULL),
           NULL, "str(bytes, encoding) does not know code pages");
    raises(PyExc_LookupError, "unknown encoding: cp1252", "str calls a code page an unknown encoding");
    name = PyUnicode_DecodeLatin1("\xe9", 1, NULL);
    is_ptr(PyObject_CallFunctionObjArgs((PyObject *)&PyBytes_Type, name, PyUnicode_InternFromString("cp1252"), NULL),
           NULL, "bytes(str, encoding) does not know code pages");
    raises(PyExc_LookupError, "unknown encoding: cp1252", "bytes calls a code page an unknown encoding");
    is_ptr(PyObject_CallFunctionObjArgs((PyObject *)&PyBytes_Type, name, PyUnicode_InternFromString("ascii"),
                                        PyUnicode_InternFromString("namereplace"), NULL),
           NULL, "bytes(str, encoding, errors) refuses the error handler namereplace");
    raises(PyExc_NotImplementedError, "the error handler 'namereplace' is not supported by pycapsule",
           "the error for namereplace says that it is not supported");
    is_ptr(PyUnicode_DecodeUnicodeEscape("\\N{EM DASH}", 11, NULL), NULL,
           "unicode-escape knows no names of characters");
    raises(PyExc_NotImplementedError, "names of characters (\\N{\xe2\x80\xa6}) are not supported by pycapsule",
           "the error for a name of a character says that names are not supported");
    Py_DECREF(name);
    Py_DECREF(text);
}

static PyObject *
replace_object(PyObject *self, PyObject *error)
{
    PyObject *bytes = PyBytes_FromString("other"), *result;
    (void)self;
    PyObject_SetAttrString(error, "object", bytes);
    Py_DECREF(bytes);
    result = Py_BuildValue("(si)", "?", 1);
    return result;
}

static PyObject *
give_mark(PyObject *self, PyObject *error)
{
    (void)self;
    (void)error;
    return Py_BuildValue("(si)", "!", 1);
}

static void
test_codecs(void)
{
    static PyMethodDef replace_def = {"replace_object", replace_object, METH_O, NULL};
    static PyMethodDef mark_def = {"give_mark", give_mark, METH_O, NULL};
    PyObject *handler = PyCFunction_New(&replace_def, NULL), *found;

    is_ptr(PyCodec_IncrementalEncoder("utf-8", NULL), NULL, "UTF-8 has no incremental encoder");
    raises(PyExc_NotImplementedError,
           "an incremental encoder or decoder of a built-in codec is Python code, which pycapsule does not run",
           "the error for an incremental encoder says why");
    is_ptr(PyCodec_IncrementalDecoder("latin-1", "strict"), NULL, "Latin-1 has no incremental decoder");
    raises(PyExc_NotImplementedError,
           "an incremental encoder or decoder of a built-in codec is Python code, which pycapsule does not run",
           "the error for an incremental decoder says why");
    is_ptr(PyCodec_StreamReader("utf-8", Py_None, NULL), NULL, "UTF-8 has no reader of streams");
    raises(PyExc_NotImplementedError, "a stream of a built-in codec is Python code, which pycapsule does not run",
           "the error for a reader says why");
    is_ptr(PyCodec_StreamWriter("utf-16", Py_None, "strict"), NULL, "UTF-16 has no writer of streams");
    raises(PyExc_NotImplementedError, "a stream of a built-in codec is Python code, which pycapsule does not run",
           "the error for a writer says why");

    is_int(PyCodec_RegisterError("test.replaces", handler), 0, "a handler can be registered");
    Py_DECREF(handler);
    is_ptr(PyUnicode_Decode("\xff", 1, "utf-8", "test.replaces"), NULL, "a handler can't replace the object");
    raises(PyExc_NotImplementedError, "an error handler that replaces the object is not supported by pycapsule",
           "the error for a replaced object says so");

    handler = PyCFunction_New(&mark_def, NULL);
    is_int(PyCodec_RegisterError("replace", handler), 0, "a handler can have the name of a built-in one");
    found = PyCodec_LookupError("replace");
    is_ptr(found, handler, "PyCodec_LookupError finds a handler with the name of a built-in one");
    Py_XDECREF(found);
    is_text(PyUnicode_Decode("\xff", 1, "ascii", "replace"), "\xef\xbf\xbd",
            "a codec does what the name of a built-in handler says");
    Py_DECREF(handler);

    found = PyObject_CallFunction((PyObject *)PyExc_UnicodeEncodeError, "ssiis", "ascii", "abc", 0, 1, "why");
    is_ptr(PyCodec_NameReplaceErrors(found), NULL, "PyCodec_NameReplaceErrors refuses");
    raises(PyExc_NotImplementedError, "the error handler 'namereplace' is not supported by pycapsule",
           "PyCodec_NameReplaceErrors says that it is not supported");
    Py_XDECREF(found);
}

static int told = 0;

static int
count_event(const char *event, PyObject *arguments, void *data)
{
    (void)event;
    (void)arguments;
    (void)data;
    told++;
    return 0;
}

static void
test_maps_and_events(void)
{
    PyObject *table = PyUnicode_FromStringAndSize("\0ab", 3), *map = PyUnicode_BuildEncodingMap(table);
    ok(map != NULL && PyDict_CheckExact(map),
       "PyUnicode_BuildEncodingMap makes a dict of a table that begins with NUL");
    is_int(PyDict_Size(map), 3, "the dict has each character of the table");
    Py_XDECREF(map);
    Py_DECREF(table);
    is_int(PySys_AddAuditHook(count_event, NULL), 0, "a hook can be added");
    Py_XDECREF(PyImport_ImportModule("sys"));
    is_int(told, 0, "an import is no event");
    is_int(PySys_Audit("event", NULL), 0, "a program can tell of an event");
    is_int(told, 1, "the hook is told of the program's event");
}

static void
test_types(void)
{
    PyObject *signature;

    ok(((PyTypeObject *)PyExc_ValueError)->tp_doc != NULL, "a built-in type has documentation");
    signature = PyObject_GetAttrString(PyExc_BaseException, "with_traceback");
    Py_SETREF(signature, PyObject_GetAttrString(signature, "__text_signature__"));
    is_str(PyUnicode_AsUTF8(signature), "($self, object, /)",
           "__text_signature__ of with_traceback calls its parameter object");
    Py_DECREF(signature);
}

/* Calls a function of builtins with a text. */
static const char *
refused(const char *name)
{
    PyObject *function = PyImport_ImportModuleAttrString("builtins", name);
    const char *text = outcome(PyObject_CallFunction(function, "s", "1"));

    Py_XDECREF(function);
    return text;
}

static void
test_builtins(void)
{
    is_str(refused("compile"),
           "NotImplementedError: compile() needs a compiler of Python, and is not supported by pycapsule",
           "compile() says that there is no compiler");
    is_str(refused("eval"), "NotImplementedError: eval() needs a compiler of Python, and is not supported by pycapsule",
           "eval() says that there is no compiler");
    is_str(refused("exec"), "NotImplementedError: exec() needs a compiler of Python, and is not supported by pycapsule",
           "exec() says that there is no compiler");
    is_str(refused("open"), "NotImplementedError: open() needs the module io, and is not supported by pycapsule",
           "open() says that it needs the module io");
    is_str(refused("breakpoint"),
           "NotImplementedError: breakpoint() needs the module pdb, and is not supported by pycapsule",
           "breakpoint() says that it needs the module pdb");
    is_str(refused("aiter"), "NotImplementedError: aiter() needs coroutines, and is not supported by pycapsule",
           "aiter() says that there are no coroutines");
    is_str(refused("anext"), "NotImplementedError: anext() needs coroutines, and is not supported by pycapsule",
           "anext() says that there are no coroutines");
}

static void
test_output(void)
{
    PyObject *file = PySys_GetObject("stdout"), *surrogate = PyUnicode_FromOrdinal(0xd800);

    is_str(outcome(PyObject_CallMethod(file, "fileno", NULL)), "1", "sys.stdout writes to file descriptor 1");
    is_str(outcome(PyObject_CallMethod(file, "write", "s", "# written by sys.stdout\n")), "24",
           "sys.stdout tells how many characters it has written to the stream stdout of C");
    is_str(outcome(PyObject_CallMethod(file, "write", "O", surrogate)),
           "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
           "sys.stdout writes UTF-8, which has no surrogates");
    is_str(outcome(PyObject_CallMethod(file, "write", "i", 1)), "TypeError: write() argument must be str, not int",
           "sys.stdout writes texts");
    is_str(outcome(PyObject_CallMethod(file, "flush", NULL)), "None", "sys.stdout flushes the stream stdout of C");
    ok(PySys_GetObject("__stdout__") == file, "sys.__stdout__ is the object sys.stdout");
    Py_DECREF(surrogate);
}

/* The number of folders of a path, less the one of companion modules, which is there when it was built. */
static Py_ssize_t
count_folders(PyObject *path)
{
    static const char *const companions = "/pycapsule/modules";
    Py_ssize_t count = PyList_Size(path);
    const char *last = PyUnicode_AsUTF8(PyList_GetItem(path, count - 1));
    size_t length = strlen(last), ending = strlen(companions);

    return length >= ending && strcmp(last + length - ending, companions) == 0 ? count - 1 : count;
}

static void
test_sys(void)
{
    PyObject *file = PySys_GetObject("stderr"), *name = PyUnicode_FromString("fileno");

    is_text(PyObject_CallMethodObjArgs(file, name, NULL), "2", "sys.stderr writes to file descriptor 2");
    ok(!PyObject_HasAttrString(file, "buffer"), "sys.stderr has no attribute buffer");
    is_ptr(PySys_GetObject("__stderr__"), file, "sys.__stderr__ is the object sys.stderr");
    Py_DECREF(name);
    is_ptr(PySys_GetObject("meta_path"), NULL, "sys has no meta_path");
    is_ptr(PySys_GetObject("exit"), NULL, "sys has no function exit");
    ok(PySys_GetObject("excepthook") != NULL && PySys_GetObject("unraisablehook") != NULL,
       "sys has the functions excepthook and unraisablehook");
    is_int(count_folders(PySys_GetObject("path")), 1,
           "sys.path holds the folder of PYTHONPATH and no other but that of companion modules");
}

static PyObject *
give_nothing(PyObject *self)
{
    (void)self;
    return NULL;
}

static PyObject *
give_no_operand(PyObject *self, PyObject *other)
{
    (void)other;
    return give_nothing(self);
}

static PyObject *
give_no_item(PyObject *self, Py_ssize_t index)
{
    (void)index;
    return give_nothing(self);
}

static PyObject *
give_no_order(PyObject *self, PyObject *other, int op)
{
    (void)op;
    return give_no_operand(self, other);
}

static Py_ssize_t
give_no_size(PyObject *self)
{
    (void)self;
    return -1;
}

static int
give_no_truth(PyObject *self)
{
    (void)self;
    return -1;
}

static int
give_no_answer(PyObject *self, PyObject *other)
{
    (void)self;
    (void)other;
    return -1;
}

static int
set_nothing(PyObject *self, Py_ssize_t index, PyObject *value)
{
    (void)index;
    return give_no_answer(self, value);
}

static int
assign_nothing(PyObject *self, PyObject *key, PyObject *value)
{
    (void)key;
    return give_no_answer(self, value);
}

/* CPython returns such a NULL or -1 to its caller, which has then neither a result nor an error. */
static void
test_silent_slots(void)
{
    static PyNumberMethods number;
    static PySequenceMethods sequence, length;
    static PyMappingMethods mapping;
    static PyTypeObject types[3]; /* by number and name, by index, by key */
    static PyObject objects[3];
    PyObject *o = &objects[0], *row = &objects[1], *table = &objects[2];
    size_t i;

    number.nb_bool = give_no_truth;
    number.nb_negative = number.nb_int = number.nb_index = give_nothing;
    number.nb_add = number.nb_inplace_subtract = give_no_operand;
    sequence.sq_length = give_no_size;
    sequence.sq_item = give_no_item;
    sequence.sq_ass_item = set_nothing;
    sequence.sq_contains = give_no_answer;
    sequence.sq_concat = give_no_operand;
    sequence.sq_repeat = give_no_item;
    mapping.mp_length = give_no_size;
    mapping.mp_subscript = give_no_operand;
    mapping.mp_ass_subscript = assign_nothing;
    for (i = 0; i < 3; i++) {
        types[i].tp_name = "silent";
        types[i].tp_basicsize = sizeof(PyObject);
        objects[i].ob_type = &types[i];
        Py_SET_REFCNT(&objects[i], 1);
    }
    types[0].tp_repr = types[0].tp_str = types[0].tp_iter = types[0].tp_iternext = give_nothing;
    types[0].tp_hash = give_no_size;
    types[0].tp_richcompare = give_no_order;
    types[0].tp_getattro = give_no_operand;
    types[0].tp_setattro = assign_nothing;
    types[0].tp_as_number = &number;
    types[1].tp_as_sequence = &sequence;
    types[2].tp_as_sequence = &length;
    types[2].tp_as_mapping = &mapping;
#define SILENT(CALL, FAILURE, SLOT)                                                                                \
    do {                                                                                                           \
        is_int((long long)(CALL), FAILURE, "%s fails when the slot fails without an error", #CALL);                \
        raises(PyExc_SystemError, SLOT " returned NULL without setting an exception", "%s names the slot", #CALL); \
    } while (0)
    SILENT(PyObject_Repr(o), 0, "__repr__");
    SILENT(PyObject_Str(o), 0, "__str__");
    SILENT(PyObject_GetIter(o), 0, "__iter__");
    SILENT(PyObject_Hash(o), -1, "__hash__");
    SILENT(PyObject_RichCompare(o, Py_None, Py_LT), 0, "__eq__");
    SILENT(PyObject_RichCompareBool(o, Py_None, Py_EQ), -1, "__eq__");
    SILENT(PyObject_IsTrue(o), -1, "__bool__");
    SILENT(PyObject_GetAttrString(o, "name"), 0, "__getattribute__");
    SILENT(PyObject_SetAttrString(o, "name", Py_None), -1, "__setattr__");
    SILENT(PyNumber_Negative(o), 0, "__neg__");
    SILENT(PyNumber_Long(o), 0, "__int__");
    SILENT(PyNumber_Index(o), 0, "__index__");
    SILENT(PyNumber_Add(o, Py_None), 0, "__add__");
    SILENT(PyNumber_InPlaceSubtract(o, Py_None), 0, "__sub__");
    SILENT(PyObject_Size(row), -1, "__len__");
    SILENT(PySequence_Size(row), -1, "__len__");
    SILENT(PySequence_GetItem(row, 0), 0, "__getitem__");
    SILENT(PySequence_GetItem(row, -1), 0, "__len__");
    SILENT(PySequence_SetItem(row, 0, Py_None), -1, "__setitem__");
    SILENT(PySequence_DelItem(row, 0), -1, "__setitem__");
    SILENT(PySequence_Contains(row, Py_None), -1, "__contains__");
    SILENT(PySequence_Concat(row, row), 0, "__add__");
    SILENT(PySequence_InPlaceConcat(row, row), 0, "__iadd__");
    SILENT(PySequence_Repeat(row, 2), 0, "__mul__");
    SILENT(PyObject_Size(table), -1, "__len__");
    SILENT(PyMapping_Size(table), -1, "__len__");
    SILENT(PyObject_IsTrue(table), -1, "__bool__");
    SILENT(PyObject_GetItem(table, Py_None), 0, "__getitem__");
    SILENT(PyObject_SetItem(table, Py_None, Py_None), -1, "__setitem__");
    SILENT(PyObject_DelItem(table, Py_None), -1, "__setitem__");
}

/* In CPython such an import ends in Python code, and its error names a function there. */
static void
test_imports_under_error(void)
{
    PyObject *sys = PyImport_ImportModule("sys"), *globals = PyDict_New(),
             *spec = PyObject_GetAttrString(sys, "__spec__");

    PyDict_SetItemString(globals, "__spec__", spec);
    PyErr_SetString(PyExc_KeyError, "left");
    is_ptr(PyImport_ImportModuleLevel("x", globals, NULL, NULL, 1), NULL,
           "an import relative to a spec fails when an error is pending");
    raises(PyExc_KeyError, "'left'", "the import relative to a spec leaves the pending error in place");
    Py_DECREF(spec);
    Py_DECREF(globals);
    Py_DECREF(sys);
}

static void
print_missing_attribute(void)
{
    PyObject_GetAttrString(PyList_New(0), "appendd");
    PyErr_Print();
}

static void
test_left_out(void)
{
    PyObject *type = (PyObject *)&PyList_Type, *descriptor = PyObject_GetAttrString(type, "append");
    char text[200];

    in_child(print_missing_attribute, text, sizeof text);
    is_str(text, "AttributeError: 'list' object has no attribute 'appendd'\n", "a printed error has no suggestion");
    type = PyNumber_Or(type, Py_None);
    is_ptr(PyNumber_Or(type, descriptor), NULL, "a union with an object that is no class is refused");
    raises(PyExc_NotImplementedError,
           "typing.Union() needs the module typing for other objects than classes, and is not supported by pycapsule",
           "the error for a union with another object");
    Py_DECREF(type);
    Py_DECREF(descriptor);
}

static void
test_small_types(void)
{
    PyObject *dict = PyDict_New();

    is_ptr(PyObject_CallNoArgs((PyObject *)&PyFunction_Type), NULL, "a function of Python code is not made");
    raises(PyExc_NotImplementedError, "a function of Python code can't be made: pycapsule runs no Python code",
           "the error for a function of Python code");
    is_ptr(PyObject_CallOneArg((PyObject *)&PyReversed_Type, dict), NULL, "reversed(dict) is refused");
    raises(PyExc_TypeError, "'dict' object is not reversible", "the error for reversed(dict)");
    Py_DECREF(dict);
}

static int late;
static char late_repr[80];

static void
show_module(PyObject *capsule)
{
    PyObject *module = (PyObject *)PyCapsule_GetContext(capsule), *shown = PyObject_Repr(module);

    snprintf(late_repr, sizeof(late_repr), "%s", shown != NULL ? PyUnicode_AsUTF8(shown) : "an error");
    PyErr_Clear();
    Py_XDECREF(shown);
    Py_DECREF(module);
}

/* A capsule in sys is destroyed after the importer, whose Python code makes the repr of a module in CPython. */
static void
put_late_capsule(void)
{
    PyObject *capsule = PyCapsule_New(&late, "late", show_module);

    PyCapsule_SetContext(capsule, PyModule_New("shown"));
    PySys_SetObject("late", capsule);
    Py_DECREF(capsule);
}

static void
test_late_repr(void)
{
    int status;

    put_late_capsule();
    status = Py_FinalizeEx();
    is_int(status, 0, "Py_FinalizeEx succeeds with a capsule that is destroyed late");
    is_str(late_repr, "<module 'shown'>", "a module has its usual repr when the importer is gone");
    Py_Initialize();
}

static void
test_numbers_beyond_unicode(void)
{
    static const Py_UCS4 numbers[] = {'a', 0x110000};

    is_ptr(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, numbers, 2), NULL,
           "FromKindAndData refuses a number beyond the last character among others");
    raises(PyExc_SystemError, "invalid maximum character passed to PyUnicode_New",
           "the error for a number beyond the last character is that of PyUnicode_New");
}

static int freed;

static void
counted_free(void *o)
{
    freed++;
    PyList_Type.tp_free(o);
}

static void
test_free_of_list(void)
{
    static PyTypeObject type;
    const unsigned long built_in = 1UL << 1;
    PyObject *o, *arguments = PyTuple_New(0);
    type = PyList_Type;
    type.tp_base = &PyList_Type;
    type.tp_mro = NULL;
    type.tp_flags &= ~built_in;
    type.tp_free = counted_free;
    o = type.tp_new(&type, arguments, NULL);
    Py_XDECREF(o);
    Py_DECREF(arguments);
    is_int(freed, 1, "tp_dealloc of list frees an instance of another class by its tp_free");
}

int
main(void)
{
    RUN(test_start);
    TAP_BEGIN();
    RUN(test_str);
    RUN(test_codecs);
    RUN(test_maps_and_events);
    RUN(test_types);
    RUN(test_silent_slots);
    RUN(test_free_of_list);
    RUN(test_numbers_beyond_unicode);
    RUN(test_imports_under_error);
    RUN(test_left_out);
    RUN(test_small_types);
    RUN(test_builtins);
    RUN(test_output);
    RUN(test_sys);
    RUN(test_late_repr);
    return TAP_END();
}
