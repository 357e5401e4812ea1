//! The bases of each exception class, and the order in which its attributes are looked for.

use crate::abi::*;
use crate::objects::class_order::{Classes, classes, pointer};
use crate::runtime::known;

/// The number of classes.
const COUNT: usize = Exc::ALL.len();
/// The most classes on the way from an exception to `object`, both included.
const LONGEST: usize = 6;

static mut BASES: [Classes<1>; COUNT] = {
    let mut bases = [const { classes([known::OBJECT.as_ptr()]) }; COUNT];
    let mut i = 0;
    while i < COUNT {
        bases[i] = classes([base(Exc::ALL[i])]);
        i += 1;
    }
    bases
};

static mut ORDERS: [Classes<LONGEST>; COUNT] = {
    let mut orders = [const { classes(order(Exc::BaseException)) }; COUNT];
    let mut i = 0;
    while i < COUNT {
        orders[i] = classes(order(Exc::ALL[i]));
        i += 1;
    }
    orders
};

/// `tp_base` of an exception.
pub const fn base(exception: Exc) -> *mut PyTypeObject {
    match exception.base() {
        Some(base) => base.type_pointer(),
        None => known::OBJECT.as_ptr(),
    }
}

/// `tp_bases` of an exception.
pub const fn bases(exception: Exc) -> *mut PyObject {
    pointer((&raw mut BASES).cast::<Classes<1>>().wrapping_add(exception as usize))
}

/// `tp_mro` of an exception.
pub const fn mro(exception: Exc) -> *mut PyObject {
    pointer((&raw mut ORDERS).cast::<Classes<LONGEST>>().wrapping_add(exception as usize))
}

/// The exception, its base, the base of that, and so on to `object`; the rest is NULL.
const fn order(exception: Exc) -> [*mut PyTypeObject; LONGEST] {
    let mut order = [core::ptr::null_mut(); LONGEST];
    order[0] = exception.type_pointer();
    let (mut class, mut i) = (exception, 1);
    while let Some(base) = class.base() {
        order[i] = base.type_pointer();
        (class, i) = (base, i + 1);
    }
    order[i] = known::OBJECT.as_ptr();
    order
}
