//! The call of a slot as a method, with typed parts. Here, and nowhere else, the pointer that C passes beside a wrapper
//! becomes a function, and is called.

use crate::abi::*;
use crate::objects::slots::passed;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, memoryview};
use crate::runtime::{IntoC, Obj, Ref, Result, View, error, raise};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

type Raw = *mut PyObject;

/// The call of a slot as a method. `F` is the kind of slot: one of the types below, which hold the slot's function.
pub(super) struct Call<'a, F> {
    /// The object whose method is called. Its class has the slot.
    pub this: Obj<'a>,
    /// The arguments by position.
    pub arguments: Tuple<'a>,
    /// The dict of keyword arguments, if there are any.
    pub keywords: Option<Obj<'a>>,
    function: F,
}

/// A slot of one object that returns an object.
#[derive(Clone, Copy)]
pub(super) struct Unary(unsafe extern "C" fn(Raw) -> Raw);
/// A slot of an object and another of any type that returns an object.
#[derive(Clone, Copy)]
pub(super) struct Binary(unsafe extern "C" fn(Raw, Raw) -> Raw);
/// A slot of an operator, which tells itself which operand is of its type.
#[derive(Clone, Copy)]
pub(super) struct Operator(unsafe extern "C" fn(Raw, Raw) -> Raw);
/// A slot of a power, which tells itself which operand is of its type.
#[derive(Clone, Copy)]
pub(super) struct Power(unsafe extern "C" fn(Raw, Raw, Raw) -> Raw);
/// A slot that answers a question.
#[derive(Clone, Copy)]
pub(super) struct Predicate(unsafe extern "C" fn(Raw) -> c_int);
/// A slot that returns a length or a hash.
#[derive(Clone, Copy)]
pub(super) struct Sized(unsafe extern "C" fn(Raw) -> isize);
/// A slot of an object and a number.
#[derive(Clone, Copy)]
pub(super) struct Indexed(unsafe extern "C" fn(Raw, isize) -> Raw);
/// A slot that assigns at an index, or deletes.
#[derive(Clone, Copy)]
pub(super) struct AssignIndexed(unsafe extern "C" fn(Raw, isize, Raw) -> c_int);
/// A slot that tells whether an object is contained.
#[derive(Clone, Copy)]
pub(super) struct Contains(unsafe extern "C" fn(Raw, Raw) -> c_int);
/// A slot that assigns under a key or a name or for an instance, or deletes.
#[derive(Clone, Copy)]
pub(super) struct Assign(unsafe extern "C" fn(Raw, Raw, Raw) -> c_int);
/// `tp_richcompare`
#[derive(Clone, Copy)]
pub(super) struct Compare(unsafe extern "C" fn(Raw, Raw, c_int) -> Raw);
/// `tp_descr_get`
#[derive(Clone, Copy)]
pub(super) struct Describe(unsafe extern "C" fn(Raw, Raw, Raw) -> Raw);
/// `tp_call`
#[derive(Clone, Copy)]
pub(super) struct Called(unsafe extern "C" fn(Raw, Raw, Raw) -> Raw);
/// `tp_init`
#[derive(Clone, Copy)]
pub(super) struct Init(unsafe extern "C" fn(Raw, Raw, Raw) -> c_int);
/// `tp_finalize`
#[derive(Clone, Copy)]
pub(super) struct Finalize(unsafe extern "C" fn(Raw));

/// `bf_getbuffer`
#[derive(Clone, Copy)]
pub(super) struct Export(unsafe extern "C" fn(Raw, *mut Py_buffer, c_int) -> c_int);

/// A function that C calls with an object, a tuple of arguments and the function in a slot.
pub(super) type Plain = unsafe extern "C" fn(Raw, Raw, *mut c_void) -> Raw;
/// [`Plain`] with a dict of keyword arguments, or NULL.
pub(super) type WithKeywords = unsafe extern "C" fn(Raw, Raw, *mut c_void, Raw) -> Raw;

