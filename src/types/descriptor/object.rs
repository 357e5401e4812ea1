//! Descriptor objects: the layout that all kinds share, and the object that an attribute is read from.

use crate::abi::*;
use crate::objects::slots::{self, Owner};
use crate::objects::str;
use crate::runtime::{Layout, Obj, Own, Raised, Ref, Result, Type, View, gc, instance, raise};
use core::ffi::CStr;
use core::mem::offset_of;

/// `Include/cpython/descrobject.h`: a descriptor, with the row that it represents. Those of methods and slots have one
/// field more.
#[repr(C)]
#[derive(Debug)]
pub struct Descriptor<R> {
    ob_base: PyObject,
    pub(super) d_type: *mut PyTypeObject,
    pub(super) d_name: *mut PyObject,
    pub(super) d_qualname: *mut PyObject,
    row: *mut R,
}

/// A borrowed reference to a descriptor of a kind of row.
pub(super) type DescriptorOf<'a, R> = View<'a, Descriptor<R>>;

/// A kind of descriptor: a row in a table of C, or a slot.
pub trait Row: Sized + 'static {
    /// The layout of the descriptors, which begins with [`Descriptor`].
    type Layout;

    /// The type of the descriptors.
    const KIND: Type<'static>;

    /// The repr's word for the kind.
    const SHOWN: &'static str;

    /// The value for an object of the class that the descriptor describes, or for a class.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref>;
}

// SAFETY: the objects of each kind's type are made by `new` for rows of that kind.
unsafe impl<R: Row> Layout for Descriptor<R> {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(R::KIND)
    }
}

// SAFETY: `new` makes the objects of the types with this `tp_dealloc`, and they begin with these fields whatever their
// rows are.
unsafe impl Layout for Descriptor<()> {
    fn check(o: Obj<'_>) -> bool {
        let destroys = |a: destructor, b: destructor| a.zip(b).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
        destroys(o.class().fields().tp_dealloc, slots::dealloc::<Self>())
    }
}

// SAFETY: a descriptor owns its class and its names.
unsafe impl Owner for Descriptor<()> {
    const FIELDS: &'static [usize] = &[
        offset_of!(Descriptor<()>, d_type),
        offset_of!(Descriptor<()>, d_name),
        offset_of!(Descriptor<()>, d_qualname),
    ];
}

/// A new descriptor of a row, for a class. The fields after those of [`Descriptor`] are zero.
///
/// # Safety
/// The row lives as long as the class.
pub(super) unsafe fn new<R: Row>(owner: Type<'_>, name: &CStr, row: *mut R) -> Result<Own<Descriptor<R>>> {
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    let o = instance::allocate(R::KIND, 0)?;
    // SAFETY: an instance of the kind has this layout, and no other code knows it yet.
    let descriptor: Own<Descriptor<R>> = unsafe {
        let fields = o.cast::<Descriptor<R>>().as_ptr();
        (*fields).d_type = owner.as_obj().to_ref().into_ptr().cast();
        (*fields).d_name = name.into_ptr();
        (*fields).row = row;
        Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()))
    };
    gc::track(descriptor.as_obj());
    Ok(descriptor)
}

/// The class that a descriptor describes, and the name of the attribute in it.
pub(super) fn parts<R>(descriptor: DescriptorOf<'_, R>) -> (Type<'_>, Obj<'_>) {
    let fields = descriptor.cast::<Descriptor<()>>();
    // SAFETY: every descriptor begins with these fields, and owns its class and its name.
    unsafe { (Type::from_ptr_unchecked((*fields).d_type), Obj::from_ptr_unchecked((*fields).d_name)) }
}

/// The row of a descriptor, which the class that it describes keeps.
#[inline(always)]
pub(super) fn row<'a, R>(descriptor: DescriptorOf<'a, R>) -> &'a R {
    // SAFETY: `new` puts a row of this kind there, from a table that lives as long as the class it is of, and so as the
    // descriptor.
    unsafe { &*(*descriptor.fields()).row }
}

/// The row of a descriptor for an object; TypeError for an object of a class that the descriptor does not describe.
#[inline(always)]
pub(super) fn row_for<'a, R>(descriptor: DescriptorOf<'a, R>, o: Obj<'_>) -> Result<&'a R> {
    let (owner, _) = parts(descriptor);
    if o.class() == owner || o.is_a(owner) { Ok(row(descriptor)) } else { Err(foreign(descriptor, o)) }
}

/// TypeError: the descriptor does not describe the class of the object.
#[cold]
fn foreign<R>(descriptor: DescriptorOf<'_, R>, o: Obj<'_>) -> Raised {
    let (owner, name) = parts(descriptor);
    let (name, own) = (str::as_text(name), o.class().name());
    raise!(TypeError, "descriptor '{name}' for '{}' objects doesn't apply to a '{own}' object", owner.name())
}

/// AttributeError: the attribute can't be read, or can't be written.
pub(super) fn refuse<R>(descriptor: DescriptorOf<'_, R>, what: &str) -> Raised {
    let (owner, name) = parts(descriptor);
    raise!(AttributeError, "attribute '{}' of '{}' objects is not {what}", str::as_text(name), owner.name())
}
