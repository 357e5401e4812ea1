//! `Include/cpython/funcobject.h`: class methods and static methods.

use super::required;
use crate::abi::PyObject;
use crate::runtime::{Arg, IntoC};
use crate::types::methods::class_or_static::{self, ClassMethod, StaticMethod};

/// A new `classmethod`, which binds `callable` to the class in which it is looked up: a new reference, or NULL with SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyClassMethod_New(callable: Arg) -> *mut PyObject {
    required(callable, "PyClassMethod_New").and_then(class_or_static::new::<ClassMethod>).into_c()
}

/// A new `staticmethod`, which returns `callable` unchanged when it is looked up: a new reference, or NULL with SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyStaticMethod_New(callable: Arg) -> *mut PyObject {
    required(callable, "PyStaticMethod_New").and_then(class_or_static::new::<StaticMethod>).into_c()
}
