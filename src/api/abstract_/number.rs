//! `PyNumber_*`: an object as a number, and the operators.

use super::object_argument;
use crate::abi::{Exc, Py_ssize_t, PyObject};
use crate::objects::{constants, convert, exceptions, index, operators, str};
use crate::protocol::number::{self, Operator};
use crate::runtime::{Arg, IntoC, Obj, OutSize, Raised, Ref, Result, raise};
use core::ffi::{c_int, c_void};

/// Whether the object is a number: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Check(o: Arg) -> c_int {
    o.is_some_and(number::check).into()
}

/// Whether the object can be used as an index: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyIndex_Check(o: Arg) -> c_int {
    o.is_some_and(number::is_index).into()
}

/// `int(o)`: a new reference, or NULL with TypeError for an object that is neither a number nor text, ValueError for
/// text that is not a number, OverflowError for an infinity, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Long(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::to_int).into_c()
}

/// `float(o)`: a new reference, or NULL with TypeError for an object that is neither a number nor text, ValueError for
/// text that is not a number, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Float(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::exact_float).into_c()
}

/// The object as an `int` without loss: a new reference, or NULL with TypeError without `__index__`, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Index(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::exact_index).into_c()
}

/// [`PyNumber_Index`], which may also return an instance of a subclass of `int`.
#[unsafe(no_mangle)]
pub extern "C" fn _PyNumber_Index(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(number::index).into_c()
}

/// Stores an object with `__index__` as a size; nothing for None. Returns 1, or 0 with OverflowError for a number that does not fit,
/// TypeError for an object without `__index__`. Code of Argument Clinic calls it.
///
/// # Safety
/// `place` is NULL, or has room for a `Py_ssize_t`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_convert_optional_to_ssize_t(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: the caller's place is NULL, or has room for a size.
    let place: OutSize = unsafe { OutSize::from_ptr(place.cast()) };
    let stored = object_argument(o).and_then(|o| {
        if o.is(constants::NONE) {
            return Ok(());
        }
        if !number::is_index(o) {
            return Err(raise!(TypeError, "argument should be integer or None, not '{}'", o.class().name()));
        }
        index::as_ssize_t(o, Some(Exc::OverflowError)).map(|size| place.set(size))
    });
    c_int::from(stored.is_ok())
}

/// The object as a size, without loss: -1 with TypeError without `__index__`, SystemError for NULL. A number that
/// does not fit raises the exception class `too_large`, or is cut to the nearest size when that is NULL. -1 may also be the
/// value: ask `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_AsSsize_t(o: Arg, too_large: Arg) -> Py_ssize_t {
    object_argument(o)
        .and_then(|o| {
            index::nearest(o)?.or_else(|nearest| match too_large {
                None => Ok(nearest),
                Some(class) => Err(too_large_for_index(o, class)?),
            })
        })
        .into_c()
}

/// Raises an exception of a class for a number that is too large for a size.
fn too_large_for_index(o: Obj<'_>, class: Obj<'_>) -> Result<Raised> {
    let text = str::format(format_args!("cannot fit '{}' into an index-sized integer", o.class().name()))?;
    Ok(exceptions::raise_object(class, Some(text.borrow())))
}

/// `-o`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Negative(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(number::negative).into_c()
}

/// `+o`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Positive(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(number::positive).into_c()
}

/// `~o`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Invert(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(number::invert).into_c()
}

/// `abs(o)`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Absolute(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(number::absolute).into_c()
}

/// The operation on two operands; NULL, with which CPython would crash, is a SystemError. Out of line, so that the fast paths of the
/// functions below have no stack frame.
#[inline(never)]
fn apply(a: Arg, b: Arg, operation: impl FnOnce(Obj<'_>, Obj<'_>) -> Result<Ref>) -> *mut PyObject {
    object_argument(a).and_then(|a| operation(a, object_argument(b)?)).into_c()
}

#[inline(always)]
fn operate(a: Arg, b: Arg, operator: &'static Operator, any: fn(Obj<'_>, Obj<'_>) -> Result<Ref>) -> *mut PyObject {
    let fast = a.zip(b).and_then(|(a, b)| operator.answer_as_c(a, b, any));
    fast.unwrap_or_else(|| apply(a, b, any))
}

#[inline(always)]
fn operate_in_place(
    a: Arg,
    b: Arg,
    operator: &'static Operator,
    any: fn(Obj<'_>, Obj<'_>) -> Result<Ref>,
) -> *mut PyObject {
    let fast = a.zip(b).and_then(|(a, b)| operator.answer_in_place_as_c(a, b, any));
    fast.unwrap_or_else(|| apply(a, b, any))
}

/// `a + b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Add(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::ADD, operators::add)
}

/// `a += b`, where `a` may change itself. See [`PyNumber_Add`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceAdd(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::ADD, operators::add_in_place)
}

/// `a - b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Subtract(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::SUBTRACT, |a, b| number::SUBTRACT.apply(a, b))
}

