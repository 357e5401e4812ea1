//! The `METH_*` conventions. Each has a vectorcall entry that checks the arguments and calls the C function.

use super::{Function, definition, fields, first_argument, name};
use crate::abi::*;
use crate::objects::call::{self};
use crate::objects::dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{slots, str};
use crate::protocol::callable::go_deeper;
use crate::runtime::{IntoC, Obj, Own, Raised, Ref, Result, Type, View, raise};
use core::ffi::{c_int, c_void};

/// One vectorcall: a callable that has a definition, the C function's first argument, and the arguments after it.
#[derive(Debug)]
pub struct Call<'a> {
    /// The callable, for messages.
    pub callable: Obj<'a>,
    /// The definition of the C function.
    pub row: &'a PyMethodDef,
    /// The C function's first argument; NULL for a static function.
    pub this: *mut PyObject,
    /// The class that defines the method, for a C function that asks for it.
    pub class: Option<Type<'a>>,
    /// Positional arguments, then the values of the keyword arguments.
    pub arguments: *const *mut PyObject,
    /// The number of positional arguments.
    pub positional: usize,
    /// The names of the keyword arguments.
    pub names: Option<Tuple<'a>>,
}

impl<'a> Call<'a> {
    /// TypeError if there are keyword arguments.
    #[inline(always)]
    fn refuse_keywords(&self) -> Result<()> {
        match self.names {
            Some(names) if tuple::len(names) > 0 => Err(no_keywords(self.callable)),
            _ => Ok(()),
        }
    }

    /// TypeError unless there are this many positional arguments and no others.
    #[inline(always)]
    fn require(&self, count: usize, expected: &'static str) -> Result<()> {
        self.refuse_keywords()?;
        if self.positional == count { Ok(()) } else { Err(wrong_count(self.callable, self.positional, expected)) }
    }

    /// The keyword names for C; NULL without names.
    fn names(&self) -> *mut PyObject {
        self.names.map_or(core::ptr::null_mut(), |names| names.as_ptr())
    }

    /// All arguments, those with names last.
    fn all(&self) -> &'a [Obj<'a>] {
        match self.positional + self.names.map_or(0, tuple::len) {
            0 => &[],
            // SAFETY: the array has as many objects as are counted and named, which live for the length of the call.
            // `Obj` is a pointer.
            length => unsafe { core::slice::from_raw_parts(self.arguments.cast(), length) },
        }
    }

    /// The positional arguments as a tuple.
    fn packed(&self) -> Result<Own<PyTupleObject>> {
        tuple::from_slice(self.all().get(..self.positional).unwrap_or_default())
    }

    /// The keyword arguments as a dict, if there are any.
    fn keywords(&self) -> Result<Option<Own<PyDictObject>>> {
        dict::of_names(self.names, self.all().get(self.positional..).unwrap_or_default())
    }

    /// The C function, with the signature its flags name.
    ///
    /// # Safety
    /// `F` is a function pointer type with that signature.
    unsafe fn entry<F>(&self) -> F {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
        // SAFETY: the maker of the definition promised that the function has the signature that the flags name, which
        // is `F`.
        unsafe { core::mem::transmute_copy(&self.row.ml_meth) }
    }
}

// The refusals take no `Call`: the fast path need not put one together in memory, then.

#[cold]
fn no_keywords(callable: Obj<'_>) -> Raised {
    match call::describe(callable) {
        Ok(function) => raise!(TypeError, "{} takes no keyword arguments", str::as_text(function.borrow())),
        Err(raised) => raised,
    }
}

#[cold]
fn wrong_count(callable: Obj<'_>, given: usize, expected: &'static str) -> Raised {
    match call::describe(callable) {
        Ok(function) => raise!(TypeError, "{} takes {expected} ({given} given)", str::as_text(function.borrow())),
        Err(raised) => raised,
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

/// A kind of callable with a definition: C functions, and the methods of a type's table.
///
/// # Safety
/// The calls that [`Callable::prepare`] returns have the definition of the callable.
pub unsafe trait Callable: 'static {
    /// Whether the kind has entries for the conventions with a tuple too.
    const PACKS: bool;

    /// The call that a vectorcall makes.
    ///
    /// # Safety
    /// `callable` is of this kind, and the other arguments are those of a vectorcall.
    unsafe fn prepare<'a>(
        callable: Obj<'a>,
        arguments: *const *mut PyObject,
        positional: usize,
        names: Option<Tuple<'a>>,
    ) -> Result<Call<'a>>;
}

// SAFETY: the call has the definition of the function.
unsafe impl Callable for PyCFunctionObject {
    const PACKS: bool = false;

    #[inline(always)]
    unsafe fn prepare<'a>(
        callable: Obj<'a>,
        arguments: *const *mut PyObject,
        positional: usize,
        names: Option<Tuple<'a>>,
    ) -> Result<Call<'a>> {
        // SAFETY: the callable is a C function, as promised. One with `METH_METHOD` has the larger layout, with its
        // class.
        unsafe {
            let function: Function<'a> = View::new_unchecked(callable);
            let row = definition(function);
            let class = match row.ml_flags & METH_METHOD {
                0 => None,
                _ => Obj::from_ptr((*function.cast::<PyCMethodObject>()).mm_class.cast()).and_then(Obj::as_type),
            };
            Ok(Call { callable, row, this: first_argument(function), class, arguments, positional, names })
        }
    }
}

