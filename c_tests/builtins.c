/* The functions and types of the module builtins: their results, messages and checks of arguments. */
#include "expressions.h"

static const Row ITERATORS[] = {
    {"enumerate()", "TypeError: enumerate() missing required argument 'iterable'"},
    {"enumerate(1)", "TypeError: 'int' object is not iterable"},
    {"enumerate([],1,2)", "TypeError: enumerate() takes at most 2 arguments (3 given)"},
    {"enumerate([],start='a')", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"enumerate([],'a')", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"enumerate([],start=1,x=2)", "TypeError: enumerate() takes at most 2 arguments (3 given)"},
    {"enumerate([],x=2)", "TypeError: 'x' is an invalid keyword argument for enumerate()"},
    {"enumerate(iterable=[1],start=5).__next__()", "(5, 1)"},
    {"enumerate(start=5,iterable=[1]).__next__()", "(5, 1)"},
    {"enumerate(start=5)", "TypeError: 'start' is an invalid keyword argument for enumerate()"},
    {"enumerate([],iterable=[])", "TypeError: 'iterable' is an invalid keyword argument for enumerate()"},
    {"enumerate(start=5,x=3)", "TypeError: 'x' is an invalid keyword argument for enumerate()"},
    {"enumerate(start=5,start2=3)", "TypeError: 'start2' is an invalid keyword argument for enumerate()"},
    {"list(enumerate('ab'))", "[(0, 'a'), (1, 'b')]"},
    {"list(enumerate('ab', -1))", "[(-1, 'a'), (0, 'b')]"},
    {"list(enumerate('ab', True))", "[(1, 'a'), (2, 'b')]"},
    {"list(enumerate('abc', 9223372036854775806))",
     "[(9223372036854775806, 'a'), (9223372036854775807, 'b'), (9223372036854775808, 'c')]"},
    {"list(enumerate('ab', 1180591620717411303424))", "[(1180591620717411303424, 'a'), (1180591620717411303425, 'b')]"},
    {"list(enumerate('ab', -1180591620717411303424))",
     "[(-1180591620717411303424, 'a'), (-1180591620717411303423, 'b')]"},
    {"enumerate('ab').__iter__().__next__()", "(0, 'a')"},
    {"enumerate.__class_getitem__(int)", "enumerate[int]"},
    {"list(zip())", "[]"},
    {"zip(1)", "TypeError: 'int' object is not iterable"},
    {"zip([], 1)", "TypeError: 'int' object is not iterable"},
    {"zip([], strict=1, x=3)", "TypeError: zip() takes at most 1 keyword argument (2 given)"},
    {"zip([], x=3)", "TypeError: zip() got an unexpected keyword argument 'x'"},
    {"list(zip('abc'))", "[('a',), ('b',), ('c',)]"},
    {"list(zip('abc', [1, 2]))", "[('a', 1), ('b', 2)]"},
    {"list(zip([1, 2], 'abc', (True, False, None)))", "[(1, 'a', True), (2, 'b', False)]"},
    {"list(zip([1, 2], [3], strict=True))", "ValueError: zip() argument 2 is shorter than argument 1"},
    {"list(zip([1], [3, 4], strict=True))", "ValueError: zip() argument 2 is longer than argument 1"},
    {"list(zip([1], [3], [3, 4], strict=True))", "ValueError: zip() argument 3 is longer than arguments 1-2"},
    {"list(zip([1, 2], [3, 2], [3], strict=True))", "ValueError: zip() argument 3 is shorter than arguments 1-2"},
    {"list(zip([1, 2], [3, 2], strict=True))", "[(1, 3), (2, 2)]"},
    {"list(zip([1, 2], [3], strict=0))", "[(1, 3)]"},
    {"map()", "TypeError: map() must have at least two arguments."},
    {"map(1)", "TypeError: map() must have at least two arguments."},
    {"map(1, 2)", "TypeError: 'int' object is not iterable"},
    {"map(len, [], x=1)", "TypeError: map() got an unexpected keyword argument 'x'"},
    {"list(map(len, ['a', 'bcd']))", "[1, 3]"},
    {"list(map(None, [1]))", "TypeError: 'NoneType' object is not callable"},
    {"list(map(max, [1, 7, 3], [4, 5], [2, 9]))", "[4, 9]"},
    {"list(map(max, [1, 2], [3], strict=True))", "ValueError: map() argument 2 is shorter than argument 1"},
    {"list(map(max, [1], [3, 2], strict=True))", "ValueError: map() argument 2 is longer than argument 1"},
    {"list(map(max, [1], [3], [3, 2], strict=True))", "ValueError: map() argument 3 is longer than arguments 1-2"},
    {"list(map(max, [1, 2], [3], [3], strict=True))", "ValueError: map() argument 2 is shorter than argument 1"},
    {"list(map(len, 'ab', strict=True))", "[1, 1]"},
    {"list(map(max, strict=True))", "TypeError: map() must have at least two arguments."},
    {"filter()", "TypeError: filter expected 2 arguments, got 0"},
    {"filter(1)", "TypeError: filter expected 2 arguments, got 1"},
    {"filter(1, 2)", "TypeError: 'int' object is not iterable"},
    {"filter(None, [], 1)", "TypeError: filter expected 2 arguments, got 3"},
    {"filter(None, [], x=1)", "TypeError: filter() takes no keyword arguments"},
    {"list(filter(None, [0, 1, '', 'a']))", "[1, 'a']"},
    {"list(filter(bool, [0, 1, [], [0]]))", "[1, [0]]"},
    {"list(filter(str.isdigit, ['a', '1', '']))", "['1']"},
    {"list(filter(1, [0, 1]))", "TypeError: 'int' object is not callable"},
    {"list(filter(len, ['', 'a', 'b']))", "['a', 'b']"},
    {"list(filter(len, ['', 1]))", "TypeError: object of type 'int' has no len()"},
    {"iter()", "TypeError: iter expected at least 1 argument, got 0"},
    {"iter(1)", "TypeError: 'int' object is not iterable"},
    {"iter(1, 2)", "TypeError: iter(v, w): v must be callable"},
    {"iter(len, 2, 3)", "TypeError: iter expected at most 2 arguments, got 3"},
    {"list(iter(list, []))", "[]"},
    {"list(iter('ab'))", "['a', 'b']"},
    {"iter(int, 1).__next__()", "0"},
    {"next()", "TypeError: next expected at least 1 argument, got 0"},
    {"next(1)", "TypeError: 'int' object is not an iterator"},
    {"next(1, 2)", "TypeError: 'int' object is not an iterator"},
    {"next(iter([]))", "StopIteration: "},
    {"next(iter([]), 4)", "4"},
    {"next(iter([3]), 4)", "3"},
    {"next(iter([]), 4, 5)", "TypeError: next expected at most 2 arguments, got 3"},
    {"next(iter(int, 0), 'end')", "'end'"},
    {"next(map(len, [1]), 'end')", "TypeError: object of type 'int' has no len()"},
};

