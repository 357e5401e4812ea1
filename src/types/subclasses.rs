//! The classes that are made from a class directly (CPython: `tp_subclasses`), so that a change of a class reaches
//! them.
//!
//! The field holds the address of a list of this file. The list owns no references: a class leaves the lists of its
//! bases before it is destroyed.

use super::mro;
use crate::abi::*;
use crate::objects::list;
use crate::objects::tuple::Tuple;
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Own, Result, Type};
use core::ffi::c_void;
use core::ptr::NonNull;

/// The classes of one list, in the order in which they were made.
type Classes = Array<NonNull<PyTypeObject>>;

/// Guards all lists, because classes of different threads may have the same base.
static LISTS: Lock<()> = Lock::new(());

/// The list of a class; `None` before it has subclasses.
///
/// # Safety
/// The lock is held, and for as long as the list is used.
unsafe fn classes_of<'a>(class: Type<'_>) -> Option<&'a mut Classes> {
    // SAFETY: this file alone writes the field, under the lock, which is held: it is NULL or the address of a list.
    unsafe { (*class.as_ptr()).tp_subclasses.cast::<Classes>().as_mut() }
}

/// Records a class in the lists of its bases, which do not have it: they are not searched for it, since that would take
/// longer for each class that is made. On failure none of them has it.
pub(super) fn add(class: Type<'_>, bases: Tuple<'_>) -> Result<()> {
    mro::types(bases).try_for_each(|base| add_to(base, class)).inspect_err(|_| remove(class, bases))
}

fn add_to(base: Type<'_>, class: Type<'_>) -> Result<()> {
    let _guard = LISTS.hold();
    let Some(own) = NonNull::new(class.as_ptr()) else { return Ok(()) };
    // SAFETY: the lock is held while the list is used.
    if let Some(classes) = unsafe { classes_of(base) } {
        return memory::push(classes, own);
    }
    let mut classes = Array::new_in(Malloc);
    memory::push(&mut classes, own)?;
    let block = memory::allocate(size_of::<Classes>()).ok_or_else(memory::out_of_memory)?.cast::<Classes>();
    // SAFETY: the block has room for a list, and the lock is held while the field is written.
    unsafe {
        block.write(classes);
        (*base.as_ptr()).tp_subclasses = block.as_ptr().cast::<c_void>();
    }
    Ok(())
}

/// Removes a class from the lists of these bases.
pub(super) fn remove(class: Type<'_>, bases: Tuple<'_>) {
    let _guard = LISTS.hold();
    for base in mro::types(bases) {
        // SAFETY: the lock is held while the list is used.
        let Some(classes) = (unsafe { classes_of(base) }) else { continue };
        // The search begins at the end, where the youngest classes are.
        if let Some(at) = classes.iter().rposition(|other| other.as_ptr() == class.as_ptr()) {
            classes.remove(at);
        }
    }
}

/// Frees the list of a class that is destroyed.
pub(super) fn drop_list(class: Type<'_>) {
    let _guard = LISTS.hold();
    // SAFETY: the lock is held. The list is this file's, and the field forgets it before its memory goes.
    unsafe {
        let list = core::mem::replace(&mut (*class.as_ptr()).tp_subclasses, core::ptr::null_mut()).cast::<Classes>();
        if !list.is_null() {
            list.drop_in_place();
            memory::free(list.cast());
        }
    }
}

/// Calls a function with each direct subclass. The function may change the lists: later calls see the change.
pub fn each(class: Type<'_>, mut work: impl FnMut(Type<'_>)) {
    let mut index = 0;
    while let Some(subclass) = nth(class, index) {
        work(subclass);
        index += 1;
    }
}

fn nth<'a>(class: Type<'a>, index: usize) -> Option<Type<'a>> {
    let _guard = LISTS.hold();
    // SAFETY: the lock is held while the list is used. A class in the list is alive: it leaves the list before it is
    // destroyed.
    unsafe { classes_of(class)?.get(index).map(|class| Type::from_ptr_unchecked(class.as_ptr())) }
}

/// A new list of the direct subclasses (CPython: `type.__subclasses__`).
pub fn to_list(class: Type<'_>) -> Result<Own<PyListObject>> {
    let all = list::new()?;
    let mut done = Ok(());
    each(class, |subclass| {
        if done.is_ok() {
            done = list::append(all.borrow(), subclass.as_obj());
        }
    });
    done.map(|()| all)
}
