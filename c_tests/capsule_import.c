/* PyCapsule_Import: the first component of the dotted name is imported, each other one is an attribute of the object
 * before it, and the object at the end must be a capsule whose name is the whole dotted name.  It returns the
 * pointer, borrowed from the capsule, or NULL with an error that says how far it came.  no_block is ignored.
 */
#include "tap.h"

static char storage[16];
static int destructions = 0;
static int initializations[3] = {0, 0, 0};

static void
count_destruction(PyObject *capsule)
{
    (void)capsule;
    destructions++;
}

/* Built-in modules. */
static struct PyModuleDef provider_def = {PyModuleDef_HEAD_INIT, "provider", NULL, -1, NULL, NULL, NULL, NULL, NULL};

static PyObject *
init_provider(void)
{
    PyObject *module = PyModule_Create(&provider_def);
    initializations[0]++;
    PyModule_Add(module, "_C_API", PyCapsule_New(storage + 1, "provider._C_API", NULL));
    PyModule_Add(module, "wrong", PyCapsule_New(storage + 2, "provider.other", NULL));
    return module;
}

static PyObject *
init_failing(void)
{
    initializations[1]++;
    PyErr_SetString(PyExc_RuntimeError, "this module does not work");
    return NULL;
}

static PyObject *
init_silent(void)
{
    initializations[2]++;
    return NULL;
}

/* Makes a module of this name in sys.modules, or gives the one there is.  Borrowed. */
static PyObject *
module(const char *name)
{
    return PyImport_AddModule(name);
}

static void
add(const char *module_name, const char *attribute, void *pointer, const char *name)
{
    PyModule_Add(module(module_name), attribute, PyCapsule_New(pointer, name, count_destruction));
}

static void
remove_module(const char *name)
{
    PyDict_DelItemString(PyImport_GetModuleDict(), name);
}

static void
test_found(void)
{
    static const int no_blocks[] = {0, 1, -1, 42};

    add("mod", "cap", storage, "mod.cap");
    for (int i = 0; i < 4; i++) {
        is_ptr(PyCapsule_Import("mod.cap", no_blocks[i]), storage, "Import finds an attribute of a module, no_block %d",
               no_blocks[i]);
        no_error("an import of an attribute sets no error, no_block %d", no_blocks[i]);
    }
    PyObject *capsule = PyObject_GetAttrString(module("mod"), "cap");
    is_int(Py_REFCNT(capsule), 2, "Import keeps no reference to the capsule");
    is_int(Py_REFCNT(module("mod")), 1, "Import keeps no reference to the module");
    PyCapsule_SetPointer(capsule, storage + 5);
    is_ptr(PyCapsule_Import("mod.cap", 0), storage + 5, "Import gives the pointer of the moment, not one it remembers");
    Py_DECREF(capsule);
    destructions = 0;
    remove_module("mod");
    is_int(destructions, 1, "the imported pointer does not keep the capsule alive");
}

static void
test_wrong_capsule(void)
{
    static const struct {
        const char *attribute;
        const char *name;
    } cases[] = {
        {"unnamed", NULL},         {"empty", ""},          {"short", "short"},
        {"other", "mod.another"},  {"upper", "MOD.upper"}, {"longer", "mod.longer.x"},
        {"shorter", "mod.shorte"}, {"format", "%s"},
    };
    char name[32], message[64];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        add("mod", cases[i].attribute, storage, cases[i].name);
        sprintf(name, "mod.%s", cases[i].attribute);
        sprintf(message, "PyCapsule_Import \"%s\" is not valid", name);
        is_ptr(PyCapsule_Import(name, 0), NULL, "%s: a capsule of another name is refused", name);
        raises(PyExc_AttributeError, message,
               "a capsule of another name is an AttributeError that has the name asked for (%s)", name);
        PyObject *capsule = PyObject_GetAttrString(module("mod"), cases[i].attribute);
        is_int(Py_REFCNT(capsule), 2, "a refused capsule gets no reference (%s)", name);
        is_int(PyCapsule_SetName(capsule, name), 0, "a capsule may be renamed to where it is (%s)", name);
        is_ptr(PyCapsule_Import(name, 0), storage, "a renamed capsule is found (%s)", name);
        PyCapsule_SetName(capsule, NULL);
        Py_DECREF(capsule);
    }
    remove_module("mod");
}

