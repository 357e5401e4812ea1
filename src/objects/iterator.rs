//! The common part of the built-in containers' iterators, and the iterator over an object that has only `sq_item`. The
//! steps of a container's iterators are beside the container.

use super::slots::{self, Owner};
use super::{class_defaults, int};
use crate::abi::*;
use crate::protocol::{iteration, mapping};
use crate::runtime::{Cells, Layout, Obj, Own, Ref, Result, Type, View, gc, instance, known};
use core::cell::Cell;
use core::ffi::CStr;
use core::marker::PhantomData;
use core::mem::offset_of;

/// An iterator over a container, by position. The fields are cells, because a step can run code that calls the iterator
/// again.
#[repr(C)]
#[derive(Debug)]
pub struct Iterator {
    ob_base: PyObject,
    /// The position from which the next item is searched.
    pub position: Cell<usize>,
    /// The container; NULL once it is exhausted.
    container: Cell<*mut PyObject>,
    /// The number of items of a dict at the start.
    pub length: Cell<usize>,
    /// The number of a dict's items that are still to come. Iterators over other containers don't use it.
    pub remaining: Cell<usize>,
}

// SAFETY: only `new` below makes objects whose type has this `tp_dealloc`.
unsafe impl Layout for Iterator {
    fn check(o: Obj<'_>) -> bool {
        let [own, ours] = [o.class().fields().tp_dealloc, slots::dealloc::<Iterator>()];
        own.zip(ours).is_some_and(|(own, ours)| core::ptr::fn_addr_eq(own, ours))
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for Iterator {}

// SAFETY: an iterator owns its container.
unsafe impl Owner for Iterator {
    const FIELDS: &'static [usize] = &[offset_of!(Iterator, container)];
}

/// The steps of an iteration over the items of a kind of container.
///
/// # Safety
/// Before a step ends the iteration or runs code of the program, it takes a reference to the container, unless it does
/// not use the container any more. The end of the iteration drops the iterator's own reference. Code of the program may
/// advance the same iterator to its end.
pub unsafe trait Steps: 'static {
    /// The layout of the container.
    type Container: Layout;

    /// Whether the iterators tell how many items are left.
    const HAS_HINT: bool = true;

    /// The number of items that are still to come; `None` when the container does not know its length.
    fn left(at: &Iterator, container: View<'_, Self::Container>) -> Result<Option<usize>>;

    /// The item at or after the iterator's position, and the position after it; `None` at the end.
    fn step(at: &Iterator, container: View<'_, Self::Container>) -> Result<Option<(Ref, usize)>>;
}

/// The type of iterators with these steps.
pub const fn type_of<S: Steps>(name: &'static CStr) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<Iterator>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Iterator>(),
        tp_traverse: slots::traverse::<Iterator>(),
        tp_iter: class_defaults::ITSELF,
        tp_iternext: slots::unary(advance::<S>),
        tp_methods: if S::HAS_HINT {
            core::ptr::from_ref(&Methods::<S>::ROWS).cast_mut().cast()
        } else {
            core::ptr::null_mut()
        },
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

/// The handle of a type of iterators with these steps.
#[derive(Debug)]
pub struct Class<S>(Type<'static>, PhantomData<fn() -> S>);

impl<S: Steps> Class<S> {
    /// The handle of a type.
    ///
    /// # Safety
    /// The type was made by [`type_of`] for the same steps.
    pub const unsafe fn of(class: Type<'static>) -> Self {
        Class(class, PhantomData)
    }
}

/// The methods of iterators with these steps.
struct Methods<S>(PhantomData<fn() -> S>);

impl<S: Steps> Methods<S> {
    const ROWS: [PyMethodDef; 2] = [slots::method_noargs(c"__length_hint__", hint::<S>), PyMethodDef::END];
}

/// `__length_hint__`: the number of items that are still to come.
fn hint<S: Steps>(iterator: View<'_, Iterator>) -> Result<Ref> {
    let fields = iterator.cells();
    let left = match container_of::<S>(fields) {
        Some(container) => S::left(fields, container.borrow())?,
        None => Some(0),
    };
    left.map_or_else(|| Ok(known::NOT_IMPLEMENTED.to_ref()), |left| int::from_i64(left as i64))
}

/// A new reference to the container; `None` once the iteration has ended.
fn container_of<S: Steps>(iterator: &Iterator) -> Option<Own<S::Container>> {
    // SAFETY: the container is NULL or a reference that the iterator owns. It has the layout, since `new` puts one of
    // that layout into an iterator whose class has these steps.
    unsafe { Obj::from_ptr(iterator.container.get()).map(|o| View::new_unchecked(o).to_own()) }
}

/// Advances an iterator. At the end it drops the container, and stays at the end.
fn advance<S: Steps>(iterator: View<'_, Iterator>) -> Result<Option<Ref>> {
    let fields = iterator.cells();
    // SAFETY: the container is NULL or a reference that the iterator owns. It has the layout, since `new` puts one of
    // that layout into an iterator whose class has these steps.
    let container = unsafe { Obj::from_ptr(fields.container.get()).map(|o| View::new_unchecked(o)) };
    let Some(container) = container else { return Ok(None) };
    match S::step(fields, container)? {
        Some((item, position)) => {
            fields.position.set(position);
            Ok(Some(item))
        }
        None => {
            finish(fields);
            Ok(None)
        }
    }
}

/// Ends the iteration: drops the iterator's reference to its container.
#[cold]
#[inline(never)]
pub(super) fn finish(iterator: &Iterator) {
    // SAFETY: the iterator owned the reference, and no longer has it.
    drop(unsafe { Ref::from_ptr(iterator.container.replace(core::ptr::null_mut())) });
}

/// A new iterator over a container; the length is for the steps to use.
pub fn new<S: Steps>(class: Class<S>, container: View<'_, S::Container>, length: usize) -> Result<Ref> {
    let o = instance::allocate(class.0, 0)?;
    // SAFETY: a new instance of this layout, as `type_of` has given the class its size.
    unsafe {
        let fields = o.cast::<Iterator>().as_ref();
        fields.container.set(container.to_ref().into_ptr());
        fields.length.set(length);
        fields.remaining.set(length);
        let iterator = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(iterator.borrow());
        Ok(iterator)
    }
}

/// The steps over an object that has only `sq_item`.
enum Sequence {}

static_type! {
    /// Iterators over objects that have only `sq_item`.
    pub PySeqIter_Type as SEQUENCE_ITERATOR = type_of::<Sequence>(c"iterator")
}

// SAFETY: the type is declared above, with these steps.
const SEQUENCES: Class<Sequence> = unsafe { Class::of(SEQUENCE_ITERATOR) };

// SAFETY: the step takes a reference to the container before it runs the code of `sq_item`.
unsafe impl Steps for Sequence {
    type Container = PyObject;

    fn step(at: &Iterator, container: View<'_, PyObject>) -> Result<Option<(Ref, usize)>> {
        let container = container.to_own();
        Ok(iteration::at_position(container.as_obj(), at.position.get())?.map(|item| (item, at.position.get() + 1)))
    }

    fn left(at: &Iterator, container: View<'_, PyObject>) -> Result<Option<usize>> {
        if !mapping::has_length(*container) {
            return Ok(None);
        }
        Ok(Some(mapping::len(*container)?.unsigned_abs().saturating_sub(at.position.get())))
    }
}

/// An iterator over an object; TypeError when it is not iterable (CPython: `PyObject_GetIter`).
pub fn of(o: Obj<'_>) -> Result<Ref> {
    iteration::own(o)?.map_or_else(|| by_position(o), Ok)
}

/// An iterator that gives the items of an object by number (CPython: `PySeqIter_New`).
pub fn by_position(o: Obj<'_>) -> Result<Ref> {
    new(SEQUENCES, o.as_view(), 0)
}
