//! Functions of a module: the entry of its table, and the arguments of a call.

use super::object::{Builtin, Obj, Raised, Ref, Result, raise};
use core::ffi::{CStr, c_char, c_int};
use core::mem::size_of;
use core::ptr::{NonNull, null, null_mut};
use pyo3_ffi as ffi;
use pyo3_ffi::{PyMethodDef, PyMethodDefPointer, PyObject};

/// The arguments of one call.
pub struct Call<'a> {
    /// The module of a function, the object of a method.
    pub this: Obj<'a>,
    positional: Obj<'a>,
    keywords: Option<Obj<'a>>,
}

/// The arguments of one call by position.
pub struct Positional<'a> {
    arguments: &'a [Obj<'a>],
}

impl<'a> Positional<'a> {
    /// All arguments, of a function that takes any number of them.
    pub fn all(&self) -> &'a [Obj<'a>] {
        self.arguments
    }

    /// The arguments of a function that takes exactly `N`, with the messages of Argument Clinic.
    pub fn exactly<const N: usize>(&self, name: &str) -> Result<[Obj<'a>; N]> {
        let arguments = self.unpack(name, N)?;
        Ok(arguments.map(|argument: Option<Obj<'a>>| argument.expect("as many arguments as were counted")))
    }

    /// The arguments of a function that takes from `least` to `N` of them, with the messages of Argument Clinic.
    pub fn unpack<const N: usize>(&self, name: &str, least: usize) -> Result<[Option<Obj<'a>>; N]> {
        let count = self.arguments.len();
        if (least..=N).contains(&count) {
            return Ok(core::array::from_fn(|i| self.arguments.get(i).copied()));
        }
        let limit = if count < least { least } else { N };
        let bound = match limit {
            _ if least == N => "",
            _ if count < least => "at least ",
            _ => "at most ",
        };
        let plural = if limit == 1 { "" } else { "s" };
        let text = format_args!("{name} expected {bound}{limit} argument{plural}, got {count}");
        Err(raise(Builtin::TypeError.obj(), text))
    }
}

/// The most parameters of a function.
const MOST: usize = 8;

impl<'a> Call<'a> {
    /// The arguments for `N` parameters of these names, by the rules and with the messages of `PyArg_ParseTupleAndKeywords`. The format
    /// is one `O` for each parameter, `|` before the optional ones, `$` before those that must be given by keyword, and after a colon
    /// the function's name. A parameter with an empty name is positional only.
    pub fn bind<const N: usize>(
        &self,
        format: &'static CStr,
        names: [&'static CStr; N],
    ) -> Result<[Option<Obj<'a>>; N]> {
        const { assert!(N <= MOST) };
        let units = format.to_bytes().iter().take_while(|&&byte| byte != b':');
        assert!(units.clone().all(|byte| b"O|$".contains(byte)) && units.filter(|&&byte| byte == b'O').count() == N);
        self.check_count(format)?;
        let mut list: [*const c_char; MOST + 1] = [null(); MOST + 1];
        for (entry, name) in list.iter_mut().zip(names) {
            *entry = name.as_ptr();
        }
        let mut found: [*mut PyObject; MOST] = [null_mut(); MOST];
        let [a, b, c, d, e, f, g, h] = found.each_mut().map(|place| place as *mut *mut PyObject);
        let keywords = self.keywords.map_or(null_mut(), Obj::as_ptr);
        // SAFETY: the tuple and the dict come from the call; the list of names ends with NULL; the format stores one borrowed object
        // for each of its `N` units, of at most as many pointers as follow.
        let done = unsafe {
            let (arguments, format) = (self.positional.as_ptr(), format.as_ptr());
            ffi::PyArg_ParseTupleAndKeywords(arguments, keywords, format, list.as_ptr(), a, b, c, d, e, f, g, h)
        };
        if done == 0 {
            return Err(Raised::pending());
        }
        // SAFETY: each is NULL still, or an argument, which its tuple or dict keeps alive for the call.
        Ok(core::array::from_fn(|i| unsafe { Obj::from_ptr(found[i]) }))
    }
}

/// A table of functions, in a static. It ends with a zeroed entry.
#[repr(transparent)]
pub struct Functions<const N: usize>([PyMethodDef; N]);

// SAFETY: the pointers of the table are those of static texts and functions, and the table is never written.
unsafe impl<const N: usize> Sync for Functions<N> {}

impl<const N: usize> Functions<N> {
    /// The table of these entries; the last is `PyMethodDef::zeroed()`.
    pub const fn new(entries: [PyMethodDef; N]) -> Self {
        assert!(entries[N - 1].ml_name.is_null(), "the table ends with PyMethodDef::zeroed()");
        Functions(entries)
    }

    /// The first entry, for C.
    pub(super) const fn as_ptr(&self) -> *mut PyMethodDef {
        self.0.as_ptr().cast_mut()
    }
}

impl Call<'_> {
    /// TypeError when a function that takes exactly so many arguments by position gets more. `PyArg_ParseTupleAndKeywords` would
    /// say "at most" where others are optional by keyword.
    fn check_count(&self, format: &CStr) -> Result<()> {
        let text = format.to_string_lossy();
        let Some((units, name)) = text.split_once(':') else { return Ok(()) };
        let Some((positional, _)) = units.split_once('$') else { return Ok(()) };
        let Some((required, "")) = positional.split_once('|') else { return Ok(()) };
        // SAFETY: the arguments are a tuple.
        let count = unsafe { ffi::PyTuple_Size(self.positional.as_ptr()) };
        if count <= required.len() as isize {
            return Ok(());
        }
        let (limit, plural) = (required.len(), if required.len() == 1 { "" } else { "s" });
        let text = format_args!("{name}() takes exactly {limit} positional argument{plural} ({count} given)");
        Err(raise(Builtin::TypeError.obj(), text))
    }
}

/// The entry of a function that takes arguments by position and by keyword ([`Call::bind`]). `F` is the type of the function itself,
/// which has no size.
pub const fn function<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Call<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(
        name,
        function,
        PyMethodDefPointer { PyCFunctionWithKeywords: enter::<F> },
        ffi::METH_VARARGS | ffi::METH_KEYWORDS,
        doc,
    )
}