/// `a -= b`, where `a` may change itself. See [`PyNumber_Subtract`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceSubtract(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::SUBTRACT, |a, b| number::SUBTRACT.apply_in_place(a, b))
}

/// `a * b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Multiply(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::MULTIPLY, operators::multiply)
}

/// `a *= b`, where `a` may change itself. See [`PyNumber_Multiply`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceMultiply(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::MULTIPLY, operators::multiply_in_place)
}

/// `a @ b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_MatrixMultiply(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::MATRIX_MULTIPLY, |a, b| number::MATRIX_MULTIPLY.apply(a, b))
}

/// `a @= b`, where `a` may change itself. See [`PyNumber_MatrixMultiply`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceMatrixMultiply(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::MATRIX_MULTIPLY, |a, b| number::MATRIX_MULTIPLY.apply_in_place(a, b))
}

/// `a // b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_FloorDivide(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::FLOOR_DIVIDE, |a, b| number::FLOOR_DIVIDE.apply(a, b))
}

/// `a //= b`, where `a` may change itself. See [`PyNumber_FloorDivide`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceFloorDivide(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::FLOOR_DIVIDE, |a, b| number::FLOOR_DIVIDE.apply_in_place(a, b))
}

/// `a / b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_TrueDivide(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::TRUE_DIVIDE, |a, b| number::TRUE_DIVIDE.apply(a, b))
}

/// `a /= b`, where `a` may change itself. See [`PyNumber_TrueDivide`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceTrueDivide(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::TRUE_DIVIDE, |a, b| number::TRUE_DIVIDE.apply_in_place(a, b))
}

/// `a % b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Remainder(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::REMAINDER, |a, b| number::REMAINDER.apply(a, b))
}

/// `a %= b`, where `a` may change itself. See [`PyNumber_Remainder`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceRemainder(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::REMAINDER, |a, b| number::REMAINDER.apply_in_place(a, b))
}

/// `divmod(a, b)`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Divmod(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::DIVMOD, |a, b| number::DIVMOD.apply(a, b))
}

/// `a << b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Lshift(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::LSHIFT, |a, b| number::LSHIFT.apply(a, b))
}

/// `a <<= b`, where `a` may change itself. See [`PyNumber_Lshift`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceLshift(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::LSHIFT, |a, b| number::LSHIFT.apply_in_place(a, b))
}

/// `a >> b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Rshift(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::RSHIFT, |a, b| number::RSHIFT.apply(a, b))
}

/// `a >>= b`, where `a` may change itself. See [`PyNumber_Rshift`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceRshift(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::RSHIFT, |a, b| number::RSHIFT.apply_in_place(a, b))
}

/// `a & b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_And(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::AND, |a, b| number::AND.apply(a, b))
}

/// `a &= b`, where `a` may change itself. See [`PyNumber_And`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceAnd(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::AND, |a, b| number::AND.apply_in_place(a, b))
}

/// `a ^ b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Xor(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::XOR, |a, b| number::XOR.apply(a, b))
}

/// `a ^= b`, where `a` may change itself. See [`PyNumber_Xor`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceXor(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::XOR, |a, b| number::XOR.apply_in_place(a, b))
}

/// `a | b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Or(a: Arg, b: Arg) -> *mut PyObject {
    operate(a, b, &number::OR, |a, b| number::OR.apply(a, b))
}

/// `a |= b`, where `a` may change itself. See [`PyNumber_Or`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlaceOr(a: Arg, b: Arg) -> *mut PyObject {
    operate_in_place(a, b, &number::OR, |a, b| number::OR.apply_in_place(a, b))
}

/// The operands of a power; NULL, with which CPython would crash, is a SystemError.
fn raise_to(operands: [Arg; 3], operation: fn([Obj<'_>; 3]) -> Result<Ref>) -> *mut PyObject {
    let [a, b, c] = operands.map(object_argument);
    a.and_then(|a| operation([a, b?, c?])).into_c()
}

/// `pow(a, b, c)`, or `a ** b` if `c` is `None`: a new reference, or NULL with TypeError for operands without this operator, the
/// error of the operation, or SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Power(a: Arg, b: Arg, c: Arg) -> *mut PyObject {
    raise_to([a, b, c], number::power)
}

/// `a **= b`, where `a` may change itself. See [`PyNumber_Power`].
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_InPlacePower(a: Arg, b: Arg, c: Arg) -> *mut PyObject {
    raise_to([a, b, c], number::power_in_place)
}

/// The object as text in base 2, 8, 10 or 16, with the prefix of the base: a new reference, or NULL with TypeError without
/// `__index__`, SystemError for another base or for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_ToBase(o: Arg, base: c_int) -> *mut PyObject {
    // The base is checked before the object.
    convert::base(base).and_then(|_| convert::to_base(object_argument(o)?, base)).into_c()
}
