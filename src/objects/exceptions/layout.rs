//! Instances in C's layout, as typed views: an `Exception<'_, Os>` is an OSError, an `Exception<'_>` an exception of
//! any class.

use crate::abi::*;
use crate::objects::slots::Owner;
use crate::runtime::{Cells, Field, Layout, Obj, Result, Type, View, raise};
use core::cell::{Cell, UnsafeCell};
use core::ffi::{c_char, c_int};
use core::mem::offset_of;

/// An exception with the fields of `L`; without `L`, an exception of any class, with the fields of the common head.
pub type Exception<'a, L = Head> = View<'a, L>;

/// Whether the object is an exception (CPython: `PyExceptionInstance_Check`).
pub fn is_instance(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS)
}

/// The fields of exceptions of one layout.
///
/// # Safety
/// The type begins with a [`Head`] and is the C layout of the instances that [`Instance::LAYOUT`] names. All of it is
/// cells, because it can change behind a shared reference. [`Instance::OWN`] contains offsets of fields of the type
/// [`Field`].
pub unsafe trait Instance: 'static {
    /// The layout in the table of exceptions.
    const LAYOUT: InstanceLayout;
    /// The fields after the head that own a reference, in the order in which they are dropped.
    const OWN: &'static [usize] = &[];
}

// SAFETY: the size of an instance comes from the class that `layout_of` finds, so the instance begins with the whole
// layout of that class.
unsafe impl<L: Instance> Layout for L {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        is_instance(o) && (matches!(L::LAYOUT, InstanceLayout::Head) || layout_of(o.class()) == L::LAYOUT)
    }
}

// SAFETY: all of an exception is in cells.
unsafe impl<L: Instance> Cells for L {}

impl<'a, L: Instance> View<'a, L> {
    /// The fields that every exception has.
    #[inline(always)]
    pub fn as_exception(self) -> Exception<'a> {
        // SAFETY: each layout of an exception begins with the head.
        unsafe { View::new_unchecked(self.as_obj()) }
    }

    /// The fields after the head that own references.
    fn own(self) -> impl Iterator<Item = &'a Field> {
        // SAFETY: the layout promises that there is a field at each of the offsets. It lives as long as the instance.
        L::OWN.iter().map(move |offset| unsafe { Field::at(self.as_ptr().byte_add(*offset).cast()) })
    }
}

/// The object as an exception of a layout. SystemError for another object, which C code can pass if it calls a slot of
/// one class with an instance of another.
pub(super) fn expect<L: Instance>(o: Obj<'_>) -> Result<Exception<'_, L>> {
    o.downcast().ok_or_else(|| raise!(SystemError, "an exception's method called with a '{}'", o.class().name()))
}

/// The layout of a class's instances: that of the built-in class in its chain of bases that determined the size of the
/// instances.
fn layout_of(class: Type<'_>) -> InstanceLayout {
    let mut bases = core::iter::successors(Some(class), |class| class.base());
    bases.find_map(|class| Exc::of_class(class.as_obj())).map_or(InstanceLayout::Head, Exc::layout)
}

// SAFETY: the offsets are of fields of the head, with which every layout begins. An instance also owns the fields after
// the head, and nothing else: its reference to a class made at run time is that class's to visit and to drop.
unsafe impl<L: Instance> Owner for L {
    /// In CPython's order, so that destructors run in that order too. The context is the last.
    const FIELDS: &'static [usize] = &[
        offset_of!(Head, dict),
        offset_of!(Head, args),
        offset_of!(Head, notes),
        offset_of!(Head, traceback),
        offset_of!(Head, cause),
        offset_of!(Head, context),
    ];

    fn visit(exception: View<'_, L>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        exception.own().map(Field::as_ptr).map(visit).find(|answer| *answer != 0).unwrap_or(0)
    }

    #[inline(always)]
    unsafe fn empty(exception: View<'_, L>) {
        exception.own().for_each(|field| field.set(None));
    }
}

/// The common head of every exception (CPython: `PyBaseExceptionObject`).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is the attribute of its name")]
pub struct Head {
    pub ob_base: UnsafeCell<PyObject>,
    pub dict: Field,
    pub args: Field,
    pub notes: Field,
    pub traceback: Field,
    pub context: Field,
    pub cause: Field,
    /// 0 or 1.
    pub suppress_context: Cell<c_char>,
}
// SAFETY: these are the fields of CPython's `PyBaseExceptionObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for Head {
    const LAYOUT: InstanceLayout = InstanceLayout::Head;
}

/// BaseExceptionGroup: the message, the tuple of exceptions, and the repr of the original sequence if that was neither
/// a list nor a tuple.
#[repr(C)]
#[derive(Debug)]
pub struct Group {
    pub head: Head,
    pub msg: Field,
    pub excs: Field,
    pub excs_str: Field,
}
// SAFETY: these are the fields of CPython's `PyBaseExceptionGroupObject` in its order, all in cells; its size is
// compared below.
unsafe impl Instance for Group {
    const LAYOUT: InstanceLayout = InstanceLayout::Group;
    const OWN: &'static [usize] = &[offset_of!(Group, msg), offset_of!(Group, excs), offset_of!(Group, excs_str)];
}