/// The entry of a function that takes arguments by position alone.
pub const fn positional<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Positional<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(name, function, PyMethodDefPointer { PyCFunctionFast: enter_positional::<F> }, ffi::METH_FASTCALL, doc)
}

/// The entry of a function of one argument.
pub const fn one<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(name, function, PyMethodDefPointer { PyCFunction: enter_one::<F> }, ffi::METH_O, doc)
}

const fn entry<F: Copy + 'static>(
    name: &'static CStr,
    _function: F,
    pointer: PyMethodDefPointer,
    flags: c_int,
    doc: &'static CStr,
) -> PyMethodDef {
    const { assert!(size_of::<F>() == 0, "a function, not a closure with values of its own") };
    PyMethodDef { ml_name: name.as_ptr(), ml_meth: pointer, ml_flags: flags, ml_doc: doc.as_ptr() }
}

/// The function that a type without size names.
fn named<F: Copy + 'static>() -> &'static F {
    // SAFETY: a value without size has no bytes that could be wrong, and `entry` was given one of this type.
    unsafe { NonNull::<F>::dangling().as_ref() }
}

fn to_c(result: Result<Ref>) -> *mut PyObject {
    match result {
        Ok(result) => result.into_ptr(),
        Err(Raised { .. }) => null_mut(),
    }
}

/// The C function of a table for the convention METH_VARARGS | METH_KEYWORDS.
unsafe extern "C" fn enter<F>(this: *mut PyObject, positional: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject
where
    F: Fn(Call<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives an object, a tuple, and a dict or NULL, alive during the call.
    let (this, positional, keywords) =
        unsafe { (Obj::from_ptr(this), Obj::from_ptr(positional), Obj::from_ptr(keywords)) };
    let (Some(this), Some(positional)) = (this, positional) else { return null_mut() };
    to_c(named::<F>()(Call { this, positional, keywords }))
}

/// The C function of a table for the convention METH_FASTCALL.
unsafe extern "C" fn enter_positional<F>(
    _this: *mut PyObject,
    arguments: *mut *mut PyObject,
    count: isize,
) -> *mut PyObject
where
    F: Fn(Positional<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives so many objects in a row (perhaps none, and no row), alive during the call. An `Obj` is a pointer to
    // an object.
    let arguments: &[Obj<'_>] = unsafe {
        if count == 0 { &[] } else { core::slice::from_raw_parts(arguments.cast_const().cast(), count as usize) }
    };
    to_c(named::<F>()(Positional { arguments }))
}

/// The C function of a table for the convention METH_O.
unsafe extern "C" fn enter_one<F>(_this: *mut PyObject, argument: *mut PyObject) -> *mut PyObject
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives an object that is alive during the call.
    let Some(argument) = (unsafe { Obj::from_ptr(argument) }) else { return null_mut() };
    to_c(named::<F>()(argument))
}
