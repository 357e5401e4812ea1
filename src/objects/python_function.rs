//! `function`: the type of functions of Python code, for extension modules that compare a type with it. There is no
//! Python code, and no object has this type.

use super::slots;
use crate::abi::*;
use crate::objects::class_defaults;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::runtime::{Ref, Result, Type, raise};

static_type! {
    /// The type of functions of Python code.
    pub PyFunction_Type as PYTHON_FUNCTION {
        tp_name: c"function".as_ptr(),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_METHOD_DESCRIPTOR,
        tp_new: slots::new(new),
    }
}

fn new(_: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(raise!(NotImplementedError, "a function of Python code can't be made: pycapsule runs no Python code"))
}