/// The C function that calls a slot of the kind `F` by a method, which captures nothing.
pub(super) const fn plain<F: Copy, R, M>(_: M) -> Plain
where
    M: Fn(Call<'_, F>) -> R + Copy,
    R: IntoC<C = Raw>,
{
    unsafe extern "C" fn wrapper<F: Copy, R: IntoC<C = Raw>, M: Fn(Call<'_, F>) -> R + Copy>(
        o: Raw,
        arguments: Raw,
        slot: *mut c_void,
    ) -> Raw {
        // SAFETY: `plain` was called with the method. The table of wrappers names it for slots of the kind `F`, and C
        // calls it with such a slot, an object whose class has it, and a tuple.
        unsafe { passed::<M>()(Call::new(o, arguments, slot, null_mut())).into_c() }
    }
    wrapper::<F, R, M>
}

/// Works as [`plain`], for a method with keyword arguments.
pub(super) const fn with_keywords<F: Copy, R, M>(_: M) -> WithKeywords
where
    M: Fn(Call<'_, F>) -> R + Copy,
    R: IntoC<C = Raw>,
{
    unsafe extern "C" fn wrapper<F: Copy, R: IntoC<C = Raw>, M: Fn(Call<'_, F>) -> R + Copy>(
        o: Raw,
        arguments: Raw,
        slot: *mut c_void,
        keywords: Raw,
    ) -> Raw {
        // SAFETY: `with_keywords` was called with the method. The table of wrappers names it for slots of the kind `F`,
        // and C calls it with such a slot, an object whose class has it, a tuple, and a dict or NULL.
        unsafe { passed::<M>()(Call::new(o, arguments, slot, keywords)).into_c() }
    }
    wrapper::<F, R, M>
}

impl<'a, F: Copy> Call<'a, F> {
    /// # Safety
    /// `this` is an object, `arguments` a tuple, and `keywords` a dict or NULL. `slot` is a function of the kind `F`,
    /// in a slot of the object's class.
    unsafe fn new(this: Raw, arguments: Raw, slot: *mut c_void, keywords: Raw) -> Self {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
        // SAFETY: C keeps the object and its arguments alive for the length of the call. An `F` is a struct of one
        // function, so its bytes are those of a pointer that is a function of this kind.
        unsafe {
            Call {
                this: Obj::from_ptr_unchecked(this),
                arguments: View::new_unchecked(Obj::from_ptr_unchecked(arguments)),
                keywords: Obj::from_ptr(keywords),
                function: core::mem::transmute_copy(&slot),
            }
        }
    }

    /// The arguments.
    pub fn items(&self) -> &'a [Obj<'a>] {
        tuple::items(self.arguments)
    }

    /// This many arguments.
    pub fn exactly<const N: usize>(&self) -> Result<[Obj<'a>; N]> {
        let given = self.items();
        given.try_into().map_err(|_| {
            let plural = if N == 1 { "" } else { "s" };
            raise!(TypeError, "expected {N} argument{plural}, got {}", given.len())
        })
    }

    /// Two arguments of the method `name`.
    pub fn pair(&self, name: &str) -> Result<[Obj<'a>; 2]> {
        arguments::between(name, self.items().len(), 2, 2)?;
        self.exactly()
    }
}

/// The error of a slot that returned -1.
fn check(answer: isize) -> Result<isize> {
    match error::pending() {
        Some(raised) if answer == -1 => Err(raised),
        _ => Ok(answer),
    }
}

/// An object as a slot takes it; NULL for none.
fn raw(o: Option<Obj<'_>>) -> Raw {
    o.map_or(null_mut(), Obj::as_ptr)
}

// The `slot` of each kind of call below is sound by the promises to `Call::new`: the function is of this kind, and in a
// slot of the object's class. One that returns an object returns a new reference or NULL.

impl Call<'_, Unary> {
    /// Calls the slot.
    pub fn slot(&self) -> Option<Ref> {
        // SAFETY: the slot is that of the object's class, takes the object alone, and returns a new reference or NULL.
        unsafe { Ref::from_ptr((self.function.0)(self.this.as_ptr())) }
    }
}

impl Call<'_, Binary> {
    /// Calls the slot.
    pub fn slot(&self, other: Obj<'_>) -> Option<Ref> {
        // SAFETY: the slot is that of the object's class, and takes any other object.
        unsafe { Ref::from_ptr((self.function.0)(self.this.as_ptr(), other.as_ptr())) }
    }
}

impl Call<'_, Operator> {
    /// Calls the slot with both operands, one of which is the object.
    pub fn slot(&self, left: Obj<'_>, right: Obj<'_>) -> Option<Ref> {
        // SAFETY: the slot of an operator is called with either operand, so it asks both for their types.
        unsafe { Ref::from_ptr((self.function.0)(left.as_ptr(), right.as_ptr())) }
    }
}

impl Call<'_, Power> {
    /// Calls the slot with both operands, one of which is the object, and the modulus.
    pub fn slot(&self, base: Obj<'_>, exponent: Obj<'_>, modulus: Obj<'_>) -> Option<Ref> {
        // SAFETY: the slot of a power is called with any of the three, so it asks all for their types.
        unsafe { Ref::from_ptr((self.function.0)(base.as_ptr(), exponent.as_ptr(), modulus.as_ptr())) }
    }
}

