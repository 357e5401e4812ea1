#!/bin/sh
# The library exports the symbols of abi/symbols.txt, each of them and no other, and names itself libpycapsule.so.0.
. "$(dirname "$0")/tap.sh"
library=build/lib/libpycapsule.so.0

abi/symbols "$library" > "$work/exported"
LC_ALL=C comm -13 "$work/exported" abi/symbols.txt > "$work/missing"
LC_ALL=C comm -23 "$work/exported" abi/symbols.txt > "$work/extra"
same "no symbol of abi/symbols.txt is missing from the library" "$work/missing" /dev/null
same "the library exports no symbol that is not in abi/symbols.txt" "$work/extra" /dev/null
check "abi/symbols.txt is sorted" sh -c 'LC_ALL=C sort -c abi/symbols.txt'
check "the SONAME is libpycapsule.so.0" sh -c "readelf -d $library | grep -q 'SONAME.*\[libpycapsule.so.0\]'"
check "nothing but the C library is needed at run time" \
    sh -c "! readelf -d $library | grep NEEDED | grep -vE '\[(libc|libm|libdl|libpthread|libgcc_s|ld-linux[^]]*)\.so'"

# A name in the header counts as declared; the object tests, which compile against it, use the declarations.
grep -oE '_?_?P[yY][A-Za-z0-9_]+|pycapsule_[a-z_]+' include/pycapsule.h | LC_ALL=C sort -u > "$work/names"
LC_ALL=C comm -23 abi/symbols.txt "$work/names" > "$work/undeclared"
same "every exported symbol is declared in the header" "$work/undeclared" /dev/null
sed -n 's/^PyAPI_DATA(.*) \(.*\);$/\1/p' include/pycapsule.h | sed "s,\[[0-9]*\],,g" | tr -d " " | tr "," "\n" | LC_ALL=C sort -u > "$work/data"
LC_ALL=C comm -23 "$work/data" abi/symbols.txt > "$work/undefined"
same "every object that the header declares is exported" "$work/undefined" /dev/null
# The exception classes have their own table.
grep -v 'PyExc_' "$work/data" | while read -r object; do grep -rqw "$object" src/api || echo "$object"; done > "$work/hidden"
same "every object that the header declares is re-exported in src/api" "$work/hidden" /dev/null
# The layouts of abi/core.txt are compared with those of CPython's headers.
grep -oE '^(typedef )?struct _?Py[A-Za-z0-9_]+Object \{' include/pycapsule.h | grep -oE '_?Py[A-Za-z0-9_]+' | while read -r layout; do
    grep -q "^struct $layout " c_tests/abi/core.txt || echo "$layout"
done > "$work/layouts"
same "the layout of every object of the header stands in c_tests/abi/core.txt" "$work/layouts" /dev/null
done_testing