static const Row NUMBERS[] = {
    {"sum()", "TypeError: sum() takes at least 1 positional argument (0 given)"},
    {"sum(1)", "TypeError: 'int' object is not iterable"},
    {"sum([], 1, 2)", "TypeError: sum() takes at most 2 arguments (3 given)"},
    {"sum([], start=1)", "1"},
    {"sum([], x=1)", "TypeError: sum() got an unexpected keyword argument 'x'"},
    {"sum([], '')", "TypeError: sum() can't sum strings [use ''.join(seq) instead]"},
    {"sum([], b'')", "TypeError: sum() can't sum bytes [use b''.join(seq) instead]"},
    {"sum([], bytearray())", "TypeError: sum() can't sum bytearray [use b''.join(seq) instead]"},
    {"sum(['a'])", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"},
    {"sum(start=1)", "TypeError: sum() takes at least 1 positional argument (0 given)"},
    {"sum(iterable=[])", "TypeError: sum() takes at least 1 positional argument (0 given)"},
    {"sum([])", "0"},
    {"sum([[1], [2]], [])", "[1, 2]"},
    {"sum([(1,), (2, 3)], ())", "(1, 2, 3)"},
    {"sum([True, 2])", "3"},
    {"sum([True, True], False)", "2"},
    {"sum([4611686018427387904, 4611686018427387904, 4611686018427387904])", "13835058055282163712"},
    {"sum([-4611686018427387904, -4611686018427387904, -4611686018427387904, 1])", "-13835058055282163711"},
    {"sum([1, 1180591620717411303424, 1])", "1180591620717411303426"},
    {"sum(range(1000))", "499500"},
    {"sum([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])", "1.0"},
    {"sum([0.1, 0.2, 3, 0.3, True])", "4.6"},
    {"sum([1, 0.5, 2])", "3.5"},
    {"sum([1e100, 1.0, -1e100])", "1.0"},
    {"sum([1e308, 1e308, -1e308])", "inf"},
    {"sum([complex(1, 2), 3, 0.5, complex(0.1, 0.2)])", "(4.6+2.2j)"},
    {"sum([1, 2.5, complex(0, 1), 2])", "(5.5+1j)"},
    {"sum([0.1, complex(0.1, 0.1), 0.1, 0.1])", "(0.4+0.1j)"},
    {"sum([1, complex(0.1, 0.1), 1e100, 1, -1e100])", "(2.1+0.1j)"},
    {"sum([1.0, 'a'])", "TypeError: unsupported operand type(s) for +: 'float' and 'str'"},
    {"sum([1.0, 1180591620717411303424])", "1.1805916207174113e+21"},
    {"sum({1: 2, 3: 4})", "4"},
    {"sum([-0.0], -0.0)", "-0.0"},
    {"sum([], -0.0)", "-0.0"},
    {"sum([1], 2.5)", "3.5"},
    {"sum([1], complex(2, 3))", "(3+3j)"},
    {"min()", "TypeError: min expected at least 1 argument, got 0"},
    {"min(1)", "TypeError: 'int' object is not iterable"},
    {"min([])", "ValueError: min() iterable argument is empty"},
    {"min([], default=3)", "3"},
    {"min(1, 2, default=3)", "TypeError: Cannot specify a default for min() with multiple positional arguments"},
    {"min(1, 2, key=None)", "1"},
    {"min(1, 2, key=1)", "TypeError: 'int' object is not callable"},
    {"min(1, 2, x=1)", "TypeError: min() got an unexpected keyword argument 'x'"},
    {"min([1], key=len, x=1)", "TypeError: min() got an unexpected keyword argument 'x'"},
    {"min([1], key=1, default=2, x=1)", "TypeError: min() takes at most 2 keyword arguments (3 given)"},
    {"min([3, 1, 2])", "1"},
    {"min(3, 1, 2)", "1"},
    {"min('abc', key=ord)", "'a'"},
    {"min(['bb', 'a', 'c'], key=len)", "'a'"},
    {"max(['a', 'bb', 'cc'], key=len)", "'bb'"},
    {"max()", "TypeError: max expected at least 1 argument, got 0"},
    {"max([], default=None)", "None"},
    {"max([])", "ValueError: max() iterable argument is empty"},
    {"max('abc')", "'c'"},
    {"max(1, 2.5, True)", "2.5"},
    {"max([1, 1.0])", "1"},
    {"min([1.0, 1])", "1.0"},
    {"max(2, 1, key=abs)", "2"},
    {"min(1, 'a')", "TypeError: '<' not supported between instances of 'str' and 'int'"},
    {"max([1, 'a'])", "TypeError: '>' not supported between instances of 'str' and 'int'"},
    {"max(x=1)", "TypeError: max expected at least 1 argument, got 0"},
    {"abs()", "TypeError: abs() takes exactly one argument (0 given)"},
    {"abs('a')", "TypeError: bad operand type for abs(): 'str'"},
    {"abs(-1)", "1"},
    {"abs(-2.5)", "2.5"},
    {"abs(complex(3, 4))", "5.0"},
    {"abs(1, 2)", "TypeError: abs() takes exactly one argument (2 given)"},
    {"divmod(1)", "TypeError: divmod expected 2 arguments, got 1"},
    {"divmod(7, 2)", "(3, 1)"},
    {"divmod(-7, 2)", "(-4, 1)"},
    {"divmod(7.5, 2)", "(3.0, 1.5)"},
    {"divmod(1, 'a')", "TypeError: unsupported operand type(s) for divmod(): 'int' and 'str'"},
    {"divmod(1, 0)", "ZeroDivisionError: division by zero"},
    {"pow()", "TypeError: pow() missing required argument 'base' (pos 1)"},
    {"pow(1)", "TypeError: pow() missing required argument 'exp' (pos 2)"},
    {"pow(1, 2, 3, 4)", "TypeError: pow() takes at most 3 arguments (4 given)"},
    {"pow(2, 3)", "8"},
    {"pow(2, -1)", "0.5"},
    {"pow(2, 3, 5)", "3"},
    {"pow(3, -1, 7)", "5"},
    {"pow(2, 3, None)", "8"},
    {"pow(base=2, exp=3, mod=5)", "3"},
    {"pow(2, exp=10)", "1024"},
    {"pow(2, 'a')", "TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'"},
    {"pow(2, 3, 'a')", "TypeError: unsupported operand type(s) for ** or pow(): 'int', 'int', 'str'"},
    {"pow(2, x=3)", "TypeError: pow() missing required argument 'exp' (pos 2)"},
    {"pow(2, 3, x=3)", "TypeError: pow() got an unexpected keyword argument 'x'"},
    {"pow(2, 3, 0)", "ValueError: pow() 3rd argument cannot be 0"},
    {"round()", "TypeError: round() missing required argument 'number' (pos 1)"},
    {"round(1, 2, 3)", "TypeError: round() takes at most 2 arguments (3 given)"},
    {"round(1.5)", "2"},
    {"round(2.5)", "2"},
    {"round('a')", "TypeError: type str doesn't define __round__ method"},
    {"round(1.26, 1)", "1.3"},
    {"round(number=1.26, ndigits=1)", "1.3"},
    {"round(1.5, None)", "2"},
    {"round(x=1)", "TypeError: round() missing required argument 'number' (pos 1)"},
    {"round(1, 'a')", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"round(1234, -2)", "1200"},
    {"round(1.5, ndigits=0)", "2.0"},
    {"bin('a')", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"bin(5)", "'0b101'"},
    {"bin(-5)", "'-0b101'"},
    {"bin(0)", "'0b0'"},
    {"hex(255)", "'0xff'"},
    {"hex(-255)", "'-0xff'"},
    {"hex(1.5)", "TypeError: 'float' object cannot be interpreted as an integer"},
    {"oct(-8)", "'-0o10'"},
    {"oct(True)", "'0o1'"},
    {"hash([])", "TypeError: unhashable type: 'list'"},
    {"hash(1)", "1"},
    {"hash(-1)", "-2"},
    {"hash((1, 2))", "-3550055125485641917"},
    {"hash()", "TypeError: hash() takes exactly one argument (0 given)"},
    {"len()", "TypeError: len() takes exactly one argument (0 given)"},
    {"len(1)", "TypeError: object of type 'int' has no len()"},
    {"len([1])", "1"},
    {"len('abc')", "3"},
    {"len({1: 2})", "1"},
    {"len(1, 2)", "TypeError: len() takes exactly one argument (2 given)"},
    {"all(1)", "TypeError: 'int' object is not iterable"},
    {"all([0])", "False"},
    {"all([])", "True"},
    {"all([1, 'a'])", "True"},
    {"any([0, 1])", "True"},
    {"any([])", "False"},
    {"any([0, ''])", "False"},
    {"any()", "TypeError: any() takes exactly one argument (0 given)"},
    {"any(1, 2)", "TypeError: any() takes exactly one argument (2 given)"},
    {"callable(1)", "False"},
    {"callable(len)", "True"},
    {"callable(int)", "True"},
    {"callable()", "TypeError: callable() takes exactly one argument (0 given)"},
};

static const Row TEXT[] = {
    {"chr(-1)", "ValueError: chr() arg not in range(0x110000)"},
    {"chr(1114112)", "ValueError: chr() arg not in range(0x110000)"},
    {"chr(1267650600228229401496703205376)", "ValueError: chr() arg not in range(0x110000)"},
    {"chr(-1267650600228229401496703205376)", "ValueError: chr() arg not in range(0x110000)"},
    {"chr('a')", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"chr(97)", "'a'"},
    {"chr(0)", "'\\x00'"},
    {"chr(233)", "'\303\251'"},
    {"chr(8364)", "'\342\202\254'"},
    {"chr(128512)", "'\360\237\230\200'"},
    {"chr(55296)", "'\\ud800'"},
    {"chr(True)", "'\\x01'"},
    {"chr()", "TypeError: chr() takes exactly one argument (0 given)"},
    {"ord('a')", "97"},
    {"ord('ab')", "TypeError: ord() expected a character, but string of length 2 found"},
    {"ord(b'a')", "97"},
    {"ord(b'')", "TypeError: ord() expected a character, but string of length 0 found"},
    {"ord(b'\\xff')", "255"},
    {"ord(bytearray(b'ab'))", "TypeError: ord() expected a character, but string of length 2 found"},
    {"ord(bytearray(b'z'))", "122"},
    {"ord(1)", "TypeError: ord() expected string of length 1, but int found"},
    {"ord('')", "TypeError: ord() expected a character, but string of length 0 found"},
    {"ord('\\u20ac')", "8364"},
    {"ord('\\U0001f600')", "128512"},
    {"ord(None)", "TypeError: ord() expected string of length 1, but NoneType found"},
    {"ascii('a\\xe9\\u20ac')", "\"'a\\\\xe9\\\\u20ac'\""},
    {"ascii([b'\\xff', '\\xe9'])", "\"[b'\\\\xff', '\\\\xe9']\""},
    {"repr('a')", "\"'a'\""},
    {"repr()", "TypeError: repr() takes exactly one argument (0 given)"},
    {"format(1)", "'1'"},
    {"format(1, 2)", "TypeError: format() argument 2 must be str, not int"},
    {"format(1, None)", "TypeError: format() argument 2 must be str, not None"},
    {"format(1, 'x', 3)", "TypeError: format expected at most 2 arguments, got 3"},
    {"format(255, 'x')", "'ff'"},
    {"format('a', '>5')", "'    a'"},
    {"format(1.5, '.3f')", "'1.500'"},
    {"format([], '')", "'[]'"},
    {"format([], 'x')", "TypeError: unsupported format string passed to list.__format__"},
    {"format()", "TypeError: format expected at least 1 argument, got 0"},
    {"sorted()", "TypeError: sorted expected 1 argument, got 0"},
    {"sorted(1)", "TypeError: 'int' object is not iterable"},
    {"sorted([1], 1)", "TypeError: sorted expected 1 argument, got 2"},
    {"sorted([1], x=1)", "TypeError: sort() got an unexpected keyword argument 'x'"},
    {"sorted('cab')", "['a', 'b', 'c']"},
    {"sorted((3, 1, 2), reverse=1)", "[3, 2, 1]"},
    {"sorted([3, 1], key=1)", "TypeError: 'int' object is not callable"},
    {"sorted([-3, 1, 2], key=abs)", "[1, 2, -3]"},
    {"sorted([-3, 1, 2], key=abs, reverse=True)", "[-3, 2, 1]"},
    {"sorted([1, 'a'])", "TypeError: '<' not supported between instances of 'str' and 'int'"},
    {"sorted(iterable=[1])", "TypeError: sorted expected 1 argument, got 0"},
    {"sorted({2: 1, 1: 2})", "[1, 2]"},
};

static const Row OBJECTS[] = {
    {"isinstance(1)", "TypeError: isinstance expected 2 arguments, got 1"},
    {"isinstance(1, 2)", "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"},
    {"isinstance(1, int)", "True"},
    {"isinstance(True, (str, (int,)))", "True"},
    {"isinstance(1, (str, 2))", "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"},
    {"isinstance(1, ())", "False"},
    {"issubclass(1, int)", "TypeError: issubclass() arg 1 must be a class"},
    {"issubclass(bool, int)", "True"},
    {"issubclass(bool)", "TypeError: issubclass expected 2 arguments, got 1"},
    {"issubclass(bool, (str, int))", "True"},
    {"issubclass(bool, 1)", "TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union"},
    {"setattr(1, 2)", "TypeError: setattr expected 3 arguments, got 2"},
    {"setattr(1, 2, 3)", "TypeError: attribute name must be string, not 'int'"},
    {"setattr(1, 'a', 3)",
     "AttributeError: 'int' object has no attribute 'a' and no __dict__ for setting new attributes"},
    {"delattr(1, 'a')", "AttributeError: 'int' object has no attribute 'a' and no __dict__ for setting new attributes"},
    {"delattr(1, 2)", "TypeError: attribute name must be string, not 'int'"},
    {"delattr(1)", "TypeError: delattr expected 2 arguments, got 1"},
    {"delattr(len, '__name__')",
     "AttributeError: attribute '__name__' of 'builtin_function_or_method' objects is not writable"},
    {"hasattr(1, 'a')", "False"},
    {"hasattr(1, 2)", "TypeError: attribute name must be string, not 'int'"},
    {"hasattr(1, 'real')", "True"},
    {"hasattr(1)", "TypeError: hasattr expected 2 arguments, got 1"},
    {"getattr(1, 'a')", "AttributeError: 'int' object has no attribute 'a'"},
    {"getattr(1, 2)", "TypeError: attribute name must be string, not 'int'"},
    {"getattr(1, 'a', 5)", "5"},
    {"getattr(1, 2, 5)", "TypeError: attribute name must be string, not 'int'"},
    {"getattr(1, 'real')", "1"},
    {"getattr(1)", "TypeError: getattr expected at least 2 arguments, got 1"},
    {"getattr(1, 2, 3, 4)", "TypeError: getattr expected at most 3 arguments, got 4"},
    {"getattr('ab', 'upper')()", "'AB'"},
    {"vars(1)", "TypeError: vars() argument must have __dict__ attribute"},
    {"vars(1, 2)", "TypeError: vars expected at most 1 argument, got 2"},
    {"dir(1, 2)", "TypeError: dir expected at most 1 argument, got 2"},
    {"'real' == dir(1).__getitem__(-3)", "False"},
    {"'__add__' == dir(1).__getitem__(1)", "True"},
    {"__build_class__()", "TypeError: __build_class__: not enough arguments"},
    {"__build_class__(1)", "TypeError: __build_class__: not enough arguments"},
    {"__build_class__(1, 2)", "TypeError: __build_class__: func must be a function"},
    {"__build_class__(len, 'a')", "TypeError: __build_class__: func must be a function"},
    {"globals(1)", "TypeError: globals() takes no arguments (1 given)"},
    {"locals(1)", "TypeError: locals() takes no arguments (1 given)"},
    {"input(1, 2)", "TypeError: input expected at most 1 argument, got 2"},
    {"print(sep=1)", "TypeError: sep must be None or a string, not int"},
    {"print(end=1)", "TypeError: end must be None or a string, not int"},
    {"print(x=1)", "TypeError: print() got an unexpected keyword argument 'x'"},
    {"print(a=1, b=2, c=3, d=4, e=5)", "TypeError: print() got an unexpected keyword argument 'a'"},
    {"print(1, file=1)", "AttributeError: 'int' object has no attribute 'write'"},
    {"print(1, sep=2, file=None)", "TypeError: sep must be None or a string, not int"},
    {"__import__()", "TypeError: __import__() missing required argument 'name' (pos 1)"},
    {"__import__(1)", "TypeError: module name must be a string"},
    {"__import__('sys', level=-1)", "ValueError: level must be >= 0"},
    {"__import__('sys', x=1)", "TypeError: __import__() got an unexpected keyword argument 'x'"},
    {"__import__('sys').__name__", "'sys'"},
    {"__import__(name='sys').__name__", "'sys'"},
    {"__import__('sys', fromlist=('path',)).__name__", "'sys'"},
    {"__import__('')", "ValueError: Empty module name"},
    {"len", "<built-in function len>"},
    {"min", "<built-in function min>"},
    {"enumerate", "<class 'enumerate'>"},
    {"map", "<class 'map'>"},
    {"zip", "<class 'zip'>"},
    {"filter", "<class 'filter'>"},
    {"len.__name__", "'len'"},
    {"len.__module__", "'builtins'"},
    {"len.__qualname__", "'len'"},
    {"len.__self__.__name__", "'builtins'"},
    {"len.__text_signature__", "'($module, obj, /)'"},
    {"isinstance.__text_signature__", "'($module, obj, class_or_tuple, /)'"},
    {"sorted.__text_signature__", "'($module, iterable, /, *, key=None, reverse=False)'"},
    {"print.__text_signature__", "\"($module, /, *args, sep=' ', end='\\\\n', file=None, flush=False)\""},
    {"sum.__text_signature__", "'($module, iterable, /, start=0)'"},
    {"__import__.__text_signature__",
     "'($module, /, name, globals=None, locals=None, fromlist=(),\\n           level=0)'"},
    {"round.__text_signature__", "'($module, /, number, ndigits=None)'"},
    {"min.__text_signature__", "None"},
};

/* The names that CPython's builtins have by itself: the module site adds others. */
static const char *const NAMES[] = {"__build_class__",
                                    "__debug__",
                                    "__doc__",
                                    "__import__",
                                    "__name__",
                                    "abs",
                                    "aiter",
                                    "all",
                                    "anext",
                                    "any",
                                    "ascii",
                                    "bin",
                                    "bool",
                                    "breakpoint",
                                    "bytearray",
                                    "bytes",
                                    "callable",
                                    "chr",
                                    "classmethod",
                                    "compile",
                                    "complex",
                                    "delattr",
                                    "dict",
                                    "dir",
                                    "divmod",
                                    "enumerate",
                                    "eval",
                                    "exec",
                                    "filter",
                                    "float",
                                    "format",
                                    "frozenset",
                                    "getattr",
                                    "globals",
                                    "hasattr",
                                    "hash",
                                    "hex",
                                    "id",
                                    "input",
                                    "int",
                                    "isinstance",
                                    "issubclass",
                                    "iter",
                                    "len",
                                    "list",
                                    "locals",
                                    "map",
                                    "max",
                                    "memoryview",
                                    "min",
                                    "next",
                                    "object",
                                    "oct",
                                    "open",
                                    "ord",
                                    "pow",
                                    "print",
                                    "property",
                                    "range",
                                    "repr",
                                    "reversed",
                                    "round",
                                    "set",
                                    "setattr",
                                    "slice",
                                    "sorted",
                                    "staticmethod",
                                    "str",
                                    "sum",
                                    "super",
                                    "tuple",
                                    "type",
                                    "vars",
                                    "zip",
                                    "None",
                                    "Ellipsis",
                                    "NotImplemented"};

static void
test_names(void)
{
    size_t i;
    for (i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        ok(PyDict_GetItemString(PyEval_GetBuiltins(), NAMES[i]) != NULL, "builtins has %s", NAMES[i]);
    }
}

static void
test_iterators(void)
{
    CHECK_ROWS(ITERATORS);
}

static void
test_numbers(void)
{
    CHECK_ROWS(NUMBERS);
}

static void
test_text(void)
{
    CHECK_ROWS(TEXT);
}

static void
test_objects(void)
{
    CHECK_ROWS(OBJECTS);
}

/* A builtin, as a borrowed reference. */
static PyObject *
builtin(const char *name)
{
    return PyDict_GetItemString(PyEval_GetBuiltins(), name);
}

static void
test_id(void)
{
    PyObject *o = PyList_New(0), *id = PyObject_CallFunctionObjArgs(builtin("id"), o, NULL),
             *pointer = PyLong_FromVoidPtr(o);
    ok(id != NULL && PyObject_RichCompareBool(id, pointer, Py_EQ) == 1, "id() is the address of an object");
    Py_XDECREF(id);
    Py_DECREF(pointer);
    Py_DECREF(o);
}

static void
test_without_code(void)
{
    is_str(outcome(PyObject_CallObject(builtin("globals"), NULL)), "None", "globals() called from C is None");
    is_str(outcome(PyObject_CallObject(builtin("locals"), NULL)), "None", "locals() called from C is None");
    is_str(outcome(PyObject_CallObject(builtin("vars"), NULL)), "SystemError: frame does not exist",
           "vars() called from C has no frame");
    is_str(outcome(PyObject_CallObject(builtin("dir"), NULL)), "SystemError: frame does not exist",
           "dir() called from C has no frame");
}

/* The calls of the methods of a file of the test. */
static PyObject *calls = NULL;

static PyObject *
note_write(PyObject *self, PyObject *text)
{
    (void)self;
    PyList_Append(calls, text);
    Py_RETURN_NONE;
}

static PyObject *
note_flush(PyObject *self, PyObject *none)
{
    PyObject *word = PyUnicode_FromString("(flush)");
    (void)self;
    (void)none;
    PyList_Append(calls, word);
    Py_DECREF(word);
    Py_RETURN_NONE;
}

/* The next line of the input: a borrowed reference. */
static PyObject *next_line = NULL;

static PyObject *
note_readline(PyObject *self, PyObject *arguments)
{
    PyList_Append(calls, arguments);
    (void)self;
    Py_XINCREF(next_line);
    return next_line;
}

static PyMethodDef NOTES[] = {
    {"write", note_write, METH_O, NULL},
    {"flush", note_flush, METH_NOARGS, NULL},
    {"readline", note_readline, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* A new object with the methods of a file. */
static PyObject *
new_file(void)
{
    PyObject *file, *attributes = PyDict_New();
    PyMethodDef *row;
    for (row = NOTES; row->ml_name != NULL; row++) {
        PyObject *function = PyCFunction_NewEx(row, NULL, NULL);
        PyDict_SetItemString(attributes, row->ml_name, function);
        Py_DECREF(function);
    }
    file = PyObject_CallFunction((PyObject *)&PyType_Type, "s()N", "File", attributes);
    return file;
}

/* The calls of the files since the last look, as a text. */
static const char *
calls_so_far(void)
{
    const char *text = shown(calls);
    PyList_SetSlice(calls, 0, PyList_Size(calls), NULL);
    return text;
}

static const char *
printed(const char *keyword, PyObject *value, const char *second, PyObject *other, PyObject *arguments)
{
    PyObject *keywords = PyDict_New(), *result;
    if (keyword != NULL) {
        PyDict_SetItemString(keywords, keyword, value);
    }
    if (second != NULL) {
        PyDict_SetItemString(keywords, second, other);
    }
    result = PyObject_Call(builtin("print"), arguments, keywords);
    Py_DECREF(keywords);
    if (result == NULL) {
        return error_text();
    }
    Py_DECREF(result);
    return calls_so_far();
}

static void
test_print(void)
{
    PyObject *file = new_file(), *before = PySys_GetObject("stdout"), *dash = PyUnicode_FromString("-");
    PyObject *none = PyTuple_New(0), *two = Py_BuildValue("(is)", 1, "a");
    Py_XINCREF(before);
    calls = PyList_New(0);
    is_str(printed("file", file, NULL, NULL, two), "['1', ' ', 'a', '\\n']",
           "print writes to a file each object's str");
    is_str(printed("file", file, NULL, NULL, none), "['\\n']", "print without an object ends a line");
    is_str(printed("file", file, "sep", dash, two), "['1', '-', 'a', '\\n']", "print has a separator");
    is_str(printed("file", file, "end", dash, two), "['1', ' ', 'a', '-']", "print has an end");
    is_str(printed("file", file, "flush", Py_True, none), "['\\n', '(flush)']",
           "print flushes a file when it is asked to");
    is_str(printed("file", file, "sep", Py_True, none), "TypeError: sep must be None or a string, not bool",
           "print refuses a separator that is not a text");
    PySys_SetObject("stdout", file);
    is_str(printed("file", Py_None, NULL, NULL, two), "['1', ' ', 'a', '\\n']",
           "print writes to sys.stdout without a file");
    PySys_SetObject("stdout", Py_None);
    is_str(printed(NULL, NULL, NULL, NULL, two), "[]", "print does nothing when sys.stdout is None");
    PySys_SetObject("stdout", NULL);
    is_str(printed(NULL, NULL, NULL, NULL, two), "RuntimeError: lost sys.stdout", "print says that sys.stdout is lost");
    PySys_SetObject("stdout", before);
    Py_XDECREF(before);
    Py_DECREF(file);
    Py_DECREF(dash);
    Py_DECREF(none);
    Py_DECREF(two);
    Py_CLEAR(calls);
}

static const char *
line_of(PyObject *line, int count)
{
    PyObject *file = new_file();
    const char *text;
    next_line = line;
    text = outcome(PyFile_GetLine(file, count));
    Py_DECREF(file);
    Py_XDECREF(line);
    return text;
}

static void
test_lines(void)
{
    calls = PyList_New(0);
    is_str(line_of(PyUnicode_FromString("ab\n"), -1), "'ab'", "a line of text is given without its end");
    is_str(line_of(PyUnicode_FromString("ab"), -1), "'ab'", "the last line may have no end");
    is_str(line_of(PyUnicode_FromString(""), -1), "EOFError: EOF when reading a line", "no text is the end of a file");
    is_str(line_of(PyBytes_FromString("ab\n"), -1), "b'ab'", "a line of bytes is given without its end");
    is_str(line_of(PyBytes_FromString(""), -1), "EOFError: EOF when reading a line", "no bytes are the end of a file");
    is_str(line_of(PyUnicode_FromString("ab\n"), 0), "'ab\\n'", "a line of any length is given with its end");
    is_str(line_of(PyUnicode_FromString(""), 3), "''", "the end of a file is no error when a length is asked for");
    is_str(line_of(PyLong_FromLong(1), -1), "TypeError: object.readline() returned non-string",
           "a line is text or bytes");
    is_str(calls_so_far(), "[(), (), (), (), (), (), (3,), ()]", "only a positive length is passed to readline");
    Py_CLEAR(calls);
}

static void
test_input(void)
{
    static const char *const NAMES_OF_FILES[] = {"stdin", "stdout", "stderr"};
    PyObject *file = new_file(), *before[3], *line = PyUnicode_FromString("an answer\n");
    int i;
    calls = PyList_New(0);
    next_line = line;
    for (i = 0; i < 3; i++) {
        before[i] = PySys_GetObject(NAMES_OF_FILES[i]);
        Py_XINCREF(before[i]);
        PySys_SetObject(NAMES_OF_FILES[i], file);
    }
    is_str(outcome(PyObject_CallFunction(builtin("input"), "s", "a question")), "'an answer'",
           "input reads a line without its end");
    is_str(calls_so_far(), "['(flush)', 'a question', '(flush)', ()]",
           "input writes its question and flushes the files");
    PySys_SetObject("stdin", Py_None);
    is_str(outcome(PyObject_CallObject(builtin("input"), NULL)), "RuntimeError: lost sys.stdin",
           "input says that sys.stdin is lost");
    for (i = 0; i < 3; i++) {
        PySys_SetObject(NAMES_OF_FILES[i], before[i]);
        Py_XDECREF(before[i]);
    }
    next_line = NULL;
    Py_DECREF(line);
    Py_DECREF(file);
    Py_CLEAR(calls);
}

static void
test_derived(void)
{
    static const char *const CLASSES[] = {"enumerate", "zip", "map", "filter"};
    size_t i;
    for (i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++) {
        PyObject *derived = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Derived", builtin(CLASSES[i]));
        PyObject *arguments = i < 2 ? Py_BuildValue("([ii])", 1, 2) : Py_BuildValue("(O[ii])", builtin("bool"), 1, 2);
        PyObject *made = derived != NULL ? PyObject_CallObject(derived, arguments) : NULL;
        static const char *const WANT[] = {"[(0, 1), (1, 2)]", "[(1,), (2,)]", "[True, True]", "[1, 2]"};
        ok(made != NULL && Py_TYPE(made) == (PyTypeObject *)derived, "%s makes an instance of a derived class",
           CLASSES[i]);
        is_str(made != NULL ? outcome(PySequence_List(made)) : error_text(), WANT[i],
               "an instance of a class derived from %s iterates", CLASSES[i]);
        Py_XDECREF(made);
        Py_DECREF(arguments);
        Py_XDECREF(derived);
    }
}

static void
test_types(void)
{
    ok(builtin("enumerate") == (PyObject *)&PyEnum_Type, "enumerate is PyEnum_Type");
    ok(builtin("zip") == (PyObject *)&PyZip_Type, "zip is PyZip_Type");
    ok(builtin("map") == (PyObject *)&PyMap_Type, "map is PyMap_Type");
    ok(builtin("filter") == (PyObject *)&PyFilter_Type, "filter is PyFilter_Type");
    ok(builtin("reversed") == (PyObject *)&PyReversed_Type, "reversed is PyReversed_Type");
}

static void
test_call_iterator(void)
{
    PyObject *zero = PyLong_FromLong(0), *one = PyLong_FromLong(1);
    PyObject *iterator = PyCallIter_New((PyObject *)&PyLong_Type, zero);
    ok(iterator != NULL && Py_TYPE(iterator) == &PyCallIter_Type, "PyCallIter_New makes a callable_iterator");
    is_str(outcome(PySequence_List(iterator)), "[]", "an iterator over calls ends at the sentinel");
    is_str(outcome(PySequence_List(iterator)), "[]", "an iterator over calls stays at its end");
    Py_XDECREF(iterator);
    iterator = PyCallIter_New(one, zero);
    is_str(outcome(PyIter_Next(iterator)), "TypeError: 'int' object is not callable",
           "PyCallIter_New does not look whether its argument is callable");
    Py_XDECREF(iterator);
    Py_DECREF(zero);
    Py_DECREF(one);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_names);
    RUN(test_iterators);
    RUN(test_numbers);
    RUN(test_text);
    RUN(test_objects);
    RUN(test_id);
    RUN(test_without_code);
    RUN(test_print);
    RUN(test_lines);
    RUN(test_input);
    RUN(test_derived);
    RUN(test_types);
    RUN(test_call_iterator);
    return TAP_END();
}