static void
test_not_found(void)
{
    static const struct {
        const char *name;
        const char *shown;
    } imports[] = {
        {"nosuch.cap", "nosuch"},
        {"nosuch", "nosuch"},
        {"nosuch.a.b.c", "nosuch"},
        {"", ""},
        {".", ""},
        {"..", ""},
        {".sys.x", ""},
        {"\xff\xfe.x", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"a\xc3", "a\xef\xbf\xbd"},
        {"caf\xc3\xa9.x", "caf\xc3\xa9"},
        {"%s%n%d.x", "%s%n%d"},
        {" sys.x", " sys"},
        {"sys .x", "sys "},
        {"no/such.x", "no/such"},
        {"a\nb.c", "a\nb"},
        {"\"q\".x", "\"q\""},
        {"Sys.path", "Sys"},
    };
    static const struct {
        const char *name;
        const char *message;
    } attributes[] = {
        {"sys.nosuch", "module 'sys' has no attribute 'nosuch'"},
        {"sys.nosuch.more", "module 'sys' has no attribute 'nosuch'"},
        {"sys.", "module 'sys' has no attribute ''"},
        {"sys..x", "module 'sys' has no attribute ''"},
        {"sys...", "module 'sys' has no attribute ''"},
        {"sys.path.x", "'list' object has no attribute 'x'"},
        {"sys.path.", "'list' object has no attribute ''"},
        {"sys.modules.sys", "'dict' object has no attribute 'sys'"},
        {"sys.caf\xc3\xa9", "module 'sys' has no attribute 'caf\xc3\xa9'"},
        {"sys.%s%n", "module 'sys' has no attribute '%s%n'"},
        {"builtins.nosuch", "module 'builtins' has no attribute 'nosuch'"},
        {"builtins.None.x", "'NoneType' object has no attribute 'x'"},
        {"builtins.ValueError.x", "type object 'ValueError' has no attribute 'x'"},
        {"mod.cap.x", "'PyCapsule' object has no attribute 'x'"},
        {"mod.nosuch", "module 'mod' has no attribute 'nosuch'"},
        {"sys", "PyCapsule_Import \"sys\" is not valid"},
        {"sys.path", "PyCapsule_Import \"sys.path\" is not valid"},
        {"builtins.None", "PyCapsule_Import \"builtins.None\" is not valid"},
        {"mod", "PyCapsule_Import \"mod\" is not valid"},
        {"mod.__name__", "PyCapsule_Import \"mod.__name__\" is not valid"},
    };
    char message[128];

    add("mod", "cap", storage, "mod.cap");
    for (size_t i = 0; i < sizeof(imports) / sizeof(imports[0]); i++) {
        sprintf(message, "PyCapsule_Import could not import module \"%s\"", imports[i].shown);
        is_ptr(PyCapsule_Import(imports[i].name, 0), NULL, "import %d fails", (int)i);
        raises(PyExc_ImportError, message, "an import that fails is an ImportError that has the first component (%d)",
               (int)i);
        PyErr_SetString(PyExc_RuntimeError, "from before");
        is_ptr(PyCapsule_Import(imports[i].name, 0), NULL,
               "an import that fails while an error is set returns NULL (%d)", (int)i);
        raises(PyExc_ImportError, message, "an import that fails replaces an error from before (%d)", (int)i);
    }
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
        is_ptr(PyCapsule_Import(attributes[i].name, 0), NULL, "attribute %d fails", (int)i);
        raises(PyExc_AttributeError, attributes[i].message, "an attribute that fails is an AttributeError (%d)",
               (int)i);
    }
    is_ptr(PyCapsule_Import("sys.\xff", 0), NULL, "an attribute that is not UTF-8 fails");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "an attribute that is not UTF-8 is a UnicodeDecodeError");
    is_ptr(PyCapsule_Import("sys.a\xc3", 0), NULL, "an attribute that is cut off in a character fails");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data",
           "an attribute that is cut off in a character is a UnicodeDecodeError");
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "nosuch"), NULL, "a failed import leaves no module behind");
    remove_module("mod");
}

