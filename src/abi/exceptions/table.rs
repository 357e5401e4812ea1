//! The one list of exceptions. Each row has a class's documentation, name, base, layout and exported symbols.
//!
//! The enum [`Exc`] and its constants are made from it here, the type objects in `objects::exceptions`, and the
//! exported pointers in `api::pyerrors`. build.rs compiles this file too, for the header's declarations, so it uses
//! `core` alone.

use core::ffi::CStr;

/// The table of exceptions, and all that is made from it by a macro.
///
/// - `exceptions!(table)` expands to `enum Exc { BaseException, … }`, `Exc::ALL = &[Exc::BaseException, …]` and
///   `ROWS = &[Row { … }, …]`.
/// - `exceptions!(pointers)` expands to `pub static mut PyExc_Exception: *mut PyObject = …;` for each symbol.
///
/// A row of the table is
///
/// ```text
/// /// DOCUMENTATION.
/// CLASS(BASE) as c"MODULE.NAME" with LAYOUT = SYMBOL, SYMBOL;
/// ```
///
/// - A base stands before the classes derived from it. The first class is derived from `object`.
/// - `as` gives a `tp_name` that is not the class's own word.
/// - `with` gives the [`InstanceLayout`] of the instances. A class without it has its base's layout.
macro_rules! exceptions {
    (table: $(
        #[doc = $doc:literal]
        $class:ident $(($base:ident))? $(as $name:literal)? $(with $layout:ident)? = $($symbol:ident),+;
    )*) => {
        /// A built-in exception class.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Exc { $(#[doc = $doc] $class),* }

        impl Exc {
            /// Every class, in the order of the table: bases first.
            pub const ALL: &'static [Exc] = &[$(Exc::$class),*];
        }

        const ROWS: &[Row] = &[$(
            Row {
                name: own_or(&[$($name)?], c_str(concat!(stringify!($class), "\0"))),
                base: first(&[$(Exc::$base)?]),
                layout: first(&[$(InstanceLayout::$layout)?]),
                doc: c_str(without_space(concat!($doc, "\0"))),
                symbols: &[$(stringify!($symbol)),+],
            }
        ),*];
    };
    (pointers: $(
        #[doc = $doc:literal]
        $class:ident $(($base:ident))? $(as $name:literal)? $(with $layout:ident)? = $($symbol:ident),+;
    )*) => { $($(
        #[doc = $doc]
        #[unsafe(no_mangle)]
        pub static mut $symbol: *mut PyObject = Exc::$class.type_pointer().cast();
    )+)* };
    ($made:ident) => {
        exceptions! { $made:
            /// The base class of all exceptions.
            BaseException with Head = PyExc_BaseException;
            /// The usual base class of errors that a program can handle.
            Exception(BaseException) = PyExc_Exception;
            /// Several exceptions that are raised together.
            BaseExceptionGroup(BaseException) with Group = PyExc_BaseExceptionGroup;
            /// Asks a generator to end.
            GeneratorExit(BaseException) = PyExc_GeneratorExit;
            /// The user interrupted the program.
            KeyboardInterrupt(BaseException) = PyExc_KeyboardInterrupt;
            /// Asks the interpreter to end the program.
            SystemExit(BaseException) with SystemExit = PyExc_SystemExit;
            /// The base class of errors in calculations.
            ArithmeticError(Exception) = PyExc_ArithmeticError;
            /// An assertion does not hold.
            AssertionError(Exception) = PyExc_AssertionError;
            /// An object does not have the attribute, or does not allow it to be set.
            AttributeError(Exception) with Attribute = PyExc_AttributeError;
            /// A buffer can not be given out, or one that is in use forbids the change.
            BufferError(Exception) = PyExc_BufferError;
            /// The input ended before anything was read.
            EOFError(Exception) = PyExc_EOFError;
            /// A module, or a name inside a module, can not be imported.
            ImportError(Exception) with Import = PyExc_ImportError;
            /// The base class of errors for a missing key or index.
            LookupError(Exception) = PyExc_LookupError;
            /// There is not enough memory.
            MemoryError(Exception) = PyExc_MemoryError;
            /// A name is not defined.
            NameError(Exception) with Name = PyExc_NameError;
            /// The operating system reported an error.
            OSError(Exception) with Os = PyExc_OSError, PyExc_EnvironmentError, PyExc_IOError;
            /// A weak reference was used after its object was destroyed.
            ReferenceError(Exception) = PyExc_ReferenceError;
            /// An error that no other class describes.
            RuntimeError(Exception) = PyExc_RuntimeError;
            /// An asynchronous iterator has no more values.
            StopAsyncIteration(Exception) = PyExc_StopAsyncIteration;
            /// An iterator has no more values.
            StopIteration(Exception) with StopIteration = PyExc_StopIteration;
            /// The source code is not valid.
            SyntaxError(Exception) with Syntax = PyExc_SyntaxError;
            /// The C API was used wrongly, or the runtime has a defect.
            SystemError(Exception) = PyExc_SystemError;
            /// A value has the wrong type.
            TypeError(Exception) = PyExc_TypeError;
            /// A value has the right type but is not acceptable.
            ValueError(Exception) = PyExc_ValueError;
            /// The base class of all warnings.
            Warning(Exception) = PyExc_Warning;
            /// An operation on another interpreter failed.
            InterpreterError(Exception) as c"concurrent.interpreters.InterpreterError" = PyExc_InterpreterError;
            /// The interpreter does not exist.
            InterpreterNotFoundError(InterpreterError) as c"concurrent.interpreters.InterpreterNotFoundError" = PyExc_InterpreterNotFoundError;
            /// A floating-point calculation failed.
            FloatingPointError(ArithmeticError) = PyExc_FloatingPointError;
            /// A result is too large for its type.
            OverflowError(ArithmeticError) = PyExc_OverflowError;
            /// A number was divided by zero.
            ZeroDivisionError(ArithmeticError) = PyExc_ZeroDivisionError;
            /// The module was not found.
            ModuleNotFoundError(ImportError) = PyExc_ModuleNotFoundError;
            /// An index is outside the sequence.
            IndexError(LookupError) = PyExc_IndexError;
            /// A mapping does not contain the key.
            KeyError(LookupError) = PyExc_KeyError;
            /// A local variable is used before it has a value.
            UnboundLocalError(NameError) = PyExc_UnboundLocalError;
            /// A non-blocking call would have to wait.
            BlockingIOError(OSError) = PyExc_BlockingIOError;
            /// An operation on a child process failed.
            ChildProcessError(OSError) = PyExc_ChildProcessError;
            /// The base class of errors in connections.
            ConnectionError(OSError) = PyExc_ConnectionError;
            /// The other end of the pipe or connection is closed.
            BrokenPipeError(ConnectionError) = PyExc_BrokenPipeError;
            /// This side ended the connection.
            ConnectionAbortedError(ConnectionError) = PyExc_ConnectionAbortedError;
            /// The other side refused the connection.
            ConnectionRefusedError(ConnectionError) = PyExc_ConnectionRefusedError;
            /// The other side ended the connection.
            ConnectionResetError(ConnectionError) = PyExc_ConnectionResetError;
            /// The file already exists.
            FileExistsError(OSError) = PyExc_FileExistsError;
            /// The file does not exist.
            FileNotFoundError(OSError) = PyExc_FileNotFoundError;
            /// A signal interrupted the call.
            InterruptedError(OSError) = PyExc_InterruptedError;
            /// The operation does not work on a directory.
            IsADirectoryError(OSError) = PyExc_IsADirectoryError;
            /// The operation works on directories only.
            NotADirectoryError(OSError) = PyExc_NotADirectoryError;
            /// The operation is not permitted.
            PermissionError(OSError) = PyExc_PermissionError;
            /// The process does not exist.
            ProcessLookupError(OSError) = PyExc_ProcessLookupError;
            /// The operation took too long.
            TimeoutError(OSError) = PyExc_TimeoutError;
            /// The operation is not implemented here; a subclass may provide it.
            NotImplementedError(RuntimeError) = PyExc_NotImplementedError;
            /// The operation is not possible while the runtime shuts down.
            PythonFinalizationError(RuntimeError) = PyExc_PythonFinalizationError;
            /// Calls are nested too deeply.
            RecursionError(RuntimeError) = PyExc_RecursionError;
            /// A line is indented wrongly.
            IndentationError(SyntaxError) = PyExc_IndentationError;
            /// Tabs and spaces are mixed so that the indentation is ambiguous.
            TabError(IndentationError) = PyExc_TabError;
            /// The source code ends too early.
            IncompleteInputError(SyntaxError) as c"_IncompleteInputError" = _PyExc_IncompleteInputError;
            /// The base class of errors in encoding and decoding text.
            UnicodeError(ValueError) = PyExc_UnicodeError;
            /// Bytes can not be decoded to text.
            UnicodeDecodeError(UnicodeError) with Unicode = PyExc_UnicodeDecodeError;
            /// Text can not be encoded to bytes.
            UnicodeEncodeError(UnicodeError) with Unicode = PyExc_UnicodeEncodeError;
            /// Text can not be translated to other text.
            UnicodeTranslateError(UnicodeError) with Unicode = PyExc_UnicodeTranslateError;
            /// Bytes are used as if they were text.
            BytesWarning(Warning) = PyExc_BytesWarning;
            /// A feature is deprecated; a warning for programmers.
            DeprecationWarning(Warning) = PyExc_DeprecationWarning;
            /// The default encoding is used because none was given.
            EncodingWarning(Warning) = PyExc_EncodingWarning;
            /// A feature will change; a warning for users of the program.
            FutureWarning(Warning) = PyExc_FutureWarning;
            /// An import is probably a mistake.
            ImportWarning(Warning) = PyExc_ImportWarning;
            /// A feature will be deprecated later.
            PendingDeprecationWarning(Warning) = PyExc_PendingDeprecationWarning;
            /// A resource was not released.
            ResourceWarning(Warning) = PyExc_ResourceWarning;
            /// The program does something doubtful at run time.
            RuntimeWarning(Warning) = PyExc_RuntimeWarning;
            /// The source code is doubtful.
            SyntaxWarning(Warning) = PyExc_SyntaxWarning;
            /// Text is handled in a doubtful way.
            UnicodeWarning(Warning) = PyExc_UnicodeWarning;
            /// A warning from a program that names no other class.
            UserWarning(Warning) = PyExc_UserWarning;
        }
    };
}
exceptions!(table);
pub(crate) use exceptions;

