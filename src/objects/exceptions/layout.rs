//! Instances in C's layout, as typed views: an [`Exception`] was checked to have the fields of its layout.

use crate::abi::*;
use crate::runtime::{Field, Obj, Result, Type, raise};
use core::cell::{Cell, UnsafeCell};
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::ops::Deref;

/// Whether the object is an exception (CPython: `PyExceptionInstance_Check`).
pub fn is_instance(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS)
}

/// An exception whose fields are those of `L`, for example `Exception<Os>` for OSError and its subclasses. A plain
/// `Exception` is one of any class, by its common head.
#[derive(Debug)]
pub struct Exception<'a, L = Head>(Obj<'a>, PhantomData<&'a L>);

impl<L> Clone for Exception<'_, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L> Copy for Exception<'_, L> {}

/// The fields of an instance.
///
/// # Safety
/// The type is the C layout of the instances that [`Fields::LAYOUT`] stands for. Everything in it can change behind a
/// shared reference: it consists of cells.
pub unsafe trait Fields {
    /// The layout in the table of exceptions.
    const LAYOUT: Layout;
}

impl<'a, L: Fields> Exception<'a, L> {
    /// The object as an exception of this layout, if it is one.
    #[inline]
    pub fn of(o: Obj<'a>) -> Option<Self> {
        let fits = is_instance(o) && (matches!(L::LAYOUT, Layout::Head) || layout_of(o.class()) == L::LAYOUT);
        fits.then_some(Exception(o, PhantomData))
    }

    /// The object as an exception of this layout; SystemError when it is another object, which only a slot or a method
    /// that C calls with a wrong object gets.
    #[inline]
    pub fn expect(o: Obj<'a>) -> Result<Self> {
        Self::of(o).ok_or_else(|| raise!(SystemError, "an exception's method called with a '{}'", o.class().name()))
    }

    /// The exception as an object.
    #[inline]
    pub fn as_obj(self) -> Obj<'a> {
        self.0
    }
}

impl<L: Fields> Deref for Exception<'_, L> {
    type Target = L;

    #[inline]
    fn deref(&self) -> &L {
        // SAFETY: `of` has checked that the instance begins with this layout, and the object lives as long as the view.
        // All of it is in cells, so that C and other code may write while the reference lives.
        unsafe { &*self.0.cast::<L>() }
    }
}

/// The layout of a class's instances: that of the built-in class at the start of its chain of bases, which is the one that
/// decided on the size of the instances.
#[inline]
pub(super) fn layout_of(class: Type<'_>) -> Layout {
    let mut bases = core::iter::successors(Some(class), |class| class.base());
    bases.find_map(|class| Exc::of_class(class.as_obj())).map_or(Layout::Head, Exc::layout)
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
// SAFETY: these are the fields of CPython's `PyBaseExceptionObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Head {
    const LAYOUT: Layout = Layout::Head;
}

/// BaseExceptionGroup: the message, the tuple of exceptions, and the repr of the sequence that they were given in if that
/// was neither a list nor a tuple.
#[repr(C)]
#[derive(Debug)]
pub struct Group {
    pub head: Head,
    pub msg: Field,
    pub excs: Field,
    pub excs_str: Field,
}
// SAFETY: these are the fields of CPython's `PyBaseExceptionGroupObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Group {
    const LAYOUT: Layout = Layout::Group;
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
// SAFETY: these are the fields of CPython's `PySyntaxErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Syntax {
    const LAYOUT: Layout = Layout::Syntax;
}

/// ImportError: the message, the module's name and path, and the name that was to be imported from it.
#[repr(C)]
#[derive(Debug)]
pub struct Import {
    pub head: Head,
    pub msg: Field,
    pub name: Field,
    pub path: Field,
    pub name_from: Field,
}
// SAFETY: these are the fields of CPython's `PyImportErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Import {
    const LAYOUT: Layout = Layout::Import;
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
// SAFETY: these are the fields of CPython's `PyUnicodeErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Unicode {
    const LAYOUT: Layout = Layout::Unicode;
}

/// SystemExit: the exit code.
#[repr(C)]
#[derive(Debug)]
pub struct SystemExit {
    pub head: Head,
    pub code: Field,
}
// SAFETY: these are the fields of CPython's `PySystemExitObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for SystemExit {
    const LAYOUT: Layout = Layout::SystemExit;
}

