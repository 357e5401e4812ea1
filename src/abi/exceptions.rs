//! `Include/pyerrors.h`: the built-in exceptions as a table of names and bases.
//!
//! The one list of exceptions. [`Exc`] is made from it here, the type objects in `objects::exceptions`, and the
//! exported `PyExc_*` pointers in `api::pyerrors`.

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
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        #[expect(missing_docs, reason = "the names are CPython's")]
        pub enum Exc { $($name),* }

        impl Exc {
            /// Every class, in the order of the table: bases first.
            pub const ALL: &'static [Exc] = &[$(Exc::$name),*];

            /// The class's name.
            pub const fn name(self) -> &'static core::ffi::CStr {
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