static void
test_import_error_stands_alone(void)
{
    static const char *const attributes[] = {"__cause__", "__context__", "name", "path"};
    PyObject *exception, *value;

    is_ptr(PyCapsule_Import("nosuch.cap", 0), NULL, "an import of a module that is nowhere fails");
    exception = PyErr_GetRaisedException();
    is_ptr(Py_TYPE(exception), PyExc_ImportError, "the error is an ImportError, not a ModuleNotFoundError");
    for (int i = 0; i < 4; i++) {
        value = PyObject_GetAttrString(exception, attributes[i]);
        is_ptr(value, Py_None, "the ImportError's %s is None", attributes[i]);
        Py_XDECREF(value);
    }
    Py_DECREF(exception);
}

static void
test_very_long_names(void)
{
    const size_t length = 100000;
    char *name = (char *)malloc(length + 1), *message = (char *)malloc(length + 64);

    memset(name, 'n', length);
    name[length] = '\0';
    sprintf(message, "PyCapsule_Import could not import module \"%s\"", name);
    is_ptr(PyCapsule_Import(name, 0), NULL, "a very long name fails as any other");
    raises(PyExc_ImportError, message, "the error has the very long name in full");
    memcpy(name, "sys.", 4);
    is_ptr(PyCapsule_Import(name, 0), NULL, "a very long attribute fails as any other");
    sprintf(message, "module 'sys' has no attribute '%s'", name + 4);
    raises(PyExc_AttributeError, message, "the error has the very long attribute in full");
    add("mod", "cap", storage, "mod.cap");
    memset(name, '.', length);
    memcpy(name, "mod", 3);
    is_ptr(PyCapsule_Import(name, 0), NULL, "very many dots fail at the first");
    raises(PyExc_AttributeError, "module 'mod' has no attribute ''",
           "the error of very many dots is that of the first");
    remove_module("mod");
    free(name);
    free(message);
}

static void
test_walked_through_attributes(void)
{
    PyObject *sub = PyModule_New("anything"), *leaf = PyModule_New("leaf"), *exception, *type;

    PyModule_Add(leaf, "cap", PyCapsule_New(storage + 3, "pkg.sub.leaf.cap", NULL));
    PyModule_Add(sub, "leaf", leaf);
    PyModule_Add(sub, "cap", PyCapsule_New(storage + 2, "pkg.sub.cap", NULL));
    PyModule_Add(module("pkg"), "sub", sub);
    add("pkg", "cap", storage + 1, "pkg.cap");
    is_ptr(PyCapsule_Import("pkg.cap", 0), storage + 1, "a capsule is found one attribute deep");
    is_ptr(PyCapsule_Import("pkg.sub.cap", 0), storage + 2,
           "a capsule is found two deep: the modules' own names do not matter");
    is_ptr(PyCapsule_Import("pkg.sub.leaf.cap", 0), storage + 3, "a capsule is found three deep");
    is_ptr(PyCapsule_Import("pkg.sub.leaf", 0), NULL, "a module at the end is no capsule");
    raises(PyExc_AttributeError, "PyCapsule_Import \"pkg.sub.leaf\" is not valid",
           "the error for a module at the end says that it is not valid");
    is_ptr(PyCapsule_Import("pkg.sub.nosuch.cap", 0), NULL, "an attribute that is missing in the middle fails");
    raises(PyExc_AttributeError, "module 'anything' has no attribute 'nosuch'",
           "the error names the module that lacks it");
    is_ptr(PyCapsule_Import("pkg.sub.leaf.nosuch", 0), NULL, "an attribute that is missing at the end fails");
    raises(PyExc_AttributeError, "module 'leaf' has no attribute 'nosuch'",
           "the error names the last module when that lacks the attribute");

    exception = PyObject_CallNoArgs(PyExc_ValueError);
    PyObject *capsule = PyCapsule_New(storage + 4, "pkg.exception.cap", NULL);
    PyObject_SetAttrString(exception, "cap", capsule);
    Py_DECREF(capsule);
    PyModule_Add(module("pkg"), "exception", exception);
    is_ptr(PyCapsule_Import("pkg.exception.cap", 0), storage + 4, "a capsule may be an attribute of any object");
    type = PyErr_NewException("pkg.Error", NULL, NULL);
    capsule = PyCapsule_New(storage + 5, "pkg.Error.cap", NULL);
    PyObject_SetAttrString(type, "cap", capsule);
    Py_DECREF(capsule);
    PyModule_Add(module("pkg"), "Error", type);
    is_ptr(PyCapsule_Import("pkg.Error.cap", 0), storage + 5, "a capsule may be an attribute of a type");
    no_error("no import through attributes sets an error");
    remove_module("pkg");
}

