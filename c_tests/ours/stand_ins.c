/* Stand-ins: objects that a file lists in place of Python source, which is never run. */
#include "../callables.h"

#include <pycapsule.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/pycapsule-stand-ins-XXXXXX";

/* A path in the folder; valid until the next call. */
static const char *
path_of(const char *relative)
{
    static char path[256];

    snprintf(path, sizeof(path), "%s/%s", folder, relative);
    return path;
}

/* Writes a file of the folder, and returns its path. */
static const char *
write_file(const char *relative, const char *text)
{
    const char *path = path_of(relative);
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    return path;
}

/* The outcome of reading these lines. */
static const char *
lines(const char *text)
{
    return pycapsule_stand_ins(write_file("list", text)) < 0 ? error_text() : "done";
}

/* The outcome of importing an attribute of a module. */
static const char *
imported(const char *module, const char *name)
{
    return outcome(PyImport_ImportModuleAttrString(module, name));
}

static PyObject *
get(const char *module, const char *name)
{
    PyObject *found = PyImport_ImportModuleAttrString(module, name);

    if (found == NULL) {
        fprintf(stderr, "# %s.%s: %s\n", module, name, error_text());
        exit(2);
    }
    return found;
}

static const char list[] = "# A comment.\n"
                           "\n"
                           "  away.Failure = exception ValueError IndexError  \n"
                           "away.Plain = exception\n"
                           "away.Derived = exception away.Plain\n"
                           "away.inside.deep.Missing = exception away.inside.Base\n"
                           "away.inside.Base = exception KeyError\n"
                           "away._NoValue = object\n"
                           "away.floor = function\n"
                           "away.answer = function 42\n"
                           "away.version = \"1.0 \\\"x\\\" \\\\ \\n\"\n"
                           "away.number = -12345678901234567890\n"
                           "away.part = 2.5\n"
                           "away.nothing = None\n"
                           "away.yes = True\n"
                           "empty.module = module\n"
                           "away.PathLike = class\n"
                           "away.Number = class int\n"
                           "sys.flags.optimize = 0\n"
                           "sys.path = \"not taken\"\n"
                           "pack.name = \"of a package\"\n"
                           "pack.source.name = \"of source\"\n";

static void
test_objects(void)
{
    PyObject *class, *derived, *plain, *function;
    char place[300];

    is_str(lines(list), "done", "a file of stand-ins is read");
    is_str(imported("away", "Failure"), "<class 'away.Failure'>", "an exception class stands in");
    class = get("away", "Failure");
    is_int(PyObject_IsSubclass(class, PyExc_ValueError), 1, "the class is made from its first base");
    is_int(PyObject_IsSubclass(class, PyExc_IndexError), 1, "the class is made from its second base");
    Py_DECREF(class);
    plain = get("away", "Plain");
    derived = get("away", "Derived");
    is_int(PyObject_IsSubclass(plain, PyExc_Exception), 1, "an exception without bases is made from Exception");
    is_int(PyObject_IsSubclass(derived, plain), 1, "a base may be another stand-in");
    Py_DECREF(plain);
    Py_DECREF(derived);
    class = get("away.inside.deep", "Missing");
    is_int(PyObject_IsSubclass(class, PyExc_KeyError), 1, "a base may stand in another module");
    Py_DECREF(class);
    is_str(imported("away", "PathLike"), "<class 'away.PathLike'>", "a class stands in");
    class = get("away", "PathLike");
    is_int(strncmp(called(class, NULL, NULL, NULL), "<away.PathLike object at 0x", 27), 0,
           "a class that stands in makes instances");
    Py_DECREF(class);
    class = get("away", "Number");
    is_int(PyObject_IsSubclass(class, (PyObject *)&PyLong_Type), 1, "a class may be made from int");
    Py_DECREF(class);
    is_int(strncmp(imported("away", "_NoValue"), "<object object at 0x", 20), 0, "a plain object stands in");
    is_str(imported("away", "version"), "'1.0 \"x\" \\\\ \\n'", "a text stands in");
    is_str(imported("away", "number"), "-12345678901234567890", "an integer stands in");
    is_str(imported("away", "part"), "2.5", "a fraction stands in");
    is_str(imported("away", "nothing"), "None", "None stands in");
    is_str(imported("away", "yes"), "True", "True stands in");
    is_str(outcome(PyImport_ImportModule("empty.module")), "<module 'empty.module' (stand-in)>", "a module stands in");
    is_str(imported("away", "nosuch"), "AttributeError: module 'away' has no attribute 'nosuch'",
           "an attribute that no line names is missing");
    is_str(outcome(PyImport_ImportModule("away.nosuch")), "ModuleNotFoundError: No module named 'away.nosuch'",
           "a module that no line names is missing");

    function = get("away", "answer");
    is_str(called(function, Py_None, Py_None, NULL), "42", "a function returns the result that was given");
    Py_DECREF(function);
    function = get("away", "floor");
    snprintf(place, sizeof place, "NotImplementedError: away.floor() is a stand-in without a result (%s, line 9)",
             path_of("list"));
    is_str(called(function, NULL, NULL, NULL), place, "a function without a result names itself and its line");
    snprintf(place, sizeof place, "<stand-in away.floor (%s, line 9)>", path_of("list"));
    is_str(shown(function), place, "the repr of a function has its line");
    is_str(attribute_of(function, "__name__"), "'floor'", "a function has a name");
    Py_DECREF(function);
}

