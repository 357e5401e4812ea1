//! The `METH_*` conventions. Each has a vectorcall entry that checks the arguments and calls the C function.

use super::{Function, definition, fields, first_argument, name};
use crate::abi::*;
use crate::objects::call::{self};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{dict, slots, str};
use crate::protocol::callable::go_deeper;
use crate::runtime::{IntoC, Obj, Ref, Result, View, raise};
use core::ffi::{c_int, c_void};

/// The arguments of one vectorcall.
struct Call<'a> {
    function: Function<'a>,
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
                let function = call::describe(*self.function)?;
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
        let function = call::describe(*self.function)?;
        let given = self.positional;
        Err(raise!(TypeError, "{} takes {expected} ({given} given)", str::as_text(function.borrow())))
    }

    /// The keyword names for C; NULL without names.
    fn names(&self) -> *mut PyObject {
        self.names.map_or(core::ptr::null_mut(), |names| names.as_ptr())
    }

    /// The C function, with the signature its flags name.
    ///
    /// # Safety
    /// `F` is a function pointer type with that signature.
    unsafe fn entry<F>(&self) -> F {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
        // SAFETY: the maker of the definition promised that the function has the signature that the flags name, which is `F`.
        unsafe { core::mem::transmute_copy(&definition(self.function).ml_meth) }
    }
}

type Binary = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
type Ternary = unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
type Fast = unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, isize) -> *mut PyObject;
type FastKeywords = unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, isize, *mut PyObject) -> *mut PyObject;
type Method =
    unsafe extern "C" fn(*mut PyObject, *mut PyTypeObject, *const *mut PyObject, usize, *mut PyObject) -> *mut PyObject;

/// A convention: a check of the arguments, and a call of the C function if the check succeeds.
trait Convention: 'static {
    fn check(call: &Call<'_>) -> Result<()>;

    /// # Safety
    /// The flags of the function's definition are those of this convention, and the check succeeded.
    unsafe fn enter(call: &Call<'_>) -> *mut PyObject;
}

/// The vectorcall entry of a convention.
unsafe extern "C" fn vectorcall<C: Convention>(
    function: *mut PyObject,
    arguments: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: a function with this entry in its field is called with that function, as many arguments as are counted,
    // and names that are NULL or a tuple. `new` stores the entry only in functions whose flags are those of the
    // convention.
    unsafe {
        let call = Call {
            function: View::new_unchecked(Obj::from_ptr_unchecked(function)),
            arguments,
            positional: count & !PY_VECTORCALL_ARGUMENTS_OFFSET,
            names: Obj::from_ptr(names).and_then(Obj::downcast),
        };
        match C::check(&call).and_then(|()| go_deeper()) {
            Ok(()) => C::enter(&call),
            Err(raised) => Result::<Ref>::Err(raised).into_c(),
        }
    }
}

/// `METH_NOARGS`
enum NoArguments {}

impl Convention for NoArguments {
    fn check(call: &Call<'_>) -> Result<()> {
        call.require(0, "no arguments")
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object and NULL.
        unsafe { call.entry::<Binary>()(call.this(), core::ptr::null_mut()) }
    }
}

/// `METH_O`
enum OneArgument {}

impl Convention for OneArgument {
    fn check(call: &Call<'_>) -> Result<()> {
        call.require(1, "exactly one argument")
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object and the one argument, whose presence was checked.
        unsafe { call.entry::<Binary>()(call.this(), *call.arguments) }
    }
}

/// `METH_FASTCALL`
enum Positional {}

impl Convention for Positional {
    fn check(call: &Call<'_>) -> Result<()> {
        call.refuse_keywords()
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object, and the arguments with their number.
        unsafe { call.entry::<Fast>()(call.this(), call.arguments, call.positional as isize) }
    }
}

/// `METH_FASTCALL | METH_KEYWORDS`
enum Named {}

impl Convention for Named {
    fn check(_: &Call<'_>) -> Result<()> {
        Ok(())
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with these two flags takes the names of the last arguments too.
        unsafe { call.entry::<FastKeywords>()(call.this(), call.arguments, call.positional as isize, call.names()) }
    }
}

/// `METH_METHOD | METH_FASTCALL | METH_KEYWORDS`
enum OfClass {}

impl Convention for OfClass {
    fn check(_: &Call<'_>) -> Result<()> {
        Ok(())
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with these flags has the larger layout, and takes its class too.
        unsafe {
            let class = (*call.function.cast::<PyCMethodObject>()).mm_class;
            call.entry::<Method>()(call.this(), class, call.arguments, call.positional, call.names())
        }
    }
}

/// The vectorcall entry for a combination of flags; `Some(None)` for conventions with a tuple, `None` for flags that
/// name no convention.
pub(super) fn of(flags: c_int) -> Option<vectorcallfunc> {
    const FAST_KEYWORDS: c_int = METH_FASTCALL | METH_KEYWORDS;
    const VARARGS_KEYWORDS: c_int = METH_VARARGS | METH_KEYWORDS;
    const METHOD: c_int = METH_METHOD | METH_FASTCALL | METH_KEYWORDS;
    match flags & (VARARGS_KEYWORDS | METH_FASTCALL | METH_NOARGS | METH_O | METH_METHOD) {
        METH_VARARGS | VARARGS_KEYWORDS => Some(None),
        METH_FASTCALL => Some(Some(vectorcall::<Positional>)),
        FAST_KEYWORDS => Some(Some(vectorcall::<Named>)),
        METH_NOARGS => Some(Some(vectorcall::<NoArguments>)),
        METH_O => Some(Some(vectorcall::<OneArgument>)),
        METHOD => Some(Some(vectorcall::<OfClass>)),
        _ => None,
    }
}

/// `tp_call`: calls the conventions with a tuple directly, and the others through their vectorcall entry.
///
/// # Safety
/// `function` is a C function, `arguments` a tuple, `keywords` NULL or a dict.
pub(super) unsafe extern "C" fn call_slot(
    function: *mut PyObject,
    arguments: *mut PyObject,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: C calls the slot with a C function, a tuple, and NULL or a dict. The flags name the signature of the
    // function.
    unsafe {
        let function: Function<'_> = View::new_unchecked(Obj::from_ptr_unchecked(function));
        if fields(function).vectorcall.is_some() {
            let Ok((arguments, keywords)) = slots::arguments(arguments, keywords) else { return core::ptr::null_mut() };
            return call::call_as_c(*function, arguments, keywords).into_c();
        }
        let call = Call { function, arguments: core::ptr::null(), positional: 0, names: None };
        if definition(function).ml_flags & METH_KEYWORDS != 0 {
            let result = call.entry::<Ternary>()(call.this(), arguments, keywords);
            return call::check_result(*function, Ref::from_ptr(result)).into_c();
        }
        if Obj::from_ptr(keywords).and_then(Obj::downcast).is_some_and(|keywords| dict::len(keywords) > 0) {
            let name = name(definition(function));
            return Result::<Ref>::Err(raise!(TypeError, "{name}() takes no keyword arguments")).into_c();
        }
        let result = Ref::from_ptr(call.entry::<Binary>()(call.this(), arguments));
        call::check_result(*function, result).into_c()
    }
}
