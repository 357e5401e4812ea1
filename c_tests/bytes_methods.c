/* The methods of bytes and bytearray: one table of calls, whose results have the type of the object.
 *
 * The outcome of a bytearray is compared after "bytearray(b'…')" is written as "b'…'", and its name as that of bytes.
 */
#include "outcome.h"

/* An argument is written as a kind and a text: b:bytes a:bytearray m:memoryview s:str i:int f:float n l:list t:tuple (of bytes,
 * separated by commas), after "name=" if it is given by name.  Arguments are separated by bars. */
static PyObject *
argument_of(const char *text, size_t length)
{
    const char *value = text + 2;
    size_t size = length > 2 ? length - 2 : 0, from = 0, at;
    PyObject *o = NULL, *item;
    char copy[64];
    switch (text[0]) {
    case 'b': return PyBytes_FromStringAndSize(value, (Py_ssize_t)size);
    case 'a': return PyByteArray_FromStringAndSize(value, (Py_ssize_t)size);
    case 's': return PyUnicode_FromStringAndSize(value, (Py_ssize_t)size);
    case 'm':
        item = PyBytes_FromStringAndSize(value, (Py_ssize_t)size);
        o = PyMemoryView_FromObject(item);
        Py_DECREF(item);
        return o;
    case 'i':
    case 'f':
        snprintf(copy, sizeof copy, "%.*s", (int)size, value);
        item = PyUnicode_FromString(copy);
        o = text[0] == 'i' ? PyNumber_Long(item) : PyNumber_Float(item);
        Py_DECREF(item);
        return o;
    case 'l':
    case 't':
        o = PyList_New(0);
        for (at = 0; length > 2 && at <= size; at++) {
            if (at == size || value[at] == ',') {
                item = PyBytes_FromStringAndSize(value + from, (Py_ssize_t)(at - from));
                PyList_Append(o, item);
                Py_DECREF(item);
                from = at + 1;
            }
        }
        if (text[0] == 't') {
            item = PySequence_Tuple(o);
            Py_DECREF(o);
            o = item;
        }
        return o;
    default: return Py_NewRef(Py_None);
    }
}

static PyObject *
call(PyObject *o, const char *name, const char *arguments)
{
    PyObject *positional = PyList_New(0), *keywords = PyDict_New(), *method, *tuple, *result = NULL;
    while (*arguments) {
        size_t length = strcspn(arguments, "|"), name_length = strcspn(arguments, "=:|");
        PyObject *value;
        if (name_length < length && arguments[name_length] == '=') {
            char keyword[32];
            snprintf(keyword, sizeof keyword, "%.*s", (int)name_length, arguments);
            value = argument_of(arguments + name_length + 1, length - name_length - 1);
            PyDict_SetItemString(keywords, keyword, value);
        } else {
            value = argument_of(arguments, length);
            PyList_Append(positional, value);
        }
        Py_DECREF(value);
        arguments += length + (arguments[length] == '|');
    }
    tuple = PySequence_Tuple(positional);
    method = PyObject_GetAttrString(o, name);
    if (method != NULL) {
        result = PyObject_Call(method, tuple, PyDict_Size(keywords) ? keywords : NULL);
    }
    Py_XDECREF(method);
    Py_DECREF(tuple);
    Py_DECREF(keywords);
    Py_DECREF(positional);
    return result;
}

/* The outcome of a bytearray as that of bytes. */
static const char *
as_bytes(const char *text)
{
    static const char word[] = "bytearray";
    char *buffer = outcome_buffer();
    size_t length = 0;
    int inside = 0;
    while (*text && length + 8 < OUTCOME_SIZE) {
        if (strncmp(text, "bytearray(b", 11) == 0) {
            text += 10;
            inside = 1;
        } else if (inside && text[0] == '\'' && text[1] == ')') {
            buffer[length++] = '\'';
            text += 2;
            inside = 0;
        } else if (strncmp(text, word, 9) == 0) {
            memcpy(buffer + length, "bytes", 5);
            length += 5;
            text += 9;
        } else {
            buffer[length++] = *text++;
        }
    }
    buffer[length] = '\0';
    return buffer;
}