static void
test_existing_modules(void)
{
    PyObject *flags;
    char refused[300];

    flags = get("sys", "flags");
    is_str(attribute_of(flags, "optimize"), "0", "an attribute of a module that can't have submodules gets attributes");
    Py_DECREF(flags);
    is_int(PyList_Check(PySys_GetObject("path")), 1, "an attribute that exists is not replaced");
    is_str(imported("pack", "name"), "'of a package'", "a package whose __init__.py is not run gets attributes");
    is_str(imported("pack.source", "name"), "'of source'", "a module stands in for Python source");
    snprintf(refused, sizeof refused,
             "ImportError: cannot import 'pack.other': only compiled modules are loaded, and %s is Python source",
             path_of("pack/other.py"));
    is_str(outcome(PyImport_ImportModule("pack.other")), refused, "Python source that no line names is not imported");
}

static void
test_order(void)
{
    is_str(lines("later.x = 1\nlater.y = 1\nlater.x = 3\n"), "done", "a second file is read");
    is_str(lines("later.y = 2\n"), "done", "a third file is read");
    is_str(imported("later", "x"), "1", "the first line of a file counts");
    is_str(imported("later", "y"), "2", "the last file counts");
}

static void
test_mistakes(void)
{
    static const struct {
        const char *line, *message;
    } rows[] = {
        {"a.b", "it must be NAME = VALUE"},
        {"a.b: 1", "it must be NAME = VALUE"},
        {"a.b = x = 1",
         "there is no stand-in \"x = 1\"; it must be class, exception, function, module, object, a text in "
         "quotes, a number, None, True or False"},
        {"a = 1", "\"a\" is not the name of a module's attribute, as in package.module.name"},
        {"a. = 1", "\"a.\" is not the name of a module's attribute, as in package.module.name"},
        {".a = 1", "\".a\" is not the name of a module's attribute, as in package.module.name"},
        {"a.1b = 1", "\"a.1b\" is not the name of a module's attribute, as in package.module.name"},
        {"a b.c = 1", "\"a b.c\" is not the name of a module's attribute, as in package.module.name"},
        {" = 1", "\"\" is not the name of a module's attribute, as in package.module.name"},
        {"a.b =",
         "there is no stand-in \"\"; it must be class, exception, function, module, object, a text in quotes, a "
         "number, None, True or False"},
        {"a.b = klass",
         "there is no stand-in \"klass\"; it must be class, exception, function, module, object, a text in "
         "quotes, a number, None, True or False"},
        {"a.b = class 1", "\"1\" is not the name of a class"},
        {"a.b = exception a..b", "\"a..b\" is not the name of a class"},
        {"a.b = object x", "\"x\" follows object"},
        {"a.b = module x", "\"x\" follows module"},
        {"a.b = \"x", "a text must end with a quote"},
        {"a.b = \"x\" y", "\"y\" follows the text"},
        {"a.b = \"\\q\"", "\"\\\\q\" is no escape of a text, which may have \\\\, \\\", \\n and \\t"},
        {"a.b = 1x", "\"1x\" is no number"},
        {"a.b = 1.2.3", "\"1.2.3\" is no number"},
        {"a.b = function klass",
         "there is no stand-in \"klass\"; it must be class, exception, function, module, object, a "
         "text in quotes, a number, None, True or False"},
        {"a.\xff = 1", "it is not UTF-8"},
    };
    char text[200], wanted[400];
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(text, sizeof text, "# first\nbefore.line = 1\n%s\n", rows[i].line);
        snprintf(wanted, sizeof wanted, "ValueError: %s, line 3: %s", path_of("list"), rows[i].message);
        is_str(lines(text), wanted, "mistake %zu of a line: %s", i + 1, rows[i].message);
    }
    is_str(imported("before", "line"), "ModuleNotFoundError: No module named 'before'",
           "no line of a file with a mistake counts");
    snprintf(wanted, sizeof wanted, "ValueError: %s can't be read", path_of("nosuch"));
    is_str(pycapsule_stand_ins(path_of("nosuch")) < 0 ? error_text() : "done", wanted, "a missing file is an error");
    snprintf(wanted, sizeof wanted, "ValueError: %s is a folder, and must be a regular file", folder);
    is_str(pycapsule_stand_ins(folder) < 0 ? error_text() : "done", wanted, "a folder is an error");
    is_str(pycapsule_stand_ins(NULL) < 0 ? error_text() : "done",
           "SystemError: pycapsule_stand_ins called with a NULL argument", "NULL is an error");

    is_str(lines("wrong.A = exception int\nwrong2.A = class nosuch\nwrong3.A = exception away.version\n"), "done",
           "bases are looked up when the module is imported");
    snprintf(wanted, sizeof wanted, "ImportError: %s, line 1: \"int\" is not an exception", path_of("list"));
    is_str(imported("wrong", "A"), wanted, "a base of an exception must be one");
    snprintf(wanted, sizeof wanted, "ImportError: %s, line 2: there is no class \"nosuch\"", path_of("list"));
    is_str(imported("wrong2", "A"), wanted, "a base must exist");
    snprintf(wanted, sizeof wanted, "ImportError: %s, line 3: there is no class \"away.version\"", path_of("list"));
    is_str(imported("wrong3", "A"), wanted, "a base must be a class");
}

int
main(void)
{
    PyObject *entry;

    TAP_BEGIN();
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return 1;
    }
    mkdir(path_of("pack"), 0700);
    write_file("pack/__init__.py", "");
    write_file("pack/source.py", "");
    write_file("pack/other.py", "");
    entry = text_of(folder);
    PyList_Insert(PySys_GetObject("path"), 0, entry);
    Py_DECREF(entry);
    RUN(test_objects);
    RUN(test_existing_modules);
    RUN(test_order);
    RUN(test_mistakes);
    unlink(path_of("pack/__init__.py"));
    unlink(path_of("pack/source.py"));
    unlink(path_of("pack/other.py"));
    unlink(path_of("list"));
    rmdir(path_of("pack"));
    rmdir(folder);
    return TAP_END();
}
