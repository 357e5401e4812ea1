//! `object`: what every type does unless it says otherwise, and the functions that ask an object's type.

use super::{class_defaults, constants, dict, str, tuple};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, Type, error, gc, instance, raise, stack};
use crate::types::class;
use core::cmp::Ordering;
use core::ffi::c_int;
use core::sync::atomic::{AtomicIsize, Ordering::Relaxed};

static_type! {
    /// `object`: the base of every type.
    pub PyBaseObject_Type as OBJECT {
        tp_name: c"object".as_ptr(),
        tp_base: core::ptr::null_mut(),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE,
        tp_getset: (&raw mut GETSET).cast(),
        tp_new: Some(new_slot),
    }
}

static mut GETSET: [PyGetSetDef; 2] = [getset!(c"__class__", get_class, set_class), PyGetSetDef::END];

fn get_class(o: Obj<'_>) -> Result<Ref> {
    Ok(o.class().as_obj().to_ref())
}

/// No class here is of the kind whose instances could change theirs.
fn set_class(_: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    Err(match value {
        None => raise!(TypeError, "can't delete __class__ attribute"),
        Some(value) if value.as_type().is_none() => {
            raise!(TypeError, "__class__ must be set to a class, not '{}' object", value.class().name())
        }
        Some(_) => raise!(TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses"),
    })
}

/// `object()`: something with an identity.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if tuple::len(args) > 0 || keywords.is_some_and(|keywords| dict::len(keywords) > 0) {
        return Err(raise!(TypeError, "{}() takes no arguments", class.short_name()));
    }
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new object, to which this is the only reference.
    unsafe { Ok(Ref::from_ptr_unchecked(o.as_ptr())) }
}
new_slot!(new_slot = new);

/// `tp_dealloc` of a type whose instances own nothing.
///
/// # Safety
/// `o` is an object nobody refers to any more.
pub unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: by the slot's contract; untracked before its memory goes.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        if gc::is_gc(this) {
            gc::untrack(this);
        }
        instance::free(core::ptr::NonNull::new_unchecked(o));
    }
}

/// `<NAME object at 0x…>`, with the class's module before its name unless that is `builtins`.
fn plain_repr(o: Obj<'_>) -> Result<Ref> {
    let mut text = str::Builder::new();
    text.push_str("<")?;
    text.push_object(class::shown_name(o.class())?.borrow())?;
    text.push_format(format_args!(" object at {:p}>", o.as_ptr()))?;
    text.finish()
}