static const struct {
    const char *bytes, *method, *arguments, *outcome;
} rows[] = {
#define NO_BYTES "TypeError: a bytes-like object is required, not "
#define NO_INDEX "TypeError: slice indices must be integers or None or have an __index__ method"
    {"abcabc", "find", "b:ca", "2"},
    {"abcabc", "find", "i:99", "2"},
    {"abcabc", "find", "a:bc|i:2", "4"},
    {"abcabc", "find", "m:bc|i:-5|i:-1", "1"},
    {"abcabc", "find", "b:bc|i:2|i:5", "-1"},
    {"abcabc", "find", "b:", "0"},
    {"abcabc", "find", "b:|i:6", "6"},
    {"abcabc", "find", "b:|i:7", "-1"},
    {"abcabc", "find", "b:|i:3|i:2", "-1"},
    {"abcabc", "find", "b:a|n|n", "0"},
    {"abcabc", "find", "b:abcabcabc", "-1"},
    {"abcabc", "find", "i:256", "ValueError: byte must be in range(0, 256)"},
    {"abcabc", "find", "i:-1", "ValueError: byte must be in range(0, 256)"},
    {"abcabc", "find", "i:100000000000000000000", "ValueError: byte must be in range(0, 256)"},
    {"abcabc", "find", "s:a", "TypeError: argument should be integer or bytes-like object, not 'str'"},
    {"abcabc", "find", "f:1", "TypeError: argument should be integer or bytes-like object, not 'float'"},
    {"abcabc", "find", "b:a|s:x", NO_INDEX},
    {"abcabc", "find", "b:a|i:0|s:x", NO_INDEX},
    {"abcabc", "find", "", "TypeError: find expected at least 1 argument, got 0"},
    {"abcabc", "find", "i:1|i:2|i:3|i:4", "TypeError: find expected at most 3 arguments, got 4"},
    {"abcabc", "find", "sub=b:a", "TypeError: bytes.find() takes no keyword arguments"},
    {"abcabc", "find", "b:a|i:-100000000000000000000|i:100000000000000000000", "0"},
    {"abcabc", "rfind", "b:bc", "4"},
    {"abcabc", "rfind", "b:bc|i:0|i:5", "1"},
    {"abcabc", "rfind", "b:", "6"},
    {"abcabc", "rfind", "b:|i:2|i:4", "4"},
    {"abcabc", "rfind", "i:97", "3"},
    {"abcabc", "rfind", "b:x", "-1"},
    {"aaaa", "rfind", "b:aa", "2"},
    {"abcabc", "index", "b:c", "2"},
    {"abcabc", "index", "b:x", "ValueError: subsection not found"},
    {"abcabc", "index", "i:120", "ValueError: subsection not found"},
    {"abcabc", "rindex", "b:c", "5"},
    {"abcabc", "rindex", "b:x", "ValueError: subsection not found"},
    {"abcabc", "count", "b:bc", "2"},
    {"abcabc", "count", "i:97", "2"},
    {"abcabc", "count", "b:", "7"},
    {"abcabc", "count", "b:|i:2|i:4", "3"},
    {"abcabc", "count", "b:|i:7", "0"},
    {"abcabc", "count", "b:a|i:1", "1"},
    {"aaaaa", "count", "b:aa", "2"},
    {"aaaaa", "count", "s:a", "TypeError: argument should be integer or bytes-like object, not 'str'"},
    {"abc", "startswith", "b:ab", "True"},
    {"abc", "startswith", "b:bc|i:1", "True"},
    {"abc", "startswith", "b:bc|i:-2|i:2", "False"},
    {"abc", "startswith", "b:|i:3", "True"},
    {"abc", "startswith", "b:|i:4", "False"},
    {"abc", "startswith", "t:x,ab", "True"},
    {"abc", "startswith", "t:", "False"},
    {"abc", "startswith", "t:x,y", "False"},
    {"abc", "startswith", "s:a", "TypeError: startswith first arg must be bytes or a tuple of bytes, not str"},
    {"abc", "startswith", "l:a", "TypeError: startswith first arg must be bytes or a tuple of bytes, not list"},
    {"abc", "startswith", "i:97", "TypeError: startswith first arg must be bytes or a tuple of bytes, not int"},
    {"abc", "startswith", "b:a|s:x", NO_INDEX},
    {"abc", "startswith", "", "TypeError: startswith expected at least 1 argument, got 0"},
    {"abc", "endswith", "b:bc", "True"},
    {"abc", "endswith", "a:ab|i:0|i:2", "True"},
    {"abc", "endswith", "b:abc|i:1", "False"},
    {"abc", "endswith", "b:|i:4", "False"},
    {"abc", "endswith", "t:x,c", "True"},
    {"abc", "endswith", "n", "TypeError: endswith first arg must be bytes or a tuple of bytes, not NoneType"},
    {" a b  c ", "split", "", "[b'a', b'b', b'c']"},
    {" a b  c ", "split", "n|i:1", "[b'a', b'b  c ']"},
    {" a b  c ", "split", "n|i:0", "[b'a b  c ']"},
    {"   ", "split", "", "[]"},
    {"", "split", "", "[]"},
    {"a\tb\nc\vd\fe\rf", "split", "", "[b'a', b'b', b'c', b'd', b'e', b'f']"},
    {"abc", "split", "", "[b'abc']"},
    {"a,b,,c", "split", "b:,", "[b'a', b'b', b'', b'c']"},
    {"a,b,,c", "split", "b:,|i:2", "[b'a', b'b', b',c']"},
    {"a,b,,c", "split", "sep=a:,|maxsplit=i:1", "[b'a', b'b,,c']"},
    {"a--b--c", "split", "b:--", "[b'a', b'b', b'c']"},
    {"abc", "split", "b:x", "[b'abc']"},
    {"", "split", "b:x", "[b'']"},
    {"abc", "split", "b:", "ValueError: empty separator"},
    {"abc", "split", "s:a", NO_BYTES "'str'"},
    {"abc", "split", "b:a|s:x", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"abc", "split", "b:a|i:1|i:2", "TypeError: split() takes at most 2 arguments (3 given)"},
    {"abc", "split", "x=b:a", "TypeError: split() got an unexpected keyword argument 'x'"},
    {"abc", "split", "b:a|sep=b:b", "TypeError: argument for split() given by name ('sep') and position (1)"},
    {"abc", "split", "b:a|i:100000000000000000000", "OverflowError: Python int too large to convert to C ssize_t"},
    {" a b  c ", "rsplit", "", "[b'a', b'b', b'c']"},
    {" a b  c ", "rsplit", "n|i:1", "[b' a b', b'c']"},
    {" a b  c ", "rsplit", "maxsplit=i:0", "[b' a b  c']"},
    {"  ", "rsplit", "", "[]"},
    {"a,b,,c", "rsplit", "b:,", "[b'a', b'b', b'', b'c']"},
    {"a,b,,c", "rsplit", "b:,|i:2", "[b'a,b', b'', b'c']"},
    {"a--b--c", "rsplit", "b:--|i:1", "[b'a--b', b'c']"},
    {"abc", "rsplit", "b:", "ValueError: empty separator"},
    {"a\nb\r\nc\rd\n\n", "splitlines", "", "[b'a', b'b', b'c', b'd', b'']"},
    {"a\nb\r\nc\rd\n\n", "splitlines", "i:1", "[b'a\\n', b'b\\r\\n', b'c\\r', b'd\\n', b'\\n']"},
    {"a\vb", "splitlines", "", "[b'a\\x0bb']"},
    {"", "splitlines", "", "[]"},
    {"ab", "splitlines", "keepends=s:", "[b'ab']"},
    {"ab", "splitlines", "i:1|i:2", "TypeError: splitlines() takes at most 1 argument (2 given)"},
    {"a.b.c", "partition", "b:.", "(b'a', b'.', b'b.c')"},
    {"a.b.c", "rpartition", "b:.", "(b'a.b', b'.', b'c')"},
    {"abc", "partition", "b:.", "(b'abc', b'', b'')"},
    {"abc", "rpartition", "b:.", "(b'', b'', b'abc')"},
    {"abc", "partition", "b:", "ValueError: empty separator"},
    {"abc", "rpartition", "s:b", NO_BYTES "'str'"},
    {"abc", "partition", "", "TypeError: bytes.partition() takes exactly one argument (0 given)"},
    {" \t\n\v\f\ra ", "strip", "", "b'a'"},
    {" a ", "lstrip", "", "b'a '"},
    {" a ", "rstrip", "n", "b' a'"},
    {"xyaxy", "strip", "b:yx", "b'a'"},
    {"xyaxy", "lstrip", "m:yx", "b'axy'"},
    {"xyaxy", "rstrip", "a:y", "b'xyax'"},
    {"xyx", "strip", "b:xy", "b''"},
    {"abc", "strip", "b:", "b'abc'"},
    {"abc", "strip", "s:a", NO_BYTES "'str'"},
    {"abc", "strip", "n|n", "TypeError: strip expected at most 1 argument, got 2"},
    {"abcd", "removeprefix", "b:ab", "b'cd'"},
    {"abcd", "removeprefix", "b:b", "b'abcd'"},
    {"abcd", "removesuffix", "b:cd", "b'ab'"},
    {"abcd", "removesuffix", "b:", "b'abcd'"},
    {"abcd", "removesuffix", "i:1", NO_BYTES "'int'"},
    {"abcabc", "replace", "b:b|b:XY", "b'aXYcaXYc'"},
    {"abcabc", "replace", "b:bc|b:", "b'aa'"},
    {"abcabc", "replace", "b:b|b:X|i:1", "b'aXcabc'"},
    {"abcabc", "replace", "b:b|b:X|i:0", "b'abcabc'"},
    {"abc", "replace", "b:|b:-", "b'-a-b-c-'"},
    {"abc", "replace", "b:|b:-|i:2", "b'-a-bc'"},
    {"", "replace", "b:|b:-", "b'-'"},
    {"", "replace", "b:a|b:-", "b''"},
    {"aaa", "replace", "a:aa|m:b", "b'ba'"},
    {"abc", "replace", "b:x|b:y", "b'abc'"},
    {"abc", "replace", "s:a|b:y", NO_BYTES "'str'"},
    {"abc", "replace", "b:a|i:1", NO_BYTES "'int'"},
    {"abc", "replace", "b:a|b:b|s:x", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"abc", "replace", "b:a", "TypeError: replace expected at least 2 arguments, got 1"},
    {"abc", "replace", "b:a|b:b|count=i:1", "TypeError: bytes.replace() takes no keyword arguments"},
    {"-", "join", "l:a,b,c", "b'a-b-c'"},
    {"-", "join", "t:a", "b'a'"},
    {"-", "join", "l:", "b''"},
    {"", "join", "t:ab,cd", "b'abcd'"},
    {", ", "join", "l:,", "b', '"},
    {"-", "join", "b:ab", "TypeError: sequence item 0: expected a bytes-like object, int found"},
    {"-", "join", "s:ab", "TypeError: sequence item 0: expected a bytes-like object, str found"},
    {"-", "join", "i:1", "TypeError: can only join an iterable"},
    {"-", "join", "", "TypeError: bytes.join() takes exactly one argument (0 given)"},
    {"aBc1 \x80", "lower", "", "b'abc1 \\x80'"},
    {"aBc1 \x80", "upper", "", "b'ABC1 \\x80'"},
    {"aBc1 \x80", "swapcase", "", "b'AbC1 \\x80'"},
    {"aBC dEF-gH1i", "title", "", "b'Abc Def-Gh1I'"},
    {"aBC dEF", "capitalize", "", "b'Abc def'"},
    {"", "capitalize", "", "b''"},
    {"", "title", "", "b''"},
    {"abc", "lower", "i:1", "TypeError: bytes.lower() takes no arguments (1 given)"},
    {"ab", "center", "i:5", "b'  ab '"},
    {"abc", "center", "i:6|b:*", "b'*abc**'"},
    {"abc", "center", "i:8|b:*", "b'**abc***'"},
    {"abc", "center", "i:2", "b'abc'"},
    {"abc", "center", "i:-2", "b'abc'"},
    {"abc", "ljust", "i:5|a:.", "b'abc..'"},
    {"abc", "rjust", "i:5", "b'  abc'"},
    {"abc", "center", "s:a", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"abc", "center", "i:9|i:1", "TypeError: center() argument 2 must be a byte string of length 1, not int"},
    {"abc", "ljust", "i:9|b:xy",
     "TypeError: ljust(): argument 2 must be a byte string of length 1, not a bytes object of length 2"},
    {"abc", "rjust", "i:9|s:x", "TypeError: rjust() argument 2 must be a byte string of length 1, not str"},
    {"abc", "center", "", "TypeError: center expected at least 1 argument, got 0"},
    {"42", "zfill", "i:5", "b'00042'"},
    {"-42", "zfill", "i:5", "b'-0042'"},
    {"+42", "zfill", "i:3", "b'+42'"},
    {"", "zfill", "i:2", "b'00'"},
    {"a", "zfill", "s:x", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"a\tb\n\tc", "expandtabs", "", "b'a       b\\n        c'"},
    {"a\tb\r\tc", "expandtabs", "i:3", "b'a  b\\r   c'"},
    {"a\tb", "expandtabs", "tabsize=i:0", "b'ab'"},
    {"a\tb", "expandtabs", "i:-1", "b'ab'"},
    {"a\tb", "expandtabs", "s:x", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"a\tb", "expandtabs", "i:4294967296", "OverflowError: Python int too large to convert to C int"},
    {"\x01\xab", "hex", "", "'01ab'"},
    {"abcdefg", "hex", "s::", "'61:62:63:64:65:66:67'"},
    {"abcdefg", "hex", "b:_|i:3", "'61_626364_656667'"},
    {"abcdefg", "hex", "sep=s:_|bytes_per_sep=i:-3", "'616263_646566_67'"},
    {"abcdefg", "hex", "s:_|i:0", "'61626364656667'"},
    {"abcdefg", "hex", "s:_|i:7", "'61626364656667'"},
    {"ab", "hex", "s:__", "ValueError: sep must be length 1."},
    {"ab", "hex", "s:\xc3\xa9", "ValueError: sep must be ASCII."},
    {"ab", "hex", "a::", "TypeError: sep must be str or bytes."},
    {"ab", "hex", "i:1", "TypeError: object of type 'int' has no len()"},
    {"", "fromhex", "s:01 aBff", "b'\\x01\\xab\\xff'"},
    {"", "fromhex", "s:", "b''"},
    {"", "fromhex", "b: 61\t62 ", "b'ab'"},
    {"", "fromhex", "s:6", "ValueError: fromhex() arg must contain an even number of hexadecimal digits"},
    {"", "fromhex", "s:616", "ValueError: fromhex() arg must contain an even number of hexadecimal digits"},
    {"", "fromhex", "s:6 1", "ValueError: non-hexadecimal number found in fromhex() arg at position 1"},
    {"", "fromhex", "s:61g1", "ValueError: non-hexadecimal number found in fromhex() arg at position 2"},
    {"", "fromhex", "s:\xc3\xa9\x30", "ValueError: non-hexadecimal number found in fromhex() arg at position 0"},
    {"", "fromhex", "i:1", "TypeError: fromhex() argument must be str or bytes-like, not int"},
    {"caf\xc3\xa9", "decode", "", "'caf\xc3\xa9'"},
    {"caf\xe9", "decode", "s:latin-1", "'caf\xc3\xa9'"},
    {"caf\xe9", "decode", "encoding=s:ascii|errors=s:replace", "'caf\xef\xbf\xbd'"},
    {"caf\xe9", "decode", "s:utf-8",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 3: unexpected end of data"},
    {"", "decode", "s:no such codec", "''"},
    {"abc", "decode", "i:1", "TypeError: decode() argument 'encoding' must be str, not int"},
    {"abc", "decode", "s:ascii|n", "TypeError: decode() argument 'errors' must be str, not None"},
    {"abc", "translate", "n", "b'abc'"},
    {"abcabc", "translate", "n|b:b", "b'acac'"},
    {"abcabc", "translate", "n|delete=a:abc", "b''"},
    {"abc", "translate", "b:x", "ValueError: translation table must be 256 characters long"},
    {"abc", "translate", "i:1", NO_BYTES "'int'"},
    {"abc", "translate", "n|i:1", NO_BYTES "'int'"},
    {"abc", "translate", "", "TypeError: translate() takes at least 1 positional argument (0 given)"},
    {"abc", "translate", "n|n|n", "TypeError: translate() takes at most 2 arguments (3 given)"},
    {"abc", "maketrans", "b:a|s:b", NO_BYTES "'str'"},
    {"abc", "maketrans", "b:a|b:bc", "ValueError: maketrans arguments must have same length"},
    {"abc", "maketrans", "b:a", "TypeError: maketrans expected 2 arguments, got 1"},
};

static void
test_table(void)
{
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *bytes = PyBytes_FromString(rows[i].bytes);
        PyObject *array = PyByteArray_FromStringAndSize(rows[i].bytes, (Py_ssize_t)strlen(rows[i].bytes));
        is_str(outcome(call(bytes, rows[i].method, rows[i].arguments)), rows[i].outcome, "row %d: %s(%s) of bytes",
               (int)i, rows[i].method, rows[i].arguments);
        is_str(as_bytes(outcome(call(array, rows[i].method, rows[i].arguments))), rows[i].outcome,
               "row %d: %s(%s) of a bytearray", (int)i, rows[i].method, rows[i].arguments);
        is_int(Py_REFCNT(array), 1, "row %d: %s keeps no reference", (int)i, rows[i].method);
        Py_DECREF(array);
        Py_DECREF(bytes);
    }
}

