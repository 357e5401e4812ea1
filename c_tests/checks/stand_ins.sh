#!/bin/sh
# Stand-ins by PYCAPSULE_OPTIONS=stand_ins=FILE: a program that asks for names of Python source gets them; a bad line ends it; and
# verbose mode tells what stood in.
. "$(dirname "$0")/tap.sh"

cat > "$work/program.c" <<'C'
#include <Python.h>
#include <stdio.h>

int
main(int count, char **names)
{
    int i;

    for (i = 1; i + 1 < count; i += 2) {
        PyObject *found = PyImport_ImportModuleAttrString(names[i], names[i + 1]), *shown;

        if (found == NULL) {
            PyErr_Print();
            return 1;
        }
        shown = PyObject_Repr(found);
        puts(PyUnicode_AsUTF8(shown));
        Py_DECREF(shown);
        Py_DECREF(found);
    }
    return 0;
}
C
check "a program is built" ${CC:-cc} -Iinclude "$work/program.c" -o "$work/program" -Lbuild/lib -lpycapsule "-Wl,-rpath,$root/build/lib"

printf 'away.version = "1.0"\naway.Error = exception KeyError\nsys.flags.optimize = 2\n' > "$work/list"
printf 'away.version = "1.0"\n\naway.Error = exeption KeyError\n' > "$work/bad"

# run OPTIONS NAMES...: the output is in $work/out, the messages in $work/err.
run() {
    options=$1
    shift
    PYCAPSULE_OPTIONS=$options "$work/program" "$@" > "$work/out" 2> "$work/err"
}
says() { grep -qxF -- "$1" "$work/$2"; }

run "stand_ins=$work/list" away version away Error
check "a text of the file stands in" says "'1.0'" out
check "a class of the file stands in" says "<class 'away.Error'>" out
check "nothing is told without verbose mode" test ! -s "$work/err"

run "" away version
check "nothing stands in unless asked" says "ModuleNotFoundError: No module named 'away'" err

run "stand_ins=$work/list:verbose=1" away version away Error
check "verbose mode says that a module stands in" says "pycapsule: import away: a stand-in is made" err
check "verbose mode says which attribute stands in, and where the line is" \
    says "pycapsule: import away: version stands in ($work/list, line 1)" err
check "verbose mode names each attribute" says "pycapsule: import away: Error stands in ($work/list, line 2)" err

run "stand_ins=$work/bad" away version
check "a bad line ends the program with status 2" test $? = 2
check "the message about a bad line has the file and the line" says "pycapsule: PYCAPSULE_OPTIONS: option \"stand_ins\": \
\"$work/bad\", line 3: there is no stand-in \"exeption KeyError\"; it must be class, exception, function, module, object, a text in \
quotes, a number, None, True or False; see PYCAPSULE_OPTIONS=help=1" err
run "stand_ins=$work/none" away version
check "a missing file ends the program" says "pycapsule: PYCAPSULE_OPTIONS: option \"stand_ins\": \"$work/none\" can't be read; see \
PYCAPSULE_OPTIONS=help=1" err
done_testing
