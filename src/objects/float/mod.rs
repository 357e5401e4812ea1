//! `float`: a C `double`. Its type is in [`type_object`].

pub mod arithmetic;
mod decimal;
pub mod format;
mod hexadecimal;
mod methods;
pub mod pack;
mod repr;
pub mod round;
mod text;
pub mod type_object;

pub use arithmetic::power;
pub use repr::Repr;
pub use text::{parse_bytes, parse_c, parse_str, prefix};

use crate::abi::*;
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, instance};

pub use crate::runtime::known::FLOAT;

/// A borrowed reference to a `float`, or to an instance of a subclass.
pub type Float<'a> = View<'a, PyFloatObject>;

// SAFETY: instances of `float`, and of types derived from it, begin with this layout.
unsafe impl Layout for PyFloatObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(FLOAT) || o.is_a(FLOAT)
    }
}

/// Whether the object is a `float` or an instance of a subclass.
pub fn check(o: Obj<'_>) -> bool {
    PyFloatObject::check(o)
}

/// A new `float`. All of its memory is written here, so it need not be zeroed first.
#[inline]
pub fn from_f64(value: f64) -> Result<Own<PyFloatObject>> {
    let ob_base = PyObject { ob_refcnt: 1, ob_type: FLOAT.as_ptr() };
    // SAFETY: these are the fields of a float, which takes no part in collection.
    unsafe { Ok(Own::new_unchecked(instance::write_new::<_, false>(|| PyFloatObject { ob_base, ob_fval: value })?)) }
}

/// A new object of `float` or a subclass.
fn build(class: Type<'_>, value: f64) -> Result<Own<PyFloatObject>> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: the new instance has this layout.
    unsafe {
        (*o.cast::<PyFloatObject>().as_ptr()).ob_fval = value;
        Ok(Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())))
    }
}

/// The value.
#[inline]
pub fn value(float: Float<'_>) -> f64 {
    // SAFETY: the field belongs to a live float, and never changes.
    unsafe { (*float.fields()).ob_fval }
}

/// The same value as exactly a `float`: the object itself if its class is `float`.
pub fn exact(float: Float<'_>) -> Result<Ref> {
    if float.is_exactly(FLOAT) { Ok(float.to_ref()) } else { from_f64(value(float)).map(Own::into_ref) }
}