/* The classes of all single bytes, and of some longer ones. */
static void
test_classes(void)
{
    static const struct {
        const char *method;
        int count;
        unsigned long sum;
    } classes[] = {{"isalnum", 62, 5387}, {"isalpha", 52, 4862}, {"isascii", 128, 8128}, {"isdigit", 10, 525},
                   {"islower", 26, 2847}, {"isspace", 6, 87},    {"istitle", 26, 2015},  {"isupper", 26, 2015}};
    static const struct {
        const char *bytes, *answers;
    } longer[] = {{"", "00100000"},     {"aB1", "10100000"},   {"ab 1", "00101000"},
                  {"AB 1", "00100001"}, {"Ab Cd", "00100010"}, {"Ab cd", "00100000"},
                  {"\x80", "00000000"}, {"a1B", "10100000"},   {"1A", "10100011"}};
    size_t i, j;
    int byte;
    for (i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        int count = 0, wrong = 0;
        unsigned long sum = 0;
        for (byte = 0; byte < 256; byte++) {
            char text = (char)byte;
            PyObject *bytes = PyBytes_FromStringAndSize(&text, 1), *array = PyByteArray_FromStringAndSize(&text, 1);
            PyObject *answer = call(bytes, classes[i].method, ""), *other = call(array, classes[i].method, "");
            wrong += answer != other;
            count += answer == Py_True;
            sum += answer == Py_True ? (unsigned long)byte : 0;
            Py_XDECREF(other);
            Py_XDECREF(answer);
            Py_DECREF(array);
            Py_DECREF(bytes);
        }
        is_int(count, classes[i].count, "%s: the number of bytes", classes[i].method);
        is_int(sum, classes[i].sum, "%s: the sum of the bytes", classes[i].method);
        is_int(wrong, 0, "%s: bytes and bytearray agree", classes[i].method);
    }
    for (j = 0; j < sizeof longer / sizeof longer[0]; j++) {
        PyObject *bytes = PyBytes_FromString(longer[j].bytes);
        char answers[9] = "";
        for (i = 0; i < 8; i++) {
            PyObject *answer = call(bytes, classes[i].method, "");
            answers[i] = answer == Py_True ? '1' : '0';
            Py_XDECREF(answer);
        }
        is_str(answers, longer[j].answers, "row %d: the classes of several bytes", (int)j);
        Py_DECREF(bytes);
    }
}