/// The vectorcall entry of a convention.
unsafe extern "C" fn vectorcall<K: Callable, C: Convention>(
    callable: *mut PyObject,
    arguments: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: a callable with this entry in its field is called with itself, as many arguments as are counted, and
    // names that are NULL or a tuple. The entry is stored only in callables of this kind whose flags are those of the
    // convention.
    unsafe {
        let names = Obj::from_ptr(names).and_then(Obj::downcast);
        let callable = Obj::from_ptr_unchecked(callable);
        match K::prepare(callable, arguments, count & !PY_VECTORCALL_ARGUMENTS_OFFSET, names)
            .and_then(|call| C::check(&call).and_then(|()| go_deeper()).map(|()| call))
        {
            Ok(call) => C::enter(&call),
            Err(raised) => Result::<Ref>::Err(raised).into_c(),
        }
    }
}

/// `METH_NOARGS`
enum NoArguments {}

impl Convention for NoArguments {
    #[inline(always)]
    fn check(call: &Call<'_>) -> Result<()> {
        call.require(0, "no arguments")
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object and NULL.
        unsafe { call.entry::<Binary>()(call.this, core::ptr::null_mut()) }
    }
}

/// `METH_O`
enum OneArgument {}

impl Convention for OneArgument {
    #[inline(always)]
    fn check(call: &Call<'_>) -> Result<()> {
        call.require(1, "exactly one argument")
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object and the one argument, whose presence was checked.
        unsafe { call.entry::<Binary>()(call.this, *call.arguments) }
    }
}

/// `METH_FASTCALL`
enum Positional {}

impl Convention for Positional {
    #[inline(always)]
    fn check(call: &Call<'_>) -> Result<()> {
        call.refuse_keywords()
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object, and the arguments with their number.
        unsafe { call.entry::<Fast>()(call.this, call.arguments, call.positional as isize) }
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
        unsafe { call.entry::<FastKeywords>()(call.this, call.arguments, call.positional as isize, call.names()) }
    }
}

/// `METH_METHOD | METH_FASTCALL | METH_KEYWORDS`
enum OfClass {}

impl Convention for OfClass {
    fn check(_: &Call<'_>) -> Result<()> {
        Ok(())
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with these flags takes its class too.
        unsafe {
            let class = call.class.map_or(core::ptr::null_mut(), Type::as_ptr);
            call.entry::<Method>()(call.this, class, call.arguments, call.positional, call.names())
        }
    }
}

/// `METH_VARARGS`, for callables that have a vectorcall entry for it
enum Packed {}

impl Convention for Packed {
    #[inline(always)]
    fn check(call: &Call<'_>) -> Result<()> {
        call.refuse_keywords()
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        // SAFETY: a function with only this flag takes its object and a tuple.
        let enter = |args: Own<PyTupleObject>| unsafe { call.entry::<Binary>()(call.this, args.as_obj().as_ptr()) };
        call.packed().map(enter).into_c()
    }
}

/// `METH_VARARGS | METH_KEYWORDS`, for callables that have a vectorcall entry for it
enum PackedNamed {}

impl Convention for PackedNamed {
    fn check(_: &Call<'_>) -> Result<()> {
        Ok(())
    }

    unsafe fn enter(call: &Call<'_>) -> *mut PyObject {
        let enter = |args: Own<PyTupleObject>| {
            let keywords = call.keywords()?;
            let keywords = keywords.as_ref().map_or(core::ptr::null_mut(), |keywords| keywords.as_obj().as_ptr());
            // SAFETY: a function with these two flags takes its object, a tuple, and a dict or NULL.
            Ok(unsafe { call.entry::<Ternary>()(call.this, args.as_obj().as_ptr(), keywords) })
        };
        call.packed().and_then(enter).into_c()
    }
}

/// The vectorcall entry for a combination of flags; `Some(None)` for conventions with a tuple in which the kind of
/// callable has no entry, `None` for flags that name no convention.
pub fn of<K: Callable>(flags: c_int) -> Option<vectorcallfunc> {
    const FAST_KEYWORDS: c_int = METH_FASTCALL | METH_KEYWORDS;
    const VARARGS_KEYWORDS: c_int = METH_VARARGS | METH_KEYWORDS;
    const METHOD: c_int = METH_METHOD | METH_FASTCALL | METH_KEYWORDS;
    match flags & (VARARGS_KEYWORDS | METH_FASTCALL | METH_NOARGS | METH_O | METH_METHOD) {
        METH_VARARGS | VARARGS_KEYWORDS if !K::PACKS => Some(None),
        METH_VARARGS => Some(Some(vectorcall::<K, Packed>)),
        VARARGS_KEYWORDS => Some(Some(vectorcall::<K, PackedNamed>)),
        METH_FASTCALL => Some(Some(vectorcall::<K, Positional>)),
        FAST_KEYWORDS => Some(Some(vectorcall::<K, Named>)),
        METH_NOARGS => Some(Some(vectorcall::<K, NoArguments>)),
        METH_O => Some(Some(vectorcall::<K, OneArgument>)),
        METHOD => Some(Some(vectorcall::<K, OfClass>)),
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
        let row = definition(function);
        let this = first_argument(function);
        let null = core::ptr::null();
        let call = Call { callable: *function, row, this, class: None, arguments: null, positional: 0, names: None };
        if row.ml_flags & METH_KEYWORDS != 0 {
            let result = call.entry::<Ternary>()(call.this, arguments, keywords);
            return call::check_result(*function, Ref::from_ptr(result)).into_c();
        }
        if Obj::from_ptr(keywords).and_then(Obj::downcast).is_some_and(|keywords| dict::len(keywords) > 0) {
            let name = name(row);
            return Result::<Ref>::Err(raise!(TypeError, "{name}() takes no keyword arguments")).into_c();
        }
        let result = Ref::from_ptr(call.entry::<Binary>()(call.this, arguments));
        call::check_result(*function, result).into_c()
    }
}
