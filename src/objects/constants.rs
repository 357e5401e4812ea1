//! The objects there is one of: `None`, `NotImplemented`, `Ellipsis`, `True` and `False`.

use super::{class, str};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result};

macro_rules! singleton {
    ($(#[$doc:meta])* $symbol:ident as $handle:ident, $class:ident, $class_handle:ident, $class_name:literal, $text:literal, $repr:ident) => {
        fn $repr(_: Obj<'_>) -> Result<Ref> {
            str::from_str($text)
        }
        mod $repr {
            use super::*;
            slot!(slot(o) -> *mut PyObject = super::$repr);
            pub(super) const SLOT: reprfunc = Some(slot);
        }
        static_type! {
            $(#[$doc])*
            pub $class as $class_handle {
                tp_name: $class_name.as_ptr(),
                tp_repr: $repr::SLOT,
                tp_flags: class::DEFAULTS.tp_flags,
            }
        }
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub static mut $symbol: PyObject = PyObject::immortal(&raw mut $class);
        /// The object, as a borrowed reference.
        // SAFETY: the static is a complete object.
        pub const $handle: Obj<'static> = unsafe { Obj::from_static(&raw mut $symbol) };
    };
}

singleton!(
    /// `None`
    _Py_NoneStruct as NONE, _PyNone_Type, NONE_TYPE, c"NoneType", "None", none_repr
);
singleton!(
    /// `NotImplemented`
    _Py_NotImplementedStruct as NOT_IMPLEMENTED, _PyNotImplemented_Type, NOT_IMPLEMENTED_TYPE,
    c"NotImplementedType", "NotImplemented", not_implemented_repr
);
singleton!(
    /// `Ellipsis`
    _Py_EllipsisObject as ELLIPSIS, PyEllipsis_Type, ELLIPSIS_TYPE, c"ellipsis", "Ellipsis", ellipsis_repr
);

static_type! {
    /// `bool`
    pub PyBool_Type as BOOL {
        tp_name: c"bool".as_ptr(),
        tp_basicsize: size_of::<PyLongObject>() as Py_ssize_t,
        tp_repr: Some(bool_repr_slot),
    }
}

/// `True`
#[unsafe(no_mangle)]
pub static mut _Py_TrueStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: 1 << 3, ob_digit: [1] },
};
/// `False`
#[unsafe(no_mangle)]
pub static mut _Py_FalseStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: 1, ob_digit: [0] },
};

/// `True`, as a borrowed reference.
// SAFETY: the static is a complete object.
pub const TRUE: Obj<'static> = unsafe { Obj::from_static(&raw mut _Py_TrueStruct) };
/// `False`, as a borrowed reference.
// SAFETY: the static is a complete object.
pub const FALSE: Obj<'static> = unsafe { Obj::from_static(&raw mut _Py_FalseStruct) };

/// `True` or `False`.
pub const fn bool(value: bool) -> Obj<'static> {
    if value { TRUE } else { FALSE }
}

fn bool_repr(o: Obj<'_>) -> Result<Ref> {
    str::from_str(if o.is(TRUE) { "True" } else { "False" })
}
slot!(bool_repr_slot(o) -> *mut PyObject = bool_repr);
