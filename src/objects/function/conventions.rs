//! The `METH_*` conventions: for each, the vectorcall entry that checks the arguments and calls the C function.

use super::{definition, fields, first_argument, name};
use crate::abi::*;
use crate::objects::call::{self, go_deeper};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{dict, slots, str};
use crate::runtime::{IntoC, Obj, Ref, Result, raise};
use core::ffi::{c_int, c_void};

/// The arguments of one vectorcall.
struct Call<'a> {
    function: Obj<'a>,
    /// Positional arguments, then the values of the keyword arguments.
    arguments: *const *mut PyObject,
    positional: usize,
    names: Option<Tuple<'a>>,
}

impl Call<'_> {
    /// The C function's first argument.
    fn this(&self) -> *mut PyObject {
        first_argument(self.function)
    }

    /// TypeError if there are keyword arguments.
    fn refuse_keywords(&self) -> Result<()> {
        match self.names {
            Some(names) if tuple::len(names) > 0 => {
                let function = call::describe(self.function)?;
                Err(raise!(TypeError, "{} takes no keyword arguments", str::as_text(function.borrow())))
            }
            _ => Ok(()),
        }
    }

    /// TypeError unless there are this many positional arguments and no others.
    fn require(&self, count: usize, expected: &str) -> Result<()> {
        self.refuse_keywords()?;
        if self.positional == count {
            return Ok(());
        }
        let function = call::describe(self.function)?;
        let given = self.positional;
        Err(raise!(TypeError, "{} takes {expected} ({given} given)", str::as_text(function.borrow())))
    }

    /// The keyword names for C: NULL when there are none.
    fn names(&self) -> *mut PyObject {
        self.names.map_or(core::ptr::null_mut(), |names| names.as_ptr())
    }

    /// The C function, with the signature its flags name.
    ///
    /// # Safety
    /// `F` is a function pointer type with that signature.
    unsafe fn entry<F>(&self) -> F {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
        // SAFETY: the caller's promise; the definition's maker promised that the function has the signature.
        unsafe { core::mem::transmute_copy(&definition(self.function).ml_meth) }
    }
}

type Binary = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
type Ternary = unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
type Fast = unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, isize) -> *mut PyObject;
type FastKeywords = unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, isize, *mut PyObject) -> *mut PyObject;
type Method =
    unsafe extern "C" fn(*mut PyObject, *mut PyTypeObject, *const *mut PyObject, usize, *mut PyObject) -> *mut PyObject;

/// `vectorcalls! { name(call) = check, then call; }`: entries that run a check and, if it holds, the C function.
macro_rules! vectorcalls {
    ($($(#[$doc:meta])* $name:ident($call:ident) = $check:expr, $enter:expr;)*) => { $(
        $(#[$doc])*
        unsafe extern "C" fn $name(
            function: *mut PyObject,
            arguments: *const *mut PyObject,
            count: usize,
            names: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: the vectorcall protocol: a live function of this type, as many arguments as are counted, names that
            // are NULL or a tuple. The convention's flags say which signature the C function has.
            unsafe {
                let $call = Call {
                    function: Obj::from_ptr_unchecked(function),
                    arguments,
                    positional: count & !PY_VECTORCALL_ARGUMENTS_OFFSET,
                    names: Obj::from_ptr(names).and_then(Obj::downcast),
                };
                let checked: Result<()> = $check;
                match checked.and_then(|()| go_deeper()) {
                    Ok(()) => $enter,
                    Err(raised) => Result::<Ref>::Err(raised).into_c(),
                }
            }
        }
    )* };
}
vectorcalls! {
    /// `METH_NOARGS`
    no_arguments(call) = call.require(0, "no arguments"),
        call.entry::<Binary>()(call.this(), core::ptr::null_mut());
    /// `METH_O`
    one_argument(call) = call.require(1, "exactly one argument"),
        call.entry::<Binary>()(call.this(), *call.arguments);
    /// `METH_FASTCALL`
    fast(call) = call.refuse_keywords(),
        call.entry::<Fast>()(call.this(), call.arguments, call.positional as isize);
    /// `METH_FASTCALL | METH_KEYWORDS`
    fast_keywords(call) = Ok(()),
        call.entry::<FastKeywords>()(call.this(), call.arguments, call.positional as isize, call.names());
    /// `METH_METHOD | METH_FASTCALL | METH_KEYWORDS`
    method(call) = Ok(()), {
        let class = (*call.function.cast::<PyCMethodObject>()).mm_class;
        call.entry::<Method>()(call.this(), class, call.arguments, call.positional, call.names())
    };
}

/// The vectorcall entry for a combination of flags; `Some(None)` for those that are called with a tuple, `None` for
/// what is no convention.
pub(super) fn of(flags: c_int) -> Option<vectorcallfunc> {
    const FAST_KEYWORDS: c_int = METH_FASTCALL | METH_KEYWORDS;
    const VARARGS_KEYWORDS: c_int = METH_VARARGS | METH_KEYWORDS;
    const METHOD: c_int = METH_METHOD | METH_FASTCALL | METH_KEYWORDS;
    match flags & (VARARGS_KEYWORDS | METH_FASTCALL | METH_NOARGS | METH_O | METH_METHOD) {
        METH_VARARGS | VARARGS_KEYWORDS => Some(None),
        METH_FASTCALL => Some(Some(fast)),
        FAST_KEYWORDS => Some(Some(fast_keywords)),
        METH_NOARGS => Some(Some(no_arguments)),
        METH_O => Some(Some(one_argument)),
        METHOD => Some(Some(method)),
        _ => None,
    }
}

/// `tp_call`: the conventions that take a tuple; the others go through their vectorcall entry.
///
/// # Safety
/// `function` is a C function, `arguments` a tuple, `keywords` NULL or a dict.
pub(super) unsafe extern "C" fn call_slot(
    function: *mut PyObject,
    arguments: *mut PyObject,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the slot's contract; the flags say which signature the C function has.
    unsafe {
        let function = Obj::from_ptr_unchecked(function);
        if fields(function).vectorcall.is_some() {
            let Ok((arguments, keywords)) = slots::arguments(arguments, keywords) else { return core::ptr::null_mut() };
            return call::call_as_c(function, arguments, keywords).into_c();
        }
        let call = Call { function, arguments: core::ptr::null(), positional: 0, names: None };
        if definition(function).ml_flags & METH_KEYWORDS != 0 {
            let result = call.entry::<Ternary>()(call.this(), arguments, keywords);
            return call::check_result(function, Ref::from_ptr(result)).into_c();
        }
        if Obj::from_ptr(keywords).and_then(Obj::downcast).is_some_and(|keywords| dict::len(keywords) > 0) {
            let name = name(definition(function));
            return Result::<Ref>::Err(raise!(TypeError, "{name}() takes no keyword arguments")).into_c();
        }
        let result = Ref::from_ptr(call.entry::<Binary>()(call.this(), arguments));
        call::check_result(function, result).into_c()
    }
}
