/* The name is in a shared library that has been unloaded: a plugin makes a capsule with a string of its own as the
 * name, the host calls dlclose, and the capsule is still there.  The class is that of PyO3 #2481; plugins and
 * reloaded modules get there without freeing anything.  It looks like this: a crash in strcmp, in the next consumer. */
#include "bug.h"

#include <dlfcn.h>

typedef PyObject *(*MakeCapsule)(void);

/* Plugins are where modules are. */
static void *
open_plugin(void)
{
    char path[4096];
    const char *folder = getenv("PYTHONPATH");

    snprintf(path, sizeof(path), "%s/plugin.so", folder != NULL ? folder : ".");
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

int
main(void)
{
    void *plugin;
    PyObject *capsule;
    MakeCapsule make_capsule;
    const int *version;

    begin();
    plugin = open_plugin();
    if (plugin == NULL) {
        printf("%s\n", dlerror());
        return 1;
    }
    *(void **)&make_capsule = dlsym(plugin, "make_capsule");
    capsule = make_capsule();
    version = (const int *)PyCapsule_GetPointer(capsule, "plugin._C_API");
    printf("version %d\n", version != NULL ? *version : 0);
#ifndef TWIN
    dlclose(plugin);
#endif
    printf("still valid: %d\n", PyCapsule_IsValid(capsule, "plugin._C_API")); /* used */
    Py_DECREF(capsule);
#ifdef TWIN
    dlclose(plugin);
#endif
    return Py_FinalizeEx() < 0;
}