/// SyntaxError: the message and the place in the source.
#[repr(C)]
#[derive(Debug)]
pub struct Syntax {
    pub head: Head,
    pub msg: Field,
    pub filename: Field,
    pub lineno: Field,
    pub offset: Field,
    pub end_lineno: Field,
    pub end_offset: Field,
    pub text: Field,
    pub print_file_and_line: Field,
    pub metadata: Field,
}
// SAFETY: these are the fields of CPython's `PySyntaxErrorObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for Syntax {
    const LAYOUT: InstanceLayout = InstanceLayout::Syntax;
    const OWN: &'static [usize] = &[
        offset_of!(Syntax, msg),
        offset_of!(Syntax, filename),
        offset_of!(Syntax, lineno),
        offset_of!(Syntax, offset),
        offset_of!(Syntax, end_lineno),
        offset_of!(Syntax, end_offset),
        offset_of!(Syntax, text),
        offset_of!(Syntax, print_file_and_line),
        offset_of!(Syntax, metadata),
    ];
}

/// ImportError: the message, the module's name and path, and the name to be imported from it.
#[repr(C)]
#[derive(Debug)]
pub struct Import {
    pub head: Head,
    pub msg: Field,
    pub name: Field,
    pub path: Field,
    pub name_from: Field,
}
// SAFETY: these are the fields of CPython's `PyImportErrorObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for Import {
    const LAYOUT: InstanceLayout = InstanceLayout::Import;
    const OWN: &'static [usize] =
        &[offset_of!(Import, msg), offset_of!(Import, name), offset_of!(Import, path), offset_of!(Import, name_from)];
}

/// UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError: the object, the range in it, and the reason.
#[repr(C)]
#[derive(Debug)]
pub struct Unicode {
    pub head: Head,
    pub encoding: Field,
    pub object: Field,
    pub start: Cell<Py_ssize_t>,
    pub end: Cell<Py_ssize_t>,
    pub reason: Field,
}
// SAFETY: these are the fields of CPython's `PyUnicodeErrorObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for Unicode {
    const LAYOUT: InstanceLayout = InstanceLayout::Unicode;
    const OWN: &'static [usize] =
        &[offset_of!(Unicode, encoding), offset_of!(Unicode, object), offset_of!(Unicode, reason)];
}

/// SystemExit: the exit code.
#[repr(C)]
#[derive(Debug)]
pub struct SystemExit {
    pub head: Head,
    pub code: Field,
}
// SAFETY: these are the fields of CPython's `PySystemExitObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for SystemExit {
    const LAYOUT: InstanceLayout = InstanceLayout::SystemExit;
    const OWN: &'static [usize] = &[offset_of!(SystemExit, code)];
}

/// OSError: the number, the message, the file names, and the number of characters that were written before the call
/// would have waited.
#[repr(C)]
#[derive(Debug)]
pub struct Os {
    pub head: Head,
    pub myerrno: Field,
    pub strerror: Field,
    pub filename: Field,
    pub filename2: Field,
    pub written: Cell<Py_ssize_t>,
}
// SAFETY: these are the fields of CPython's `PyOSErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Instance for Os {
    const LAYOUT: InstanceLayout = InstanceLayout::Os;
    const OWN: &'static [usize] =
        &[offset_of!(Os, myerrno), offset_of!(Os, strerror), offset_of!(Os, filename), offset_of!(Os, filename2)];
}

/// StopIteration: the value.
#[repr(C)]
#[derive(Debug)]
pub struct StopIteration {
    pub head: Head,
    pub value: Field,
}
// SAFETY: these are the fields of CPython's `PyStopIterationObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for StopIteration {
    const LAYOUT: InstanceLayout = InstanceLayout::StopIteration;
    const OWN: &'static [usize] = &[offset_of!(StopIteration, value)];
}

/// NameError: the name.
#[repr(C)]
#[derive(Debug)]
pub struct NameFields {
    pub head: Head,
    pub name: Field,
}
// SAFETY: these are the fields of CPython's `PyNameErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Instance for NameFields {
    const LAYOUT: InstanceLayout = InstanceLayout::Name;
    const OWN: &'static [usize] = &[offset_of!(NameFields, name)];
}

/// AttributeError: the object, and the name of the missing attribute.
#[repr(C)]
#[derive(Debug)]
pub struct Attribute {
    pub head: Head,
    pub obj: Field,
    pub name: Field,
}
// SAFETY: these are the fields of CPython's `PyAttributeErrorObject` in its order, all in cells; its size is compared
// below.
unsafe impl Instance for Attribute {
    const LAYOUT: InstanceLayout = InstanceLayout::Attribute;
    const OWN: &'static [usize] = &[offset_of!(Attribute, obj), offset_of!(Attribute, name)];
}

// The sizes of CPython 3.14's structs.
const _: () = {
    assert!(size_of::<Head>() == 72 && size_of::<Head>() == size_of::<PyBaseExceptionObject>());
    assert!(size_of::<Group>() == 96 && size_of::<Syntax>() == 144 && size_of::<Import>() == 104);
    assert!(size_of::<Unicode>() == 112 && size_of::<SystemExit>() == 80 && size_of::<Os>() == 112);
    assert!(size_of::<StopIteration>() == 80 && size_of::<NameFields>() == 80 && size_of::<Attribute>() == 88);
};

/// Whether an instance of a class has only the common head, and calling the class only makes the instance.
pub(super) const fn is_plain(class: Exc) -> bool {
    matches!(class.layout(), InstanceLayout::Head)
}