/// OSError: the number, the message, the file names, and how much was written before a call would have waited.
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
unsafe impl Fields for Os {
    const LAYOUT: Layout = Layout::Os;
}

/// StopIteration: the value.
#[repr(C)]
#[derive(Debug)]
pub struct StopIteration {
    pub head: Head,
    pub value: Field,
}
// SAFETY: these are the fields of CPython's `PyStopIterationObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for StopIteration {
    const LAYOUT: Layout = Layout::StopIteration;
}

/// NameError: the name.
#[repr(C)]
#[derive(Debug)]
pub struct Name {
    pub head: Head,
    pub name: Field,
}
// SAFETY: these are the fields of CPython's `PyNameErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Name {
    const LAYOUT: Layout = Layout::Name;
}

/// AttributeError: the object, and the name of the attribute that it does not have.
#[repr(C)]
#[derive(Debug)]
pub struct Attribute {
    pub head: Head,
    pub obj: Field,
    pub name: Field,
}
// SAFETY: these are the fields of CPython's `PyAttributeErrorObject` in its order, all in cells; its size is compared below.
unsafe impl Fields for Attribute {
    const LAYOUT: Layout = Layout::Attribute;
}

// The sizes of CPython 3.14's structs.
const _: () = {
    assert!(size_of::<Head>() == 72 && size_of::<Head>() == size_of::<PyBaseExceptionObject>());
    assert!(size_of::<Group>() == 96 && size_of::<Syntax>() == 144 && size_of::<Import>() == 104);
    assert!(size_of::<Unicode>() == 112 && size_of::<SystemExit>() == 80 && size_of::<Os>() == 112);
    assert!(size_of::<StopIteration>() == 80 && size_of::<Name>() == 80 && size_of::<Attribute>() == 88);
};

/// The fields behind the head that own references, by their offsets, in the order in which they are visited and cleared.
const fn owned(layout: Layout) -> &'static [usize] {
    match layout {
        Layout::Head => &[],
        Layout::Group => &[offset_of!(Group, msg), offset_of!(Group, excs), offset_of!(Group, excs_str)],
        Layout::Syntax => &[
            offset_of!(Syntax, msg),
            offset_of!(Syntax, filename),
            offset_of!(Syntax, lineno),
            offset_of!(Syntax, offset),
            offset_of!(Syntax, end_lineno),
            offset_of!(Syntax, end_offset),
            offset_of!(Syntax, text),
            offset_of!(Syntax, print_file_and_line),
            offset_of!(Syntax, metadata),
        ],
        Layout::Import => &[
            offset_of!(Import, msg),
            offset_of!(Import, name),
            offset_of!(Import, path),
            offset_of!(Import, name_from),
        ],
        Layout::Unicode => &[offset_of!(Unicode, encoding), offset_of!(Unicode, object), offset_of!(Unicode, reason)],
        Layout::SystemExit => &[offset_of!(SystemExit, code)],
        Layout::Os => {
            &[offset_of!(Os, myerrno), offset_of!(Os, strerror), offset_of!(Os, filename), offset_of!(Os, filename2)]
        }
        Layout::StopIteration => &[offset_of!(StopIteration, value)],
        Layout::Name => &[offset_of!(Name, name)],
        Layout::Attribute => &[offset_of!(Attribute, obj), offset_of!(Attribute, name)],
    }
}

impl<'a> Exception<'a> {
    /// The fields behind the head that own references. Most exceptions have none, which one comparison tells.
    #[inline(always)]
    pub(super) fn more(self) -> impl Iterator<Item = &'a Field> {
        let class = self.0.class();
        let has_more = class.fields().tp_basicsize > size_of::<Head>() as Py_ssize_t;
        let offsets = if has_more { owned(layout_of(class)) } else { &[] };
        // SAFETY: the offsets are those of the instance's own layout, where a field lies that lives as long as it.
        offsets.iter().map(move |offset| unsafe { Field::at(self.0.as_ptr().byte_add(*offset).cast()) })
    }
}

impl Head {
    /// The fields of the head that own references, in the order in which they are visited.
    #[inline(always)]
    pub(super) fn owned(&self) -> [&Field; 6] {
        [&self.dict, &self.args, &self.notes, &self.traceback, &self.context, &self.cause]
    }
}
