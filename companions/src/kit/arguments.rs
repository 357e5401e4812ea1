//! The arguments of a call.

use super::object::{Builtin, Obj, Raised, Result, raise};
use core::ffi::{CStr, c_char, c_int};
use core::ptr::{null, null_mut};
use pyo3_ffi as ffi;
use pyo3_ffi::PyObject;

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
    /// A call with these arguments.
    pub(super) fn new(arguments: &'a [Obj<'a>]) -> Self {
        Positional { arguments }
    }

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
const MOST: usize = 9;

/// The value of a parameter.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// An object, of the format unit `O`.
    Object(Option<Obj<'a>>),
    /// A C int, of the format unit `i`.
    Int(c_int),
}

impl<'a> Value<'a> {
    /// The object.
    pub fn object(self) -> Option<Obj<'a>> {
        match self {
            Value::Object(object) => object,
            Value::Int(_) => None,
        }
    }

    /// The number.
    pub fn int(self) -> c_int {
        match self {
            Value::Int(number) => number,
            Value::Object(_) => 0,
        }
    }
}

/// The place that `PyArg_ParseTupleAndKeywords` writes to.
#[derive(Clone, Copy)]
union Place {
    object: *mut PyObject,
    int: c_int,
}

impl<'a> Call<'a> {
    /// A call with these arguments.
    pub(crate) fn new(this: Obj<'a>, positional: Obj<'a>, keywords: Option<Obj<'a>>) -> Self {
        Call { this, positional, keywords }
    }

    /// The arguments by position, a tuple.
    pub fn positional(&self) -> Obj<'a> {
        self.positional
    }

    /// The objects for `N` parameters of these names, by [`Call::parse`] with one `O` for each.
    pub fn bind<const N: usize>(
        &self,
        format: &'static CStr,
        names: [&'static CStr; N],
    ) -> Result<[Option<Obj<'a>>; N]> {
        self.check_count(format)?;
        Ok(self.parse(format, names, [Value::Object(None); N])?.map(Value::object))
    }

    /// The values for `N` parameters of these names, by the rules and with the messages of `PyArg_ParseTupleAndKeywords`. The format
    /// is `O` or `i` for each parameter, as its default is, `|` before the optional ones, `$` before those that must be given by
    /// keyword, and after a colon the function's name. A parameter with an empty name is positional only.
    pub fn parse<const N: usize>(
        &self,
        format: &'static CStr,
        names: [&'static CStr; N],
        defaults: [Value<'a>; N],
    ) -> Result<[Value<'a>; N]> {
        const { assert!(N <= MOST) };
        let mut units = format.to_bytes().iter().take_while(|&&byte| byte != b':').filter(|byte| !b"|$".contains(byte));
        let mut list: [*const c_char; MOST + 1] = [null(); MOST + 1];
        let mut found = [Place { object: null_mut() }; MOST];
        for i in 0..N {
            list[i] = names[i].as_ptr();
            found[i] = match (units.next(), defaults[i]) {
                (Some(b'O'), Value::Object(object)) => Place { object: object.map_or(null_mut(), Obj::as_ptr) },
                (Some(b'i'), Value::Int(int)) => Place { int },
                (unit, _) => unreachable!("format unit {unit:?} has no such default"),
            };
        }
        assert!(units.next().is_none(), "a unit for each parameter");
        let [a, b, c, d, e, f, g, h, i] = found.each_mut().map(|place| place as *mut Place);
        let keywords = self.keywords.map_or(null_mut(), Obj::as_ptr);
        // SAFETY: the tuple and the dict come from the call; the list of names ends with NULL; the format stores one value for each
        // of its `N` units, of at most as many pointers as follow, each to a place for either.
        let done = unsafe {
            let (arguments, format) = (self.positional.as_ptr(), format.as_ptr());
            ffi::PyArg_ParseTupleAndKeywords(arguments, keywords, format, list.as_ptr(), a, b, c, d, e, f, g, h, i)
        };
        if done == 0 {
            return Err(Raised::pending());
        }
        Ok(core::array::from_fn(|i| match defaults[i] {
            // SAFETY: the place has an object, for such is its unit: NULL still, or an argument, which its tuple or dict keeps alive.
            Value::Object(_) => Value::Object(unsafe { Obj::from_ptr(found[i].object) }),
            // SAFETY: the place has a number, for such is its unit.
            Value::Int(_) => Value::Int(unsafe { found[i].int }),
        }))
    }
}

impl Call<'_> {
    /// TypeError when a function that takes exactly so many arguments by position gets more. `PyArg_ParseTupleAndKeywords` would
    /// say "at most" where others are optional by keyword.
    fn check_count(&self, format: &CStr) -> Result<()> {
        let Some((units, name)) = format.to_str().ok().and_then(|text| text.split_once(':')) else { return Ok(()) };
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