macro_rules! public_slot {
    ($(#[$doc:meta])* $slot:ident($($argument:ident),+) -> $result:ty = $function:path) => {
        $(#[$doc])*
        ///
        /// # Safety
        /// The arguments are live objects.
        pub unsafe extern "C" fn $slot($($argument: *mut PyObject),+) -> $result {
            // SAFETY: the slot's contract.
            unsafe { $function($(Obj::from_ptr_unchecked($argument)),+).into_c() }
        }
    };
}

public_slot! {
    /// `tp_repr` of `object`.
    repr_slot(o) -> *mut PyObject = plain_repr
}
public_slot! {
    /// `tp_str` of `object`: the repr.
    str_slot(o) -> *mut PyObject = repr
}
public_slot! {
    /// `tp_hash` of `object`: the address.
    hash_slot(o) -> Py_hash_t = address_hash
}

/// The hash of an identity: the address with its low bits, which are always zero, moved to the top.
fn address_hash(o: Obj<'_>) -> Result<isize> {
    Ok(hash_of_pointer(o.as_ptr().cast()))
}

/// A pointer as a hash (CPython: `Py_HashPointer`).
pub fn hash_of_pointer(pointer: *const core::ffi::c_void) -> isize {
    match (pointer as usize).rotate_right(4) as isize {
        -1 => -2,
        hash => hash,
    }
}

/// `tp_richcompare` of `object`: equal when identical, no order.
///
/// # Safety
/// Both are live objects.
pub unsafe extern "C" fn richcompare_slot(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: the slot's contract; `!=` asks the same type's `==`.
    unsafe {
        let (this, other) = (Obj::from_ptr_unchecked(a), Obj::from_ptr_unchecked(b));
        match op {
            Py_EQ if this.is(other) => constants::TRUE.to_ref().into_ptr(),
            Py_NE => {
                let Some(compare) = this.class().fields().tp_richcompare else {
                    return constants::NOT_IMPLEMENTED.to_ref().into_ptr();
                };
                let Some(equal) = Ref::from_ptr(compare(a, b, Py_EQ)) else { return core::ptr::null_mut() };
                if equal.borrow().is(constants::NOT_IMPLEMENTED) {
                    return equal.into_ptr();
                }
                truth(equal.borrow()).map(|equal| constants::bool(!equal).to_ref()).into_c()
            }
            _ => constants::NOT_IMPLEMENTED.to_ref().into_ptr(),
        }
    }
}

/// `repr(o)` as a new reference to a `str`.
pub fn repr(o: Obj<'_>) -> Result<Ref> {
    stack::enter(" while getting the repr of an object")?;
    let Some(slot) = o.class().fields().tp_repr else { return plain_repr(o) };
    // SAFETY: a slot of the object's own type.
    let text = unsafe { Ref::from_ptr(slot(o.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__repr__"))?;
    require_str(text, "__repr__")
}

/// `ascii(o)`: the repr, with escapes for all that is not ASCII.
pub fn ascii(o: Obj<'_>) -> Result<Ref> {
    let shown = repr(o)?;
    let points = str::points(shown.borrow());
    if matches!(points, str::Points::Ascii(_)) {
        return Ok(shown);
    }
    let mut text = str::Builder::new();
    points.iter().try_for_each(|point| match point {
        0..0x80 => text.push(point),
        _ => text.push_escape(point),
    })?;
    text.finish()
}

/// `str(o)` as a new reference to a `str`.
pub fn to_str(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(str::STR) {
        return Ok(o.to_ref());
    }
    stack::enter(" while getting the str of an object")?;
    let Some(slot) = o.class().fields().tp_str else { return repr(o) };
    // SAFETY: a slot of the object's own type.
    let text = unsafe { Ref::from_ptr(slot(o.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__str__"))?;
    require_str(text, "__str__")
}

fn require_str(text: Ref, method: &str) -> Result<Ref> {
    if text.borrow().has_flag(Py_TPFLAGS_UNICODE_SUBCLASS) {
        return Ok(text);
    }
    let class = text.borrow().class();
    Err(raise!(TypeError, "{method} returned non-string (type {})", class.name()))
}

/// A hash that an object keeps once it is computed: -1 in its field until then. Threads may ask at the same time.
///
/// # Safety
/// `field` is that field of a live object.
pub(super) unsafe fn remembered_hash(field: *mut Py_hash_t, compute: impl FnOnce() -> isize) -> isize {
    // SAFETY: the caller's promise; the field is written nowhere else once the object is handed out.
    let field = unsafe { AtomicIsize::from_ptr(field) };
    match field.load(Relaxed) {
        -1 => {
            let hash = compute();
            field.store(hash, Relaxed);
            hash
        }
        hash => hash,
    }
}

/// TypeError: the object has no hash (CPython: `PyObject_HashNotImplemented`).
pub fn no_hash(o: Obj<'_>) -> Result<isize> {
    Err(raise!(TypeError, "unhashable type: '{}'", o.class().name()))
}

/// `hash(o)`; TypeError for what has none.
pub fn hash(o: Obj<'_>) -> Result<isize> {
    let Some(slot) = o.class().fields().tp_hash else { return no_hash(o) };
    // SAFETY: a slot of the object's own type.
    match unsafe { slot(o.as_ptr()) } {
        -1 => Err(error::fetched_from_c("__hash__")),
        hash => Ok(hash),
    }
}

/// `bool(o)`.
pub fn truth(o: Obj<'_>) -> Result<bool> {
    if o.is(constants::TRUE) {
        return Ok(true);
    }
    if o.is(constants::FALSE) || o.is(constants::NONE) {
        return Ok(false);
    }
    let fields = o.class().fields();
    // SAFETY: the suites are NULL or whole, and their slots are of the object's own type.
    let answer = unsafe {
        if let Some(nb_bool) = fields.tp_as_number.as_ref().and_then(|suite| suite.nb_bool) {
            nb_bool(o.as_ptr()) as isize
        } else if let Some(mp_length) = fields.tp_as_mapping.as_ref().and_then(|suite| suite.mp_length) {
            mp_length(o.as_ptr())
        } else if let Some(sq_length) = fields.tp_as_sequence.as_ref().and_then(|suite| suite.sq_length) {
            sq_length(o.as_ptr())
        } else {
            1
        }
    };
    if answer < 0 { Err(error::fetched_from_c("__bool__")) } else { Ok(answer > 0) }
}

/// One of the six comparisons, as a new reference to whatever the types answer.
///
/// The right operand's type goes first when it is a proper subtype; then the left, then the right; `==` and `!=` fall
/// back on identity, an order is a TypeError.
pub fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    stack::enter(" in comparison")?;
    const SWAPPED: [c_int; 6] = [Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE];
    const SIGNS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];
    let Some(&swapped) = usize::try_from(op).ok().and_then(|op| SWAPPED.get(op)) else {
        return Err(raise!(SystemError, "bad internal call"));
    };
    let ask = |x: Obj<'_>, y: Obj<'_>, op| -> Result<Option<Ref>> {
        let Some(slot) = x.class().fields().tp_richcompare else { return Ok(None) };
        // SAFETY: a slot of the first operand's own type.
        let answer = unsafe { Ref::from_ptr(slot(x.as_ptr(), y.as_ptr(), op)) }
            .ok_or_else(|| error::fetched_from_c("__eq__"))?;
        Ok((!answer.borrow().is(constants::NOT_IMPLEMENTED)).then_some(answer))
    };
    let right_first = a.class() != b.class() && b.class().is_subtype(a.class());
    if right_first && let Some(answer) = ask(b, a, swapped)? {
        return Ok(answer);
    }
    if let Some(answer) = ask(a, b, op)? {
        return Ok(answer);
    }
    if !right_first && let Some(answer) = ask(b, a, swapped)? {
        return Ok(answer);
    }
    match op {
        Py_EQ => Ok(constants::bool(a.is(b)).to_ref()),
        Py_NE => Ok(constants::bool(!a.is(b)).to_ref()),
        _ => Err(raise!(
            TypeError,
            "'{}' not supported between instances of '{}' and '{}'",
            SIGNS[op as usize],
            a.class().name(),
            b.class().name()
        )),
    }
}

/// One of the six comparisons as a truth value; an object is equal to itself without being asked.
pub fn compare_as_bool(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<bool> {
    if a.is(b) && matches!(op, Py_EQ | Py_NE) {
        return Ok(op == Py_EQ);
    }
    let answer = compare(a, b, op)?;
    truth(answer.borrow())
}

/// What a comparison answers when it finds this order: `NotImplemented` when the types can't be compared (`None`), and
/// nothing but `!=` holds between values that have no order (`Some(None)`: NaN).
pub fn answer(op: c_int, order: Option<Option<Ordering>>) -> Obj<'static> {
    let Some(order) = order else { return constants::NOT_IMPLEMENTED };
    constants::bool(match op {
        Py_EQ => order == Some(Ordering::Equal),
        Py_NE => order != Some(Ordering::Equal),
        Py_LT => order.is_some_and(Ordering::is_lt),
        Py_LE => order.is_some_and(Ordering::is_le),
        Py_GT => order.is_some_and(Ordering::is_gt),
        _ => order.is_some_and(Ordering::is_ge),
    })
}

/// `a == b` as a truth value; identical objects are equal without being asked.
pub fn equal(a: Obj<'_>, b: Obj<'_>) -> Result<bool> {
    compare_as_bool(a, b, Py_EQ)
}

/// SystemError: a function that works on one type was handed something else, or a value no caller may give. CPython
/// names the line of its source here, we the function.
#[cold]
pub fn bad_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function}: bad argument to internal function")
}

/// SystemError: a function that works on all types was handed NULL, and says so.
#[cold]
pub fn null_error() -> Raised {
    raise!(SystemError, "null argument to internal routine")
}

/// SystemError: a function here was handed NULL where it needs an object. CPython would crash.
#[cold]
pub fn null_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function} called with a NULL argument")
}