static void
test_anything_in_sys_modules(void)
{
    PyObject *modules = PyImport_GetModuleDict(), *capsule = PyCapsule_New(storage, "direct", NULL);
    PyObject *dict = PyDict_New();

    PyDict_SetItemString(modules, "direct", capsule);
    is_ptr(PyCapsule_Import("direct", 0), storage, "a capsule may stand in sys.modules itself");
    is_ptr(PyCapsule_Import("direct.x", 0), NULL, "a capsule in sys.modules has no attributes");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x'",
           "the error for an attribute of a capsule names its type");
    PyCapsule_SetName(capsule, "other");
    is_ptr(PyCapsule_Import("direct", 0), NULL, "a capsule in sys.modules must have the right name");
    raises(PyExc_AttributeError, "PyCapsule_Import \"direct\" is not valid",
           "the error for a capsule in sys.modules says that the name is not valid");
    Py_DECREF(capsule);
    remove_module("direct");

    PyDict_SetItemString(modules, "dict", dict);
    Py_DECREF(dict);
    is_ptr(PyCapsule_Import("dict.x", 0), NULL, "a dict in sys.modules is no module");
    raises(PyExc_AttributeError, "'dict' object has no attribute 'x'",
           "the error for a dict says that its items are no attributes");
    remove_module("dict");

    PyDict_SetItemString(modules, "blocked", Py_None);
    is_ptr(PyCapsule_Import("blocked.x", 0), NULL, "None in sys.modules blocks an import");
    raises(PyExc_ImportError, "PyCapsule_Import could not import module \"blocked\"",
           "the error for None in sys.modules is the usual ImportError");
    remove_module("blocked");
}

/* A module's own __getattr__ is asked for attributes that its dict lacks. */
static PyObject *
get_attribute(PyObject *self, PyObject *name)
{
    (void)self;
    if (strcmp(PyUnicode_AsUTF8(name), "made") == 0) {
        return PyCapsule_New(storage + 6, "lazy.made", count_destruction);
    }
    PyErr_Format(PyExc_KeyError, "%U is not made here", name);
    return NULL;
}

static PyMethodDef get_attribute_method = {"__getattr__", get_attribute, METH_O, NULL};

static void
test_attributes_with_code_of_their_own(void)
{
    PyModule_Add(module("lazy"), "__getattr__", PyCFunction_New(&get_attribute_method, NULL));
    destructions = 0;
    is_ptr(PyCapsule_Import("lazy.made", 0), storage + 6, "a capsule may be made when it is asked for");
    is_int(destructions, 1, "a capsule that is made when it is asked for is gone when its pointer is given");
    is_ptr(PyCapsule_Import("lazy.unmade", 0), NULL, "an error of the attribute's own code ends the import");
    raises(PyExc_KeyError, "'unmade is not made here'", "an error of the attribute's own code propagates unchanged");
    remove_module("lazy");
}

