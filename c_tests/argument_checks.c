/* The errors of callables for wrong arguments: each row is a callable, arguments, the ways to call it, and the error.  The texts
 * and the order of the checks are CPython's, and some depend on the way: by PyObject_Call (c), by PyObject_Vectorcall
 * without names (v) and with an empty tuple of them (e), and through tp_call (t). */
#include "outcome.h"

static PyObject *
do_nothing(PyObject *self, PyObject *argument)
{
    (void)self;
    (void)argument;
    Py_RETURN_NONE;
}

static PyMethodDef nothing = {"nothing", do_nothing, METH_NOARGS, NULL};
static int target;

static PyObject *
list_of(PyObject *a, PyObject *b)
{
    PyObject *list = PyList_New(0);

    PyList_Append(list, a);
    if (b != NULL) {
        PyList_Append(list, b);
    }
    return list;
}

/* A new object by the text that stands for it in a row. */
static PyObject *
object_of(const char *text)
{
    PyObject *x = PyUnicode_FromString("x"), *one = PyLong_FromLong(1), *pair = PyTuple_Pack(2, x, one);
    PyObject *pairs = list_of(pair, NULL), *dict = PyDict_New(), *error = PyObject_CallNoArgs(PyExc_ValueError);
    PyObject *made = NULL;
    struct {
        const char *text;
        PyObject *object;
    } all[] = {
        {"None", Py_NewRef(Py_None)},
        {"1", Py_NewRef(one)},
        {"-3", PyLong_FromLong(-3)},
        {"2^70", PyLong_FromDouble(1180591620717411303424.0)},
        {"'x'", Py_NewRef(x)},
        {"''", PyUnicode_FromString("")},
        {"'12'", PyUnicode_FromString("12")},
        {"nul", PyUnicode_FromStringAndSize("a\0b", 3)},
        {"b'x'", PyBytes_FromString("x")},
        {"b'12'", PyBytes_FromString("12")},
        {"1.5", PyFloat_FromDouble(1.5)},
        {"True", Py_NewRef(Py_True)},
        {"[]", PyList_New(0)},
        {"['x',1]", list_of(x, one)},
        {"()", PyTuple_New(0)},
        {"(1,'x')", PyTuple_Pack(2, one, x)},
        {"{}", PyDict_New()},
        {"{'x':1}", Py_NewRef(dict)},
        {"[('x',1)]", Py_NewRef(pairs)},
        {"int", Py_NewRef((PyObject *)&PyLong_Type)},
        {"ValueError", Py_NewRef(PyExc_ValueError)},
        {"ValueError()", Py_NewRef(error)},
        {"(ValueError(),)", PyTuple_Pack(1, error)},
        {"object()", PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type)},
        {"capsule", PyCapsule_New(&target, "c", NULL)},
        {"NotImplemented", Py_NewRef(Py_NotImplemented)},
        {"module", PyModule_New("m")},
        {"function", PyCFunction_NewEx(&nothing, NULL, NULL)},
        {"iter", PyObject_GetIter(pairs)},
    };
    size_t i;

    PyDict_SetItem(dict, x, one);
    for (i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(all[i].text, text) == 0) {
            made = Py_NewRef(all[i].object);
        }
        Py_XDECREF(all[i].object);
    }
    if (made == NULL) {
        fprintf(stderr, "# a row has %s, which stands for nothing\n", text);
        exit(2);
    }
    Py_DECREF(x);
    Py_DECREF(one);
    Py_DECREF(pair);
    Py_DECREF(pairs);
    Py_DECREF(dict);
    Py_DECREF(error);
    return made;
}

