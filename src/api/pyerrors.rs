//! `Include/pyerrors.h`: the error indicator and the exception classes.

use crate::abi::{Exc, PyObject};
use crate::objects::exceptions;
use crate::runtime::{Ref, error};

macro_rules! export {
    ($($symbol:ident = $class:ident,)*) => { $(
        #[doc = concat!("The class `", stringify!($class), "`.")]
        #[unsafe(no_mangle)]
        pub static mut $symbol: *mut PyObject = exceptions::type_pointer(Exc::$class).cast();
    )* };
}
export! {
    PyExc_BaseException = BaseException,
    PyExc_Exception = Exception,
    PyExc_BaseExceptionGroup = BaseExceptionGroup,
    PyExc_GeneratorExit = GeneratorExit,
    PyExc_KeyboardInterrupt = KeyboardInterrupt,
    PyExc_SystemExit = SystemExit,
    PyExc_ArithmeticError = ArithmeticError,
    PyExc_AssertionError = AssertionError,
    PyExc_AttributeError = AttributeError,
    PyExc_BufferError = BufferError,
    PyExc_EOFError = EOFError,
    PyExc_ImportError = ImportError,
    PyExc_LookupError = LookupError,
    PyExc_MemoryError = MemoryError,
    PyExc_NameError = NameError,
    PyExc_OSError = OSError,
    PyExc_ReferenceError = ReferenceError,
    PyExc_RuntimeError = RuntimeError,
    PyExc_StopAsyncIteration = StopAsyncIteration,
    PyExc_StopIteration = StopIteration,
    PyExc_SyntaxError = SyntaxError,
    PyExc_SystemError = SystemError,
    PyExc_TypeError = TypeError,
    PyExc_ValueError = ValueError,
    PyExc_Warning = Warning,
    PyExc_InterpreterError = InterpreterError,
    PyExc_InterpreterNotFoundError = InterpreterNotFoundError,
    PyExc_FloatingPointError = FloatingPointError,
    PyExc_OverflowError = OverflowError,
    PyExc_ZeroDivisionError = ZeroDivisionError,
    PyExc_ModuleNotFoundError = ModuleNotFoundError,
    PyExc_IndexError = IndexError,
    PyExc_KeyError = KeyError,
    PyExc_UnboundLocalError = UnboundLocalError,
    PyExc_BlockingIOError = BlockingIOError,
    PyExc_ChildProcessError = ChildProcessError,
    PyExc_ConnectionError = ConnectionError,
    PyExc_BrokenPipeError = BrokenPipeError,
    PyExc_ConnectionAbortedError = ConnectionAbortedError,
    PyExc_ConnectionRefusedError = ConnectionRefusedError,
    PyExc_ConnectionResetError = ConnectionResetError,
    PyExc_FileExistsError = FileExistsError,
    PyExc_FileNotFoundError = FileNotFoundError,
    PyExc_InterruptedError = InterruptedError,
    PyExc_IsADirectoryError = IsADirectoryError,
    PyExc_NotADirectoryError = NotADirectoryError,
    PyExc_PermissionError = PermissionError,
    PyExc_ProcessLookupError = ProcessLookupError,
    PyExc_TimeoutError = TimeoutError,
    PyExc_NotImplementedError = NotImplementedError,
    PyExc_PythonFinalizationError = PythonFinalizationError,
    PyExc_RecursionError = RecursionError,
    PyExc_IndentationError = IndentationError,
    PyExc_TabError = TabError,
    PyExc_IncompleteInputError = IncompleteInputError,
    PyExc_UnicodeError = UnicodeError,
    PyExc_UnicodeDecodeError = UnicodeDecodeError,
    PyExc_UnicodeEncodeError = UnicodeEncodeError,
    PyExc_UnicodeTranslateError = UnicodeTranslateError,
    PyExc_BytesWarning = BytesWarning,
    PyExc_DeprecationWarning = DeprecationWarning,
    PyExc_EncodingWarning = EncodingWarning,
    PyExc_FutureWarning = FutureWarning,
    PyExc_ImportWarning = ImportWarning,
    PyExc_PendingDeprecationWarning = PendingDeprecationWarning,
    PyExc_ResourceWarning = ResourceWarning,
    PyExc_RuntimeWarning = RuntimeWarning,
    PyExc_SyntaxWarning = SyntaxWarning,
    PyExc_UnicodeWarning = UnicodeWarning,
    PyExc_UserWarning = UserWarning,
    PyExc_EnvironmentError = OSError,
    PyExc_IOError = OSError,
}

/// The class of the pending error: a borrowed reference, or NULL when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Occurred() -> *mut PyObject {
    exceptions::class_of_pending().map_or(core::ptr::null_mut(), |class| class.as_obj().as_ptr())
}

/// Clears the error indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Clear() {
    error::clear();
}

/// Takes the pending error: a new reference to the exception, or NULL when there is none. Clears the indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GetRaisedException() -> *mut PyObject {
    exceptions::fetch().map_or(core::ptr::null_mut(), Ref::into_ptr)
}