/* The attributes of a class come before the items of a module, and sys.modules is asked only for modules. */
static void
test_what_goes_first(void)
{
    PyObject *list = PyList_New(0);

    add("classed", "__class__", storage, "classed.__class__");
    is_ptr(PyCapsule_Import("classed.__class__", 0), NULL, "the class of a module goes before a capsule in its place");
    raises(PyExc_AttributeError, "PyCapsule_Import \"classed.__class__\" is not valid",
           "the error for the class of a module says that it is no valid capsule");
    remove_module("classed");
    if (PyModule_Add(module("holder"), "list", list) < 0) {
        return; /* PyModule_Add has dropped the list */
    }
    PyDict_SetItemString(PyImport_GetModuleDict(), "holder.list.cap", list);
    is_ptr(PyCapsule_Import("holder.list.cap", 0), NULL,
           "Import looks up no name in sys.modules that attributes do not lead to");
    raises(PyExc_AttributeError, "'list' object has no attribute 'cap'", "the error is that the attribute is missing");
    remove_module("holder.list.cap");
    remove_module("holder");
}

static void
test_built_in_modules(void)
{
    is_int(initializations[0], 0, "a built-in module is not made before it is imported");
    is_ptr(PyCapsule_Import("provider._C_API", 0), storage + 1, "PyCapsule_Import imports a built-in module");
    is_int(initializations[0], 1, "an import makes a built-in module");
    is_ptr(PyCapsule_Import("provider._C_API", 1), storage + 1, "a second import finds the built-in module");
    is_int(initializations[0], 1, "a second import does not make the built-in module again");
    ok(PyDict_GetItemString(PyImport_GetModuleDict(), "provider") != NULL,
       "an imported built-in module stays in sys.modules");
    is_ptr(PyCapsule_Import("provider.wrong", 0), NULL, "a capsule of another name in a built-in module is refused");
    raises(PyExc_AttributeError, "PyCapsule_Import \"provider.wrong\" is not valid",
           "a capsule of another name in a built-in module is an AttributeError");
    is_ptr(PyCapsule_Import("provider.nosuch", 0), NULL, "an attribute that a built-in module lacks is refused");
    raises(PyExc_AttributeError, "module 'provider' has no attribute 'nosuch'",
           "an attribute that a built-in module lacks is an AttributeError");
    is_int(initializations[0], 1, "an attribute that is refused does not make the module again");

    for (int i = 1; i < 3; i++) {
        const char *name = i == 1 ? "failing.cap" : "silent.cap";
        const char *message = i == 1 ? "PyCapsule_Import could not import module \"failing\""
                                     : "PyCapsule_Import could not import module \"silent\"";
        is_ptr(PyCapsule_Import(name, 0), NULL, "%s: an import of a module that fails to be made fails", name);
        raises(PyExc_ImportError, message, "the error of the init function is replaced by the ImportError (%s)", name);
        is_int(initializations[i], 1, "the init function was called (%s)", name);
        is_ptr(PyCapsule_Import(name, 0), NULL, "a second import of a module that fails fails too (%s)", name);
        raises(PyExc_ImportError, message, "a second import that fails has the ImportError (%s)", name);
        is_int(initializations[i], 2, "a second import calls the init function again (%s)", name);
    }
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "failing"), NULL,
           "a module that failed to be made is not in sys.modules");
}

static void
test_modules_made_known(void)
{
    int added = PyImport_AppendInittab("provider", init_provider) == 0;

    added &= PyImport_AppendInittab("failing", init_failing) == 0;
    added &= PyImport_AppendInittab("silent", init_silent) == 0;
    ok(added, "PyImport_AppendInittab takes modules before the interpreter is there");
}

int
main(void)
{
    RUN(test_modules_made_known);
    TAP_BEGIN();
    RUN(test_found);
    RUN(test_wrong_capsule);
    RUN(test_not_found);
    RUN(test_import_error_stands_alone);
    RUN(test_very_long_names);
    RUN(test_walked_through_attributes);
    RUN(test_anything_in_sys_modules);
    RUN(test_attributes_with_code_of_their_own);
    RUN(test_what_goes_first);
    RUN(test_built_in_modules);
    return TAP_END();
}