static void
test_unchanged(void)
{
    static const struct {
        const char *method, *arguments;
    } same[] = {{"strip", ""},     {"replace", "b:x|b:y"}, {"removeprefix", "b:x"}, {"removesuffix", "b:x"},
                {"center", "i:1"}, {"zfill", "i:1"},       {"translate", "n"},      {"__bytes__", ""}};
    PyObject *bytes = PyBytes_FromString("some bytes"), *list;
    size_t i;
    for (i = 0; i < sizeof same / sizeof same[0]; i++) {
        PyObject *result = call(bytes, same[i].method, same[i].arguments);
        is_ptr(result, bytes, "%s that changes nothing returns the bytes themselves", same[i].method);
        Py_XDECREF(result);
    }
    list = call(bytes, "split", "b:x");
    is_ptr(PyList_GetItem(list, 0), bytes, "a split that finds nothing gives the bytes themselves");
    Py_XDECREF(list);
    is_str(outcome(call(bytes, "__getnewargs__", "")), "(b'some bytes',)", "__getnewargs__ gives the bytes");
    Py_DECREF(bytes);
}

static void
test_translation(void)
{
    PyObject *bytes = PyBytes_FromString("abcabc"), *array = PyByteArray_FromStringAndSize("abcabc", 6), *table,
             *method;
    table = call(array, "maketrans", "b:ab|b:BA");
    ok(PyBytes_CheckExact(table), "maketrans of a bytearray gives bytes");
    is_int(PyBytes_Size(table), 256, "a table has 256 bytes");
    method = PyObject_GetAttrString(bytes, "translate");
    is_str(outcome(PyObject_CallOneArg(method, table)), "b'BAcBAc'", "translate of bytes maps them");
    Py_DECREF(method);
    method = PyObject_GetAttrString(array, "translate");
    is_str(outcome(PyObject_CallOneArg(method, table)), "bytearray(b'BAcBAc')",
           "translate of a bytearray maps its bytes");
    Py_DECREF(method);
    Py_DECREF(table);
    Py_DECREF(array);
    Py_DECREF(bytes);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_table);
    RUN(test_classes);
    RUN(test_unchanged);
    RUN(test_translation);
    return TAP_END();
}