/* A new reference to a type by its name, to a bound method ("list.pop"), or to an unbound one ("list::pop"). */
static PyObject *
callable_of(const char *name)
{
    static const struct {
        const char *name, *object;
    } owners[] = {
        {"list", "['x',1]"}, {"list0", "[]"}, {"dict", "{'x':1}"}, {"tuple", "(1,'x')"}, {"exc", "ValueError()"}};
    PyObject *plain[] = {(PyObject *)&PyLong_Type,
                         (PyObject *)&PyBool_Type,
                         (PyObject *)&PyFloat_Type,
                         (PyObject *)&PyUnicode_Type,
                         (PyObject *)&PyList_Type,
                         (PyObject *)&PyTuple_Type,
                         (PyObject *)&PyDict_Type,
                         (PyObject *)&PyModule_Type,
                         (PyObject *)&PyType_Type,
                         (PyObject *)&PyBaseObject_Type,
                         (PyObject *)&PyCapsule_Type,
                         (PyObject *)Py_TYPE(Py_None),
                         (PyObject *)Py_TYPE(Py_NotImplemented),
                         (PyObject *)Py_TYPE(Py_Ellipsis),
                         (PyObject *)&PyCFunction_Type,
                         (PyObject *)&PyListIter_Type,
                         (PyObject *)&PyDictKeys_Type,
                         (PyObject *)&PySeqIter_Type,
                         (PyObject *)&PyModuleDef_Type,
                         (PyObject *)&PyGetSetDescr_Type,
                         (PyObject *)&PyMethodDescr_Type,
                         (PyObject *)&PyMemberDescr_Type};
    const char *mark = strpbrk(name, ".:");
    size_t i;

    for (i = 0; mark != NULL && i < sizeof owners / sizeof owners[0]; i++) {
        if (strlen(owners[i].name) == (size_t)(mark - name) &&
            strncmp(name, owners[i].name, (size_t)(mark - name)) == 0) {
            PyObject *object = object_of(owners[i].object);
            PyObject *owner = *mark == '.' ? object : (PyObject *)Py_TYPE(object);
            PyObject *method = PyObject_GetAttrString(owner, mark + (*mark == '.' ? 1 : 2));
            Py_DECREF(object);
            return method;
        }
    }
    for (i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (strcmp(((PyTypeObject *)plain[i])->tp_name, name) == 0) {
            return Py_NewRef(plain[i]);
        }
    }
    return PyImport_ImportModuleAttrString("builtins", name);
}

/* The next of the texts that ", " is between, in a buffer; NULL after the last. */
static char *
next_argument(const char **rest, char *buffer)
{
    const char *end = strstr(*rest, ", ");
    size_t length = end != NULL ? (size_t)(end - *rest) : strlen(*rest);

    if (**rest == '\0') {
        return NULL;
    }
    memcpy(buffer, *rest, length);
    buffer[length] = '\0';
    *rest += length + (end != NULL ? 2 : 0);
    return buffer;
}

/* Where "name=value" has its value; NULL in a value alone. */
static char *
value_in(char *argument)
{
    size_t length = strspn(argument, "abcdefghijklmnopqrstuvwxyz_");

    return argument[length] == '=' ? argument + length + 1 : NULL;
}

/* Calls one way.  All of `values` are the caller's. */
static PyObject *
call(PyObject *callable, int way, PyObject **values, int positional, PyObject *names, PyObject *keywords)
{
    PyObject *tuple, *result;
    int i;

    if (way == 'v' || way == 'e') {
        return PyObject_Vectorcall(callable, values, (size_t)positional,
                                   way == 'e' || PyTuple_Size(names) > 0 ? names : NULL);
    }
    tuple = PyTuple_New(positional);
    for (i = 0; i < positional; i++) {
        PyTuple_SetItem(tuple, i, Py_NewRef(values[i]));
    }
    if (PyDict_Size(keywords) == 0) {
        keywords = NULL;
    }
    result =
        way == 'c' ? PyObject_Call(callable, tuple, keywords) : Py_TYPE(callable)->tp_call(callable, tuple, keywords);
    Py_DECREF(tuple);
    return result;
}

static void
check(const char *name, const char *arguments, const char *ways, const char *want)
{
    for (; *ways != '\0'; ways++) {
        PyObject *callable = callable_of(name), *values[8], *keywords = PyDict_New(), *names = PyList_New(0), *tuple;
        const char *rest = arguments;
        char buffer[64], *argument;
        int count = 0, positional = 0;

        while ((argument = next_argument(&rest, buffer)) != NULL) {
            char *value = value_in(argument);
            values[count] = object_of(value != NULL ? value : argument);
            if (value == NULL) {
                positional++;
            } else {
                PyObject *key;
                value[-1] = '\0';
                key = PyUnicode_FromString(argument);
                PyList_Append(names, key);
                PyDict_SetItem(keywords, key, values[count]);
                Py_DECREF(key);
            }
            count++;
        }
        tuple = PyList_AsTuple(names);
        is_str(outcome(call(callable, *ways, values, positional, tuple, keywords)), want, "%s(%s), way %c: %s", name,
               arguments, *ways, want);
        while (count > 0) {
            Py_DECREF(values[--count]);
        }
        Py_DECREF(callable);
        Py_DECREF(keywords);
        Py_DECREF(names);
        Py_DECREF(tuple);
    }
}

