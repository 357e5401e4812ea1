/* A folder in PYTHONPATH whose name is not UTF-8: sys.path has it with lone surrogates, packages without __init__ are found
 * there, and CPython loads no compiled module from it, since it remembers modules by the UTF-8 form of their files. */
#include "checks.h"
#include "outcome.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/pycapsule-bytes-XXXXXX";
static char odd[64]; /* the folder with the byte 0xff in it */

static const char *
within(const char *relative)
{
    static char path[128];
    snprintf(path, sizeof(path), "%s%s", odd, relative);
    return path;
}

static void
say(const char *what, PyObject *owned)
{
    fprintf(stderr, "%s: %s\n", what, outcome(owned));
}

static void
import_from_it(void)
{
    PyObject *package, *path;

    setenv("PYTHONPATH", odd, 1);
    Py_Initialize();
    say("entry", Py_NewRef(PyList_GetItem(PySys_GetObject("path"), 0)));
    say("compiled", PyImport_ImportModule("single"));
    say("again", PyImport_ImportModule("single"));
    say("no object", PyImport_ImportModule("nothing"));
    package = PyImport_ImportModule("pack");
    path = package != NULL ? PyObject_GetAttrString(package, "__path__") : NULL;
    say("package", path != NULL ? PySequence_GetItem(path, 0) : NULL);
    say("in it", PyImport_ImportModule("pack.single"));
    say("nosuch", PyImport_ImportModule("nosuch"));
    say("in sys.modules", PyBool_FromLong(PyDict_GetItemString(PyImport_GetModuleDict(), "single") != NULL));
    Py_XDECREF(path);
    Py_XDECREF(package);
    Py_FinalizeEx();
}

static void
test_import(void)
{
    char text[4096], want[4096];

    is_int(in_child(import_from_it, text, sizeof(text)), 0, "a program with a PYTHONPATH that is not UTF-8 ends");
    snprintf(want, sizeof(want),
             "entry: '%s/\\udcff'\n"
             "compiled: UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 28: surrogates "
             "not allowed\n"
             "again: UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 28: surrogates not "
             "allowed\n"
             "no object: UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 28: surrogates "
             "not allowed\n"
             "package: '%s/\\udcff/pack'\n"
             "in it: UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 28: surrogates not "
             "allowed\n"
             "nosuch: ModuleNotFoundError: No module named 'nosuch'\n"
             "in sys.modules: False\n",
             folder, folder);
    is_str(text, want,
           "the entry in sys.path, packages and modules of a folder that is not UTF-8 are those of CPython");
}

int
main(void)
{
    static const char *const files[] = {"/single.so", "/pack/single.so", "/nothing.so"};
    const char *modules = getenv("PYTHONPATH");
    char source[4096];
    size_t i;

    if (modules == NULL || mkdtemp(folder) == NULL) {
        fprintf(stderr, "PYTHONPATH must be the folder that modules/build has filled\n");
        return 1;
    }
    snprintf(odd, sizeof(odd), "%s/\xff", folder);
    snprintf(source, sizeof(source), "%s/single.so", modules);
    mkdir(odd, 0700);
    mkdir(within("/pack"), 0700);
    for (i = 0; i < 3; i++) {
        /* The last one is no shared object. */
        if (symlink(i < 2 ? source : "/etc/passwd", within(files[i])) != 0) {
            perror(within(files[i]));
        }
    }
    RUN(test_import);
    for (i = 0; i < 3; i++) {
        unlink(within(files[i]));
    }
    rmdir(within("/pack"));
    rmdir(odd);
    rmdir(folder);
    TAP_BEGIN();
    return TAP_END();
}
