/* The Python version: 3.14, in the header's macros, in the data symbol Py_Version and in Py_GetVersion's text, before
 * Py_Initialize and after.  Releases differ in the last number, which is only compared between header and text. */
#include "checks.h"

static void
test_header(void)
{
    is_int(PY_MAJOR_VERSION, 3, "PY_MAJOR_VERSION is 3");
    is_int(PY_MINOR_VERSION, 14, "PY_MINOR_VERSION is 14");
    is_int(PY_VERSION_HEX >> 16, 0x030e, "PY_VERSION_HEX is that of 3.14");
    is_int(PY_VERSION_HEX >> 24, PY_MAJOR_VERSION, "the first byte of PY_VERSION_HEX is the major version");
    is_int((PY_VERSION_HEX >> 16) & 0xff, PY_MINOR_VERSION, "the second byte of PY_VERSION_HEX is the minor version");
    is_int((PY_VERSION_HEX >> 8) & 0xff, PY_MICRO_VERSION, "the third byte of PY_VERSION_HEX is the micro version");
    is_int((PY_VERSION_HEX >> 4) & 0xf, PY_RELEASE_LEVEL,
           "the release level comes after the third byte of PY_VERSION_HEX");
    is_int(PY_VERSION_HEX & 0xf, PY_RELEASE_SERIAL, "the serial number comes last in PY_VERSION_HEX");
    ok(strncmp(PY_VERSION, "3.14.", 5) == 0, "PY_VERSION begins with 3.14.");
    is_int(PYTHON_API_VERSION, 1013, "PYTHON_API_VERSION is 1013");
    is_int(PYTHON_ABI_VERSION, 3, "PYTHON_ABI_VERSION is 3");
}

static void
test_library(const char *when)
{
    const char *version = Py_GetVersion();
    int major = 0, minor = 0, micro = -1;
    char after = '\0';

    is_int(Py_Version >> 16, 0x030e, "%s: Py_Version is that of 3.14", when);
    is_int(sscanf(version, "%d.%d.%d%c", &major, &minor, &micro, &after), 4,
           "%s: Py_GetVersion begins with three numbers", when);
    ok(major == 3 && minor == 14, "%s: Py_GetVersion is that of 3.14", when);
    is_int(micro, (Py_Version >> 8) & 0xff, "%s: Py_GetVersion has the micro version of Py_Version", when);
    ok(strchr(" +abr", after) != NULL, "%s: the number in Py_GetVersion ends after the micro version", when);
    is_ptr(Py_GetVersion(), version, "%s: Py_GetVersion gives one text each time", when);
    ok(strstr(version, Py_GetBuildInfo()) != NULL, "%s: Py_GetVersion has the text of Py_GetBuildInfo", when);
    is_ptr(Py_GetBuildInfo(), Py_GetBuildInfo(), "%s: Py_GetBuildInfo gives one text each time", when);
    ok(Py_GetCompiler()[0] == '[' && strchr(Py_GetCompiler(), ']') != NULL, "%s: Py_GetCompiler is in brackets", when);
    ok(strncmp(Py_GetCopyright(), "Copyright (c) ", 14) == 0, "%s: Py_GetCopyright tells the copyright", when);
}

static void
test_before_initialize(void)
{
    test_library("before Py_Initialize");
}

static void
test_after_initialize(void)
{
    test_library("after Py_Initialize");
}

int
main(void)
{
    RUN(test_header);
    RUN(test_before_initialize);
    TAP_BEGIN();
    RUN(test_after_initialize);
    return TAP_END();
}
