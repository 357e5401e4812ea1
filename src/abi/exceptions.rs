//! `Include/pyerrors.h`: the built-in exceptions as a table of names and bases, and the layouts of their instances.
//!
//! The one list of exceptions. [`Exc`] is made from it here, the type objects in `objects::exceptions`, and the
//! exported `PyExc_*` pointers in `api::pyerrors`.

use super::object::*;
use core::ffi::c_char;

/// Hands the table to a macro, as rows `Name: Base`. A base stands before the exceptions made from it.
macro_rules! for_each_exception {
    ($callback:path) => {
        $callback! {
            BaseException: object,
            Exception: BaseException,
            BaseExceptionGroup: BaseException,
            GeneratorExit: BaseException,
            KeyboardInterrupt: BaseException,
            SystemExit: BaseException,
            ArithmeticError: Exception,
            AssertionError: Exception,
            AttributeError: Exception,
            BufferError: Exception,
            EOFError: Exception,
            ImportError: Exception,
            LookupError: Exception,
            MemoryError: Exception,
            NameError: Exception,
            OSError: Exception,
            ReferenceError: Exception,
            RuntimeError: Exception,
            StopAsyncIteration: Exception,
            StopIteration: Exception,
            SyntaxError: Exception,
            SystemError: Exception,
            TypeError: Exception,
            ValueError: Exception,
            Warning: Exception,
            InterpreterError: Exception,
            InterpreterNotFoundError: InterpreterError,
            FloatingPointError: ArithmeticError,
            OverflowError: ArithmeticError,
            ZeroDivisionError: ArithmeticError,
            ModuleNotFoundError: ImportError,
            IndexError: LookupError,
            KeyError: LookupError,
            UnboundLocalError: NameError,
            BlockingIOError: OSError,
            ChildProcessError: OSError,
            ConnectionError: OSError,
            BrokenPipeError: ConnectionError,
            ConnectionAbortedError: ConnectionError,
            ConnectionRefusedError: ConnectionError,
            ConnectionResetError: ConnectionError,
            FileExistsError: OSError,
            FileNotFoundError: OSError,
            InterruptedError: OSError,
            IsADirectoryError: OSError,
            NotADirectoryError: OSError,
            PermissionError: OSError,
            ProcessLookupError: OSError,
            TimeoutError: OSError,
            NotImplementedError: RuntimeError,
            PythonFinalizationError: RuntimeError,
            RecursionError: RuntimeError,
            IndentationError: SyntaxError,
            TabError: IndentationError,
            IncompleteInputError: SyntaxError,
            UnicodeError: ValueError,
            UnicodeDecodeError: UnicodeError,
            UnicodeEncodeError: UnicodeError,
            UnicodeTranslateError: UnicodeError,
            BytesWarning: Warning,
            DeprecationWarning: Warning,
            EncodingWarning: Warning,
            FutureWarning: Warning,
            ImportWarning: Warning,
            PendingDeprecationWarning: Warning,
            ResourceWarning: Warning,
            RuntimeWarning: Warning,
            SyntaxWarning: Warning,
            UnicodeWarning: Warning,
            UserWarning: Warning,
        }
    };
}

pub(crate) use for_each_exception;

macro_rules! make_enum {
    ($($name:ident: $base:ident,)*) => {
        /// A built-in exception class.
        #[cfg_attr(doc, doc(hidden))]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        #[expect(missing_docs, reason = "the names are CPython's")]
        pub enum Exc { $($name),* }

        impl Exc {
            /// Every class, in the order of the table: bases first.
            pub const ALL: &'static [Exc] = &[$(Exc::$name),*];

            /// The class's `tp_name`: with the module before it where that is not `builtins`.
            pub const fn name(self) -> &'static core::ffi::CStr {
                match self {
                    Exc::InterpreterError => return c"concurrent.interpreters.InterpreterError",
                    Exc::InterpreterNotFoundError => return c"concurrent.interpreters.InterpreterNotFoundError",
                    Exc::IncompleteInputError => return c"_IncompleteInputError",
                    _ => {}
                }
                const NAMES: &[&core::ffi::CStr] = &[$(
                    match core::ffi::CStr::from_bytes_with_nul(concat!(stringify!($name), "\0").as_bytes()) {
                        Ok(name) => name,
                        Err(_) => unreachable!(),
                    }
                ),*];
                NAMES[self as usize]
            }
        }
    };
}
for_each_exception!(make_enum);

/// `Include/cpython/pyerrors.h` (72 bytes): the head of every exception.
#[repr(C)]
#[derive(Debug)]
pub struct PyBaseExceptionObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Attributes set on the instance, or NULL.
    pub dict: *mut PyObject,
    /// The `args` tuple.
    pub args: *mut PyObject,
    /// `__notes__`, or NULL.
    pub notes: *mut PyObject,
    /// `__traceback__`, or NULL.
    pub traceback: *mut PyObject,
    /// `__context__`, or NULL.
    pub context: *mut PyObject,
    /// `__cause__`, or NULL.
    pub cause: *mut PyObject,
    /// `__suppress_context__`: 0 or 1.
    pub suppress_context: c_char,
}

/// Declares the layout of exceptions that have fields of their own behind the common head.
macro_rules! exception_layout {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[repr(C)]
        #[derive(Debug)]
        #[expect(missing_docs, reason = "each field is the attribute of its name, or NULL")]
        pub struct $name {
            pub base: PyBaseExceptionObject,
            $(pub $field: $type,)*
        }
    };
}
exception_layout! {
    /// `BaseExceptionGroup` (96 bytes).
    PyBaseExceptionGroupObject { msg: *mut PyObject, excs: *mut PyObject, excs_str: *mut PyObject }
}
exception_layout! {
    /// `SyntaxError` (144 bytes).
    PySyntaxErrorObject {
        msg: *mut PyObject,
        filename: *mut PyObject,
        lineno: *mut PyObject,
        offset: *mut PyObject,
        end_lineno: *mut PyObject,
        end_offset: *mut PyObject,
        text: *mut PyObject,
        print_file_and_line: *mut PyObject,
        metadata: *mut PyObject,
    }
}
exception_layout! {
    /// `ImportError` (104 bytes).
    PyImportErrorObject { msg: *mut PyObject, name: *mut PyObject, path: *mut PyObject, name_from: *mut PyObject }
}
exception_layout! {
    /// `UnicodeEncodeError`, `UnicodeDecodeError` and `UnicodeTranslateError` (112 bytes).
    PyUnicodeErrorObject {
        encoding: *mut PyObject,
        object: *mut PyObject,
        start: Py_ssize_t,
        end: Py_ssize_t,
        reason: *mut PyObject,
    }
}
exception_layout! {
    /// `SystemExit` (80 bytes).
    PySystemExitObject { code: *mut PyObject }
}
exception_layout! {
    /// `OSError` (112 bytes).
    PyOSErrorObject {
        myerrno: *mut PyObject,
        strerror: *mut PyObject,
        filename: *mut PyObject,
        filename2: *mut PyObject,
        written: Py_ssize_t,
    }
}
exception_layout! {
    /// `StopIteration` (80 bytes).
    PyStopIterationObject { value: *mut PyObject }
}
exception_layout! {
    /// `NameError` (80 bytes).
    PyNameErrorObject { name: *mut PyObject }
}
exception_layout! {
    /// `AttributeError` (88 bytes).
    PyAttributeErrorObject { obj: *mut PyObject, name: *mut PyObject }
}
