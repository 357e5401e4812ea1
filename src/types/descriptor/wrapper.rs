//! Slots as methods: the descriptor in a type's dict ('slot wrapper'), and the same bound to an object
//! ('method-wrapper').

use super::attributes::{self, type_of};
use super::object::{self, Descriptor, DescriptorOf, Row, parts, row, row_for};
use crate::abi::*;
use crate::objects::dict::{self, Dict};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, constants, function, str};
use crate::protocol::hash;
use crate::runtime::memory::Lossy;
use crate::runtime::{Layout, Obj, Ref, Result, Type, View, error, gc, instance, known, raise};
use crate::types::slots::wrappers;
use core::ffi::{CStr, c_int, c_void};
use core::mem::offset_of;

static_type! {
    /// Slots of a type as methods.
    pub PyWrapperDescr_Type as WRAPPER_DESCRIPTOR = PyTypeObject {
        tp_call: slots::call(call_descriptor),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_METHOD_DESCRIPTOR,
        ..type_of::<wrapperbase>(c"wrapper_descriptor", (&raw mut GETSETS).cast())
    }
}
static_type! {
    /// Slots as methods, bound to an object.
    static METHOD_WRAPPER_TYPE as METHOD_WRAPPER = PyTypeObject {
        tp_name: c"method-wrapper".as_ptr(),
        tp_basicsize: size_of::<Bound>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Bound>(),
        tp_repr: slots::unary(repr),
        tp_hash: slots::unary(hash_of),
        tp_call: slots::call(call_bound),
        tp_traverse: slots::traverse::<Bound>(),
        tp_richcompare: slots::compare(compare),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: (&raw mut BOUND_GETSETS).cast(),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

/// The descriptor of a slot (CPython: `PyWrapperDescrObject`).
#[repr(C)]
#[derive(Debug)]
pub struct WrapperDescriptor {
    common: Descriptor<wrapperbase>,
    /// The function in the slot.
    d_wrapped: *mut c_void,
}

/// A slot as a method, bound to an object.
#[repr(C)]
#[derive(Debug)]
pub struct Bound {
    ob_base: PyObject,
    descriptor: *mut PyObject,
    this: *mut PyObject,
}

type BoundWrapper<'a> = View<'a, Bound>;

// SAFETY: `bind` makes the objects of this type, which can't be subclassed.
unsafe impl Layout for Bound {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(METHOD_WRAPPER)
    }
}

// SAFETY: a bound wrapper owns its descriptor and its object.
unsafe impl Owner for Bound {
    const FIELDS: &'static [usize] = &[offset_of!(Bound, descriptor), offset_of!(Bound, this)];
}

static mut GETSETS: [PyGetSetDef; 4] = [
    slots::getter(c"__doc__", doc),
    slots::getter(c"__qualname__", attributes::qualname),
    slots::getter(c"__text_signature__", signature),
    PyGetSetDef::END,
];

/// The attributes of a bound wrapper are those of its descriptor.
static mut BOUND_GETSETS: [PyGetSetDef; 6] = [
    slots::getter(c"__objclass__", |o: BoundWrapper<'_>| Ok(parts(bound_parts(o).0).0.as_obj().to_ref())),
    slots::getter(c"__name__", |o: BoundWrapper<'_>| Ok(parts(bound_parts(o).0).1.to_ref())),
    slots::getter(c"__qualname__", |o: BoundWrapper<'_>| attributes::qualname_of(bound_parts(o).0)),
    slots::getter(c"__doc__", |o: BoundWrapper<'_>| doc(bound_parts(o).0)),
    slots::getter(c"__text_signature__", |o: BoundWrapper<'_>| signature(bound_parts(o).0)),
    PyGetSetDef::END,
];

static mut MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"__self__", offset_of!(Bound, this)).read_only(), PyMemberDef::END];

impl Row for wrapperbase {
    type Layout = WrapperDescriptor;
    const KIND: Type<'static> = WRAPPER_DESCRIPTOR;
    const SHOWN: &'static str = "slot wrapper";

    /// The wrapper bound to the object.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
        let Some(o) = o else { return Ok(descriptor.to_ref()) };
        row_for(descriptor, o)?;
        bind(*descriptor, o)
    }
}

/// A new descriptor of a slot (CPython: `PyDescr_NewWrapper`).
///
/// # Safety
/// The row lives as long as the class. Its wrapper can call the function on objects of the class.
pub unsafe fn new(owner: Type<'_>, row: *mut wrapperbase, function: *mut c_void) -> Result<Ref> {
    // SAFETY: the row is valid, as promised; its name is NUL-terminated. The new descriptor has the larger layout.
    unsafe {
        let wrapper = object::new(owner, CStr::from_ptr((*row).name), row)?;
        (*wrapper.borrow().cast::<WrapperDescriptor>()).d_wrapped = function;
        Ok(wrapper.into_ref())
    }
}

/// A wrapper, bound to an object of the class (CPython: `PyWrapper_New`, which checks neither). TypeError for other
/// objects.
pub fn bind(descriptor: Obj<'_>, o: Obj<'_>) -> Result<Ref> {
    if descriptor.downcast::<Descriptor<wrapperbase>>().is_none() {
        return Err(crate::runtime::refusal::bad_argument("PyWrapper_New"));
    }
    // SAFETY: the fields begin with a head whose count is 1, and the type takes part in collection.
    let made = unsafe {
        instance::write_new::<_, true>(|| Bound {
            ob_base: PyObject { ob_refcnt: 1, ob_type: METHOD_WRAPPER.as_ptr() },
            descriptor: descriptor.to_ref().into_ptr(),
            this: o.to_ref().into_ptr(),
        })?
    };
    gc::track(made.borrow());
    Ok(made)
}

/// The class of a wrapper's descriptor, its row, and the function in the slot; `None` for any other object.
pub fn wrapped(o: Obj<'_>) -> Option<(Type<'_>, *const wrapperbase, *mut c_void)> {
    let descriptor: DescriptorOf<'_, wrapperbase> = o.downcast()?;
    // SAFETY: a descriptor of this kind has the larger layout.
    Some((parts(descriptor).0, row(descriptor), unsafe { (*descriptor.cast::<WrapperDescriptor>()).d_wrapped }))
}

/// Calls the wrapper with an object of its class (CPython: `wrapperdescr_raw_call`).
fn enter(
    descriptor: DescriptorOf<'_, wrapperbase>,
    o: Obj<'_>,
    arguments: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Result<Ref> {
    let base = row(descriptor);
    // SAFETY: a descriptor of this kind has the larger layout.
    let function = unsafe { (*descriptor.cast::<WrapperDescriptor>()).d_wrapped };
    let missing = || raise!(SystemError, "a slot wrapper has no function");
    let plain = base.wrapper.ok_or_else(missing)?;
    // SAFETY: the flag tells that the wrapper takes keywords. The object is of the class of the slot, as the callers
    // checked, and the arguments are a tuple.
    let result = unsafe {
        if base.flags & PyWrapperFlag_KEYWORDS != 0 {
            let keywords = keywords.map_or(core::ptr::null_mut(), |keywords| keywords.as_ptr());
            core::mem::transmute::<wrapperfunc, wrapperfunc_kwds>(base.wrapper)
                .map(|wrapper| wrapper(o.as_ptr(), arguments.as_ptr(), function, keywords))
                .ok_or_else(missing)?
        } else if keywords.is_some_and(|keywords| dict::len(keywords) > 0) {
            return Err(raise!(TypeError, "wrapper {}() takes no keyword arguments", name(base)));
        } else {
            plain(o.as_ptr(), arguments.as_ptr(), function)
        }
    };
    // SAFETY: a wrapper returns a new reference or NULL.
    unsafe { Ref::from_ptr(result) }.ok_or_else(|| error::fetched_from_c("a slot wrapper"))
}

/// The name in a row.
fn name(base: &wrapperbase) -> Lossy<'_> {
    // SAFETY: a row has a NUL-terminated name.
    Lossy(unsafe { CStr::from_ptr(base.name) }.to_bytes())
}

/// `tp_call` of the descriptor, whose first argument is the object.
fn call_descriptor(
    descriptor: DescriptorOf<'_, wrapperbase>,
    arguments: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Option<Ref> {
    let call = || {
        let (owner, name) = parts(descriptor);
        let (name, shown) = (str::as_text(name), owner.name());
        let Some((o, rest)) = tuple::items(arguments).split_first() else {
            return Err(raise!(TypeError, "descriptor '{name}' of '{shown}' object needs an argument"));
        };
        if !o.is_a(owner) {
            let kind = o.class().name();
            return Err(raise!(TypeError, "descriptor '{name}' requires a '{shown}' object but received a '{kind}'"));
        }
        enter(descriptor, *o, tuple::from_slice(rest)?.borrow(), keywords)
    };
    call().ok()
}

/// The descriptor and the object of a bound wrapper.
fn bound_parts<'a>(wrapper: BoundWrapper<'a>) -> (DescriptorOf<'a, wrapperbase>, Obj<'a>) {
    // SAFETY: `bind` puts a descriptor of this kind and an object there, which the wrapper owns.
    unsafe {
        let fields = wrapper.fields();
        (View::new_unchecked(Obj::from_ptr_unchecked((*fields).descriptor)), Obj::from_ptr_unchecked((*fields).this))
    }
}

/// `tp_call` of a bound wrapper.
fn call_bound(wrapper: BoundWrapper<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    let (descriptor, o) = bound_parts(wrapper);
    enter(descriptor, o, arguments, keywords).ok()
}

fn repr(wrapper: BoundWrapper<'_>) -> Result<Ref> {
    let (descriptor, o) = bound_parts(wrapper);
    let (name, class) = (name(row(descriptor)), o.class().name());
    str::format(format_args!("<method-wrapper '{name}' of {class} object at {:p}>", o.as_ptr()))
}

fn hash_of(wrapper: BoundWrapper<'_>) -> Result<isize> {
    let (descriptor, o) = bound_parts(wrapper);
    let hash = hash::of_pointer(o.as_ptr().cast()) ^ hash::of_pointer(descriptor.as_ptr().cast());
    Ok(if hash == -1 { -2 } else { hash })
}

/// Two bound wrappers are equal when they have the same descriptor and the same object.
fn compare(a: BoundWrapper<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = match b.downcast::<Bound>() {
        Some(b) if matches!(op, Py_EQ | Py_NE) => {
            let ((own, this), (other, that)) = (bound_parts(a), bound_parts(b));
            known::bool((own.is(*other) && this.is(that)) == (op == Py_EQ))
        }
        _ => known::NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref())
}

/// The name and the documentation in a row of C's for a slot; `None` without documentation.
fn texts(base: &wrapperbase) -> Option<(&[u8], &[u8])> {
    if base.doc.is_null() {
        return None;
    }
    // SAFETY: both are NUL-terminated, and live as long as the row.
    unsafe { Some((CStr::from_ptr(base.name).to_bytes(), CStr::from_ptr(base.doc).to_bytes())) }
}

fn doc(descriptor: DescriptorOf<'_, wrapperbase>) -> Result<Ref> {
    match (wrappers::of_base(row(descriptor)), texts(row(descriptor))) {
        (Some(own), _) => str::format(format_args!("Calls the slot {}.", own.slot.name)),
        (None, Some((name, doc))) => function::documentation_of(name, doc),
        (None, None) => Ok(constants::NONE.to_ref()),
    }
}

fn signature(descriptor: DescriptorOf<'_, wrapperbase>) -> Result<Ref> {
    match (wrappers::of_base(row(descriptor)), texts(row(descriptor))) {
        (Some(own), _) => str::from_str(own.parameters()),
        (None, Some((name, doc))) => Ok(function::signature_of(name, doc)?.unwrap_or_else(|| constants::NONE.to_ref())),
        (None, None) => Ok(constants::NONE.to_ref()),
    }
}