/// How instances are laid out: the common head, followed by the fields that the variant stands for. The fields are
/// listed in `objects::exceptions::layout`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceLayout {
    /// The common head alone.
    Head,
    /// BaseExceptionGroup: the message and the exceptions.
    Group,
    /// SyntaxError: the message and the place in the source.
    Syntax,
    /// ImportError: the message, the module and its path.
    Import,
    /// UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError: the object, the range and the reason.
    Unicode,
    /// SystemExit: the exit code.
    SystemExit,
    /// OSError: the number, the message and the file names.
    Os,
    /// StopIteration: the value.
    StopIteration,
    /// NameError: the name.
    Name,
    /// AttributeError: the object and the name.
    Attribute,
}

/// A row of the table.
#[derive(Debug)]
struct Row {
    name: &'static CStr,
    base: Option<Exc>,
    layout: Option<InstanceLayout>,
    doc: &'static CStr,
    symbols: &'static [&'static str],
}

impl Exc {
    const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The class's `tp_name`. It includes the module if that is not `builtins`.
    pub const fn name(self) -> &'static CStr {
        self.row().name
    }

    /// The class that this one is derived from; `None` for the first, whose base is `object`.
    pub const fn base(self) -> Option<Exc> {
        self.row().base
    }

    /// Whether this is a class or one of its bases.
    pub const fn is_derived_from(self, class: Exc) -> bool {
        let mut at = Some(self);
        while let Some(derived) = at {
            if derived as usize == class as usize {
                return true;
            }
            at = derived.base();
        }
        false
    }

    /// The layout of the instances: the class's own, or else its base's.
    pub const fn layout(self) -> InstanceLayout {
        match (self.row().layout, self.base()) {
            (Some(layout), _) => layout,
            (None, Some(base)) => base.layout(),
            (None, None) => InstanceLayout::Head,
        }
    }

    /// The class's `__doc__`.
    pub const fn doc(self) -> &'static CStr {
        self.row().doc
    }

    /// The exported pointers to the class. Old names of OSError are pointers of their own.
    pub const fn symbols(self) -> &'static [&'static str] {
        self.row().symbols
    }
}

/// The first item of a list that has one or none: an optional part of a row.
const fn first<T: Copy>(list: &[T]) -> Option<T> {
    if list.is_empty() { None } else { Some(list[0]) }
}

/// The name that a row gives, or the default.
const fn own_or(own: &[&'static CStr], default: &'static CStr) -> &'static CStr {
    if own.is_empty() { default } else { own[0] }
}

/// A documentation comment's text, which begins with the space after the slashes.
const fn without_space(text: &'static str) -> &'static str {
    text.split_at(1).1
}

const fn c_str(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a NUL inside a row of the table"),
    }
}