static const char *const rows[][4] = {
    {"int", "'x', 1, 1", "cv", "TypeError: int expected at most 2 arguments, got 3"},
    {"int", "'x', 1, 1", "et", "TypeError: int() takes at most 2 arguments (3 given)"},
    {"int", "=1, self=1", "cvt", "TypeError: int() got an unexpected keyword argument ''"},
    {"str", "b'x', None", "cve", "TypeError: str() argument 'encoding' must be str, not NoneType"},
    {"str", "b'x', None", "t", "TypeError: str() argument 'encoding' must be str, not None"},
    {"str", "b'x', encoding=None", "cvt", "TypeError: str() argument 'encoding' must be str, not None"},
    {"str", "1, 1, 1, 1", "cve", "TypeError: str expected at most 3 arguments, got 4"},
    {"str", "1, 1, 1, 1", "t", "TypeError: str() takes at most 3 arguments (4 given)"},
    {"str", "b'x', a=1, object=''", "cvt", "TypeError: argument for str() given by name ('object') and position (1)"},
    {"str", "b'x', object='', a=1", "cvt", "TypeError: argument for str() given by name ('object') and position (1)"},
    {"str", "b'x', nul", "cvet", "ValueError: embedded null character"},
    {"module", "None", "cvet", "TypeError: module() argument 'name' must be str, not None"},
    {"module", "object=1", "cvt", "TypeError: module() missing required argument 'name' (pos 1)"},
    {"module", "'x', name='x'", "cvt", "TypeError: argument for module() given by name ('name') and position (1)"},
    {"type", "None, k=None", "cv", "TypeError: type() takes no keyword arguments"},
    {"type", "None, k=None", "t", "TypeError: type() takes 1 or 3 arguments"},
    {"type", "k=None", "cvt", "TypeError: type() takes 1 or 3 arguments"},
    {"type", "None, (), {}", "cvet", "TypeError: type.__new__() argument 1 must be str, not None"},
    {"type", "'x', None, {}", "cvet", "TypeError: type.__new__() argument 2 must be tuple, not None"},
    {"type", "'x', (), []", "cvet", "TypeError: type.__new__() argument 3 must be dict, not list"},
    {"type", "'x', (1,'x'), {}", "cvet",
     "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
     "metaclasses of all its bases"},
    {"exc.add_note", "None", "cvet", "TypeError: add_note() argument must be str, not None"},
    {"BaseExceptionGroup", "None, []", "cvet",
     "TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not None"},
    {"UnicodeDecodeError", "None, b'x', 1, 1, 'x'", "cvet", "TypeError: argument 1 must be str, not None"},
    {"list.append", "1, 1, x=1", "cvt", "TypeError: list.append() takes no keyword arguments"},
    {"list::append", "x=1", "cvt", "TypeError: unbound method list.append() needs an argument"},
    {"int", "encoding='x'", "cvt", "TypeError: int() got an unexpected keyword argument 'encoding'"},
    {"int", "self=int, =1, name='12'", "cvt", "TypeError: int() takes at most 2 keyword arguments (3 given)"},
    {"int", "None", "cvt",
     "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"},
    {"int", "'x'", "cvt", "ValueError: invalid literal for int() with base 10: 'x'"},
    {"int", "b'x'", "cvt", "ValueError: invalid literal for int() with base 10: b'x'"},
    {"int", "'x', 1", "cvt", "ValueError: int() base must be >= 2 and <= 36, or 0"},
    {"int", "NotImplemented, capsule", "cvt", "TypeError: 'PyCapsule' object cannot be interpreted as an integer"},
    {"bool", "errors=['x',1]", "cvt", "TypeError: bool() takes no keyword arguments"},
    {"float", "message='12'", "cvt", "TypeError: float() takes no keyword arguments"},
    {"float", "None", "cvt", "TypeError: float() argument must be a string or a real number, not 'NoneType'"},
    {"float", "'x'", "cvt", "ValueError: could not convert string to float: 'x'"},
    {"float", "b'x'", "cvt", "ValueError: could not convert string to float: b'x'"},
    {"str", "encoding=['x',1]", "cvt", "TypeError: str() argument 'encoding' must be str, not list"},
    {"str", "path=ValueError()", "cvt", "TypeError: str() got an unexpected keyword argument 'path'"},
    {"str", "1.5, object='12'", "cvt", "TypeError: argument for str() given by name ('object') and position (1)"},
    {"str", "nul, x=None, message=True, default='12'", "cvt", "TypeError: str() takes at most 3 arguments (4 given)"},
    {"str", "int, nul", "cvt", "ValueError: embedded null character"},
    {"list", "value=ValueError", "cvt", "TypeError: list() takes no keyword arguments"},
    {"list", "None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"tuple", "=-3", "cvt", "TypeError: tuple() takes no keyword arguments"},
    {"tuple", "None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"dict", "None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"dict", "'x'", "cvt", "ValueError: dictionary update sequence element #0 has length 1; 2 is required"},
    {"dict", "[], nul", "cvt", "TypeError: dict expected at most 1 argument, got 2"},
    {"module", "", "cvt", "TypeError: module() missing required argument 'name' (pos 1)"},
    {"module", "name=(ValueError(),)", "cvt", "TypeError: module() argument 'name' must be str, not tuple"},
    {"module", "base={}, x='', encoding=(1,'x')", "cvt",
     "TypeError: module() takes at most 2 keyword arguments (3 given)"},
    {"module", "'x', path=[('x',1)]", "cvt", "TypeError: module() got an unexpected keyword argument 'path'"},
    {"type", "", "cvt", "TypeError: type() takes 1 or 3 arguments"},
    {"object", "default=b'x'", "cvt", "TypeError: object() takes no arguments"},
    {"PyCapsule", "", "cvt", "TypeError: cannot create 'PyCapsule' instances"},
    {"NoneType", "default=object()", "cvt", "TypeError: NoneType takes no arguments"},
    {"NotImplementedType", "name='x'", "cvt", "TypeError: NotImplementedType takes no arguments"},
    {"ellipsis", "doc=module", "cvt", "TypeError: EllipsisType takes no arguments"},
    {"builtin_function_or_method", "", "cvt", "TypeError: cannot create 'builtin_function_or_method' instances"},
    {"list_iterator", "", "cvt", "TypeError: cannot create 'list_iterator' instances"},
    {"dict_keys", "", "cvt", "TypeError: cannot create 'dict_keys' instances"},
    {"iterator", "", "cvt", "TypeError: cannot create 'iterator' instances"},
    {"moduledef", "", "cvt", "TypeError: cannot create 'moduledef' instances"},
    {"getset_descriptor", "", "cvt", "TypeError: cannot create 'getset_descriptor' instances"},
    {"method_descriptor", "", "cvt", "TypeError: cannot create 'method_descriptor' instances"},
    {"member_descriptor", "", "cvt", "TypeError: cannot create 'member_descriptor' instances"},
    {"BaseException", "base=()", "cvt", "TypeError: BaseException() takes no keyword arguments"},
    {"ValueError", "index=object()", "cvt", "TypeError: ValueError() takes no keyword arguments"},
    {"KeyError", "self=ValueError()", "cvt", "TypeError: KeyError() takes no keyword arguments"},
    {"StopIteration", "name=int", "cvt", "TypeError: StopIteration() takes no keyword arguments"},
    {"SystemExit", "=ValueError", "cvt", "TypeError: SystemExit() takes no keyword arguments"},
    {"ImportError", "obj=ValueError()", "cvt", "TypeError: ImportError() got an unexpected keyword argument 'obj'"},
    {"ModuleNotFoundError", "self=1.5", "cvt", "TypeError: ImportError() got an unexpected keyword argument 'self'"},
    {"NameError", "=int", "cvt", "TypeError: NameError() got an unexpected keyword argument ''"},
    {"NameError", "default=NotImplemented, self=object()", "cvt",
     "TypeError: NameError() takes at most 1 keyword argument (2 given)"},
    {"AttributeError", "base=object()", "cvt", "TypeError: AttributeError() got an unexpected keyword argument 'base'"},
    {"AttributeError", "default=object(), value=['x',1], encoding=-3", "cvt",
     "TypeError: AttributeError() takes at most 2 keyword arguments (3 given)"},
    {"OSError", "={'x':1}", "cvt", "TypeError: OSError() takes no keyword arguments"},
    {"BlockingIOError", "encoding=object()", "cvt", "TypeError: BlockingIOError() takes no keyword arguments"},
    {"BlockingIOError", "1, object(), 1.5, object()", "cvt",
     "TypeError: 'float' object cannot be interpreted as an integer"},
    {"BlockingIOError", "(), capsule, 2^70, (1,'x')", "cvt",
     "ValueError: cannot fit 'int' into an index-sized integer"},
    {"FileNotFoundError", "object=-3", "cvt", "TypeError: FileNotFoundError() takes no keyword arguments"},
    {"SyntaxError", "encoding=1.5", "cvt", "TypeError: SyntaxError() takes no keyword arguments"},
    {"SyntaxError", "['x',1], NotImplemented", "cvt", "TypeError: 'NotImplementedType' object is not iterable"},
    {"IndentationError", "message=()", "cvt", "TypeError: IndentationError() takes no keyword arguments"},
    {"IndentationError", "1, NotImplemented", "cvt", "TypeError: 'NotImplementedType' object is not iterable"},
    {"UnicodeDecodeError", "", "cvt", "TypeError: function takes exactly 5 arguments (0 given)"},
    {"UnicodeEncodeError", "", "cvt", "TypeError: function takes exactly 5 arguments (0 given)"},
    {"UnicodeTranslateError", "", "cvt", "TypeError: function takes exactly 4 arguments (0 given)"},
    {"UnicodeTranslateError", "'', (), True, object()", "cvt",
     "TypeError: 'tuple' object cannot be interpreted as an integer"},
    {"BaseExceptionGroup", "", "cvt", "TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)"},
    {"BaseExceptionGroup", "'12', b'12'", "cvt",
     "ValueError: Item 0 of second argument (exceptions) is not an exception"},
    {"MemoryError", "default=ValueError()", "cvt", "TypeError: MemoryError() takes no keyword arguments"},
    {"UnicodeError", "message=module", "cvt", "TypeError: UnicodeError() takes no keyword arguments"},
    {"list.append", "", "cvt", "TypeError: list.append() takes exactly one argument (0 given)"},
    {"list::append", "['x',1], default=[]", "cvt", "TypeError: list.append() takes no keyword arguments"},
    {"list::append", "None", "cvt",
     "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.clear", "object=ValueError()", "cvt", "TypeError: list.clear() takes no keyword arguments"},
    {"list::clear", "['x',1], obj=ValueError()", "cvt", "TypeError: list.clear() takes no keyword arguments"},
    {"list::clear", "None", "cvt",
     "TypeError: descriptor 'clear' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.copy", "obj=module", "cvt", "TypeError: list.copy() takes no keyword arguments"},
    {"list::copy", "['x',1], self=[]", "cvt", "TypeError: list.copy() takes no keyword arguments"},
    {"list::copy", "None", "cvt",
     "TypeError: descriptor 'copy' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.count", "", "cvt", "TypeError: list.count() takes exactly one argument (0 given)"},
    {"list::count", "['x',1], encoding=capsule", "cvt", "TypeError: list.count() takes no keyword arguments"},
    {"list::count", "None", "cvt",
     "TypeError: descriptor 'count' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.extend", "", "cvt", "TypeError: list.extend() takes exactly one argument (0 given)"},
    {"list.extend", "None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"list::extend", "['x',1], name=(1,'x')", "cvt", "TypeError: list.extend() takes no keyword arguments"},
    {"list::extend", "['x',1], None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"list::extend", "None", "cvt",
     "TypeError: descriptor 'extend' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.index", "", "cvt", "TypeError: index expected at least 1 argument, got 0"},
    {"list.index", "None", "cvt", "ValueError: list.index(x): x not in list"},
    {"list::index", "['x',1], message=capsule", "cvt", "TypeError: list.index() takes no keyword arguments"},
    {"list::index", "['x',1], None", "cvt", "ValueError: list.index(x): x not in list"},
    {"list::index", "None", "cvt",
     "TypeError: descriptor 'index' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.insert", "", "cvt", "TypeError: insert expected 2 arguments, got 0"},
    {"list.insert", "NotImplemented, NotImplemented", "cvt",
     "TypeError: 'NotImplementedType' object cannot be interpreted as an integer"},
    {"list.insert", "2^70, (ValueError(),)", "cvt", "OverflowError: Python int too large to convert to C ssize_t"},
    {"list::insert", "['x',1], name_from=int", "cvt", "TypeError: list.insert() takes no keyword arguments"},
    {"list::insert", "['x',1], 2^70, 2^70", "cvt", "OverflowError: Python int too large to convert to C ssize_t"},
    {"list::insert", "['x',1], ValueError(), capsule", "cvt",
     "TypeError: 'ValueError' object cannot be interpreted as an integer"},
    {"list::pop", "['x',1], name_from=module", "cvt", "TypeError: list.pop() takes no keyword arguments"},
    {"list::pop", "['x',1], -3", "cvt", "IndexError: pop index out of range"},
    {"list::pop", "['x',1], 2^70", "cvt", "OverflowError: Python int too large to convert to C ssize_t"},
    {"list.remove", "", "cvt", "TypeError: list.remove() takes exactly one argument (0 given)"},
    {"list.remove", "None", "cvt", "ValueError: list.remove(x): x not in list"},
    {"list::remove", "['x',1], x=iter", "cvt", "TypeError: list.remove() takes no keyword arguments"},
    {"list::remove", "['x',1], -3", "cvt", "ValueError: list.remove(x): x not in list"},
    {"list::remove", "None", "cvt",
     "TypeError: descriptor 'remove' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list.reverse", "message=b'x'", "cvt", "TypeError: list.reverse() takes no keyword arguments"},
    {"list::reverse", "['x',1], iterable=()", "cvt", "TypeError: list.reverse() takes no keyword arguments"},
    {"list::reverse", "None", "cvt",
     "TypeError: descriptor 'reverse' for 'list' objects doesn't apply to a 'NoneType' object"},
    {"list0::pop", "[], name=[('x',1)]", "cvt", "TypeError: list.pop() takes no keyword arguments"},
    {"list0::pop", "[], None", "cvt", "TypeError: 'NoneType' object cannot be interpreted as an integer"},
    {"list0::pop", "[], 1", "cvt", "IndexError: pop from empty list"},
    {"dict.clear", "index=(1,'x')", "cvt", "TypeError: dict.clear() takes no keyword arguments"},
    {"dict::clear", "{'x':1}, x=ValueError()", "cvt", "TypeError: dict.clear() takes no keyword arguments"},
    {"dict::clear", "None", "cvt",
     "TypeError: descriptor 'clear' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"dict.copy", "errors=1.5", "cvt", "TypeError: dict.copy() takes no keyword arguments"},
    {"dict::copy", "{'x':1}, name=iter", "cvt", "TypeError: dict.copy() takes no keyword arguments"},
    {"dict::copy", "None", "cvt",
     "TypeError: descriptor 'copy' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"dict.get", "", "cvt", "TypeError: get expected at least 1 argument, got 0"},
    {"dict.get", "[]", "cvt", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"dict::get", "{'x':1}, x=1", "cvt", "TypeError: dict.get() takes no keyword arguments"},
    {"dict::get", "{'x':1}, []", "cvt", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"dict::get", "None", "cvt", "TypeError: descriptor 'get' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"dict.items", "index=(ValueError(),)", "cvt", "TypeError: dict.items() takes no keyword arguments"},
    {"dict::items", "{'x':1}, base=(1,'x')", "cvt", "TypeError: dict.items() takes no keyword arguments"},
    {"dict::items", "None", "cvt",
     "TypeError: descriptor 'items' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"dict.keys", "index={}", "cvt", "TypeError: dict.keys() takes no keyword arguments"},
    {"dict::keys", "{'x':1}, =ValueError()", "cvt", "TypeError: dict.keys() takes no keyword arguments"},
    {"dict::keys", "None", "cvt",
     "TypeError: descriptor 'keys' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"dict.setdefault", "", "cvt", "TypeError: setdefault expected at least 1 argument, got 0"},
    {"dict.setdefault", "[]", "cvt", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"dict::setdefault", "{'x':1}, x=int", "cvt", "TypeError: dict.setdefault() takes no keyword arguments"},
    {"dict::setdefault", "{'x':1}, []", "cvt", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"dict::setdefault", "None", "cvt",
     "TypeError: descriptor 'setdefault' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"dict.update", "None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"dict.update", "'x'", "cvt", "ValueError: dictionary update sequence element #0 has length 1; 2 is required"},
    {"dict.update", "'', (1,'x')", "cvt", "TypeError: update expected at most 1 argument, got 2"},
    {"dict::update", "{'x':1}, None", "cvt", "TypeError: 'NoneType' object is not iterable"},
    {"dict::update", "{'x':1}, 'x'", "cvt",
     "ValueError: dictionary update sequence element #0 has length 1; 2 is required"},
    {"dict::update", "{'x':1}, (ValueError(),), function", "cvt",
     "TypeError: update expected at most 1 argument, got 2"},
    {"dict.values", "name_from=b'x'", "cvt", "TypeError: dict.values() takes no keyword arguments"},
    {"dict::values", "{'x':1}, obj=module", "cvt", "TypeError: dict.values() takes no keyword arguments"},
    {"dict::values", "None", "cvt",
     "TypeError: descriptor 'values' for 'dict' objects doesn't apply to a 'NoneType' object"},
    {"tuple.count", "", "cvt", "TypeError: tuple.count() takes exactly one argument (0 given)"},
    {"tuple::count", "(1,'x'), default=1.5", "cvt", "TypeError: tuple.count() takes no keyword arguments"},
    {"tuple::count", "None", "cvt",
     "TypeError: descriptor 'count' for 'tuple' objects doesn't apply to a 'NoneType' object"},
    {"tuple.index", "", "cvt", "TypeError: index expected at least 1 argument, got 0"},
    {"tuple.index", "None", "cvt", "ValueError: tuple.index(x): x not in tuple"},
    {"tuple::index", "(1,'x'), =module", "cvt", "TypeError: tuple.index() takes no keyword arguments"},
    {"tuple::index", "(1,'x'), None", "cvt", "ValueError: tuple.index(x): x not in tuple"},
    {"tuple::index", "None", "cvt",
     "TypeError: descriptor 'index' for 'tuple' objects doesn't apply to a 'NoneType' object"},
    {"exc.__reduce__", "=()", "cvt", "TypeError: ValueError.__reduce__() takes no keyword arguments"},
    {"exc::__reduce__", "ValueError(), doc=function", "cvt",
     "TypeError: BaseException.__reduce__() takes no keyword arguments"},
    {"exc::__reduce__", "None", "cvt",
     "TypeError: descriptor '__reduce__' for 'BaseException' objects doesn't apply to a 'NoneType' object"},
    {"exc.__setstate__", "", "cvt", "TypeError: ValueError.__setstate__() takes exactly one argument (0 given)"},
    {"exc::__setstate__", "ValueError(), default={'x':1}", "cvt",
     "TypeError: BaseException.__setstate__() takes no keyword arguments"},
    {"exc::__setstate__", "None", "cvt",
     "TypeError: descriptor '__setstate__' for 'BaseException' objects doesn't apply to a 'NoneType' object"},
    {"exc.with_traceback", "", "cvt", "TypeError: ValueError.with_traceback() takes exactly one argument (0 given)"},
    {"exc::with_traceback", "ValueError(), self=''", "cvt",
     "TypeError: BaseException.with_traceback() takes no keyword arguments"},
    {"exc::with_traceback", "None", "cvt",
     "TypeError: descriptor 'with_traceback' for 'BaseException' objects doesn't apply to a 'NoneType' object"},
    {"exc.add_note", "", "cvt", "TypeError: ValueError.add_note() takes exactly one argument (0 given)"},
    {"exc::add_note", "ValueError(), default=1", "cvt",
     "TypeError: BaseException.add_note() takes no keyword arguments"},
    {"exc::add_note", "None", "cvt",
     "TypeError: descriptor 'add_note' for 'BaseException' objects doesn't apply to a 'NoneType' object"},
};

static void
test_rows(void)
{
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check(rows[i][0], rows[i][1], rows[i][2], rows[i][3]);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_rows);
    return TAP_END();
}