impl Call<'_, Predicate> {
    /// Calls the slot.
    pub fn slot(&self) -> Result<bool> {
        // SAFETY: the slot is that of the object's class, and takes the object alone.
        check(unsafe { (self.function.0)(self.this.as_ptr()) } as isize).map(|answer| answer != 0)
    }
}

impl Call<'_, Sized> {
    /// Calls the slot.
    pub fn slot(&self) -> Result<isize> {
        // SAFETY: the slot is that of the object's class, and takes the object alone.
        check(unsafe { (self.function.0)(self.this.as_ptr()) })
    }
}

impl Call<'_, Indexed> {
    /// Calls the slot.
    pub fn slot(&self, index: isize) -> Option<Ref> {
        // SAFETY: the slot is that of the object's class, and refuses an index that is outside.
        unsafe { Ref::from_ptr((self.function.0)(self.this.as_ptr(), index)) }
    }
}

impl Call<'_, AssignIndexed> {
    /// Calls the slot, which deletes without a value.
    pub fn slot(&self, index: isize, value: Option<Obj<'_>>) -> Result<()> {
        // SAFETY: the slot is that of the object's class, refuses an index that is outside, and takes NULL for
        // "delete".
        check(unsafe { (self.function.0)(self.this.as_ptr(), index, raw(value)) } as isize).map(drop)
    }
}

impl Call<'_, Contains> {
    /// Calls the slot.
    pub fn slot(&self, part: Obj<'_>) -> Result<bool> {
        // SAFETY: the slot is that of the object's class, and takes any other object.
        check(unsafe { (self.function.0)(self.this.as_ptr(), part.as_ptr()) } as isize).map(|answer| answer != 0)
    }
}

impl Call<'_, Assign> {
    /// Calls the slot, which deletes without a value.
    pub fn slot(&self, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
        // SAFETY: the slot is that of the object's class, takes any key, and takes NULL for "delete".
        check(unsafe { (self.function.0)(self.this.as_ptr(), key.as_ptr(), raw(value)) } as isize).map(drop)
    }

    /// The address of the function in the slot.
    pub fn address(&self) -> *mut c_void {
        self.function.0 as *mut c_void
    }
}

impl Call<'_, Compare> {
    /// Calls the slot.
    pub fn slot(&self, other: Obj<'_>, op: c_int) -> Option<Ref> {
        // SAFETY: the slot is that of the object's class, and takes any other object.
        unsafe { Ref::from_ptr((self.function.0)(self.this.as_ptr(), other.as_ptr(), op)) }
    }
}

impl Call<'_, Describe> {
    /// Calls the slot for an instance, for its owner, or for both.
    pub fn slot(&self, instance: Option<Obj<'_>>, owner: Option<Obj<'_>>) -> Option<Ref> {
        // SAFETY: the slot is that of the object's class, and takes NULL for one that is missing.
        unsafe { Ref::from_ptr((self.function.0)(self.this.as_ptr(), raw(instance), raw(owner))) }
    }
}

impl Call<'_, Called> {
    /// Calls the slot with all arguments.
    pub fn slot(&self) -> Option<Ref> {
        // SAFETY: the slot is that of the object's class, and takes a tuple, and a dict or NULL.
        unsafe { Ref::from_ptr((self.function.0)(self.this.as_ptr(), self.arguments.as_ptr(), raw(self.keywords))) }
    }
}

impl Call<'_, Init> {
    /// Calls the slot with all arguments, and returns whether it succeeded.
    pub fn slot(&self) -> bool {
        // SAFETY: the slot is that of the object's class, and takes a tuple, and a dict or NULL.
        unsafe { (self.function.0)(self.this.as_ptr(), self.arguments.as_ptr(), raw(self.keywords)) >= 0 }
    }
}

impl Call<'_, Export> {
    /// A memory view of the buffer that the slot gives.
    pub fn slot(&self, flags: c_int) -> Result<Ref> {
        // SAFETY: the slot is that of the object's class.
        unsafe { memoryview::by_slot(self.this, Some(self.function.0), flags) }
    }
}

impl Call<'_, Finalize> {
    /// Calls the slot.
    pub fn slot(&self) {
        // SAFETY: the slot is that of the object's class, and takes an object that still lives.
        unsafe { (self.function.0)(self.this.as_ptr()) }
    }
}
