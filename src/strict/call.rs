//! A call of the capsule API, as the checker sees it: the function, its arguments, and its result.

use super::memory::readable;
use crate::abi::{PyCapsule_Destructor, PyObject, inquiry, traverseproc};
use crate::capsule::{Entry, Name};
use crate::runtime::Ref;
use crate::runtime::line::{Line, Quoted};
use core::ffi::c_void;
use core::fmt;

/// The argument of a getter or setter in addition to the capsule.
#[derive(Debug, Clone, Copy)]
pub enum Argument {
    /// No argument, or one that no rule uses.
    None,
    /// A name.
    Name(Name),
    /// A pointer or a context.
    Pointer(*mut c_void),
    /// A destructor.
    Destructor(PyCapsule_Destructor),
}

impl From<()> for Argument {
    fn from((): ()) -> Self {
        Argument::None
    }
}

impl From<Name> for Argument {
    fn from(name: Name) -> Self {
        Argument::Name(name)
    }
}

impl From<*mut c_void> for Argument {
    fn from(pointer: *mut c_void) -> Self {
        Argument::Pointer(pointer)
    }
}

impl From<PyCapsule_Destructor> for Argument {
    fn from(destructor: PyCapsule_Destructor) -> Self {
        Argument::Destructor(destructor)
    }
}

/// The callbacks of `_PyCapsule_SetTraverse`, which no rule uses.
impl From<(traverseproc, inquiry)> for Argument {
    fn from(_: (traverseproc, inquiry)) -> Self {
        Argument::None
    }
}

/// A call.
#[derive(Debug, Clone, Copy)]
pub enum Call {
    /// `PyCapsule_New`.
    New {
        /// The pointer.
        pointer: *mut c_void,
        /// The name.
        name: Name,
        /// The destructor.
        destructor: PyCapsule_Destructor,
    },
    /// A getter or a setter.
    Access {
        /// The function.
        entry: Entry,
        /// The capsule argument, not yet validated.
        capsule: *mut PyObject,
        /// The other argument.
        argument: Argument,
    },
    /// `PyCapsule_IsValid`.
    IsValid {
        /// The capsule argument, not yet validated.
        capsule: *mut PyObject,
        /// The name in the question.
        name: Name,
    },
    /// `PyCapsule_Import`.
    Import(Name),
}

impl Call {
    /// The function's name.
    pub fn function(&self) -> &'static str {
        match self {
            Call::New { .. } => "PyCapsule_New",
            Call::Access { entry, .. } => entry.name(),
            Call::IsValid { .. } => "PyCapsule_IsValid",
            Call::Import(_) => "PyCapsule_Import",
        }
    }

    /// The getter or setter, if the function is one.
    pub const fn entry(&self) -> Option<Entry> {
        match self {
            Call::Access { entry, .. } => Some(*entry),
            Call::New { .. } | Call::IsValid { .. } | Call::Import(_) => None,
        }
    }

    /// The capsule argument; `None` for the two functions that have none.
    pub const fn capsule(&self) -> Option<*mut PyObject> {
        match self {
            Call::Access { capsule, .. } | Call::IsValid { capsule, .. } => Some(*capsule),
            Call::New { .. } | Call::Import(_) => None,
        }
    }
}

/// The result of a call that succeeded.
#[derive(Debug, Clone, Copy)]
pub enum Seen {
    /// 0, from a setter.
    Done,
    /// 1 or 0.
    Truth(bool),
    /// A pointer, which may be NULL.
    Pointer(*const c_void),
    /// A name.
    Name(Name),
}

/// A result that the checker can examine.
pub trait Outcome {
    /// The result in the checker's form.
    fn seen(&self) -> Seen;
}

impl Outcome for () {
    fn seen(&self) -> Seen {
        Seen::Done
    }
}

impl Outcome for bool {
    fn seen(&self) -> Seen {
        Seen::Truth(*self)
    }
}

impl Outcome for *mut c_void {
    fn seen(&self) -> Seen {
        Seen::Pointer(*self)
    }
}

impl Outcome for Name {
    fn seen(&self) -> Seen {
        Seen::Name(*self)
    }
}

impl Outcome for PyCapsule_Destructor {
    fn seen(&self) -> Seen {
        Seen::Pointer(address(*self))
    }
}

impl Outcome for Ref {
    fn seen(&self) -> Seen {
        Seen::Pointer(self.borrow().as_ptr().cast())
    }
}

/// The address of a destructor, or NULL.
pub fn address(destructor: PyCapsule_Destructor) -> *const c_void {
    destructor.map_or(core::ptr::null(), |function| function as *const c_void)
}

impl Seen {
    /// Whether the result is NULL, though the call succeeded.
    pub fn is_null(&self) -> bool {
        match self {
            Seen::Done | Seen::Truth(_) => false,
            Seen::Pointer(pointer) => pointer.is_null(),
            Seen::Name(name) => name.as_ptr().is_null(),
        }
    }
}

/// The first bytes of a name, at most `N`, or as many as can be read at its address. `None` for NULL.
pub fn text_of<const N: usize>(name: Name) -> Option<Line<N>> {
    let address = name.as_ptr();
    if address.is_null() {
        return None;
    }
    let mut buffer = [0; N];
    let length = readable::read(address.addr(), &mut buffer);
    let read = buffer.get(..length).unwrap_or_default();
    let mut line = Line::new();
    line.push(read.split(|byte| *byte == 0).next().unwrap_or_default());
    Some(line)
}

struct Pointer<T>(*const T);

impl<T> fmt::Display for Pointer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_null() { f.write_str("NULL") } else { write!(f, "{:p}", self.0) }
    }
}

fn show_name(f: &mut fmt::Formatter<'_>, name: Name) -> fmt::Result {
    let text = text_of::<200>(name);
    write!(f, "{}", Quoted(text.as_ref().map(Line::as_bytes)))
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Argument::None => Ok(()),
            Argument::Name(name) => f.write_str(", ").and_then(|()| show_name(f, *name)),
            Argument::Pointer(pointer) => write!(f, ", {}", Pointer(*pointer)),
            Argument::Destructor(destructor) => write!(f, ", {}", Pointer(address(*destructor))),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.function())?;
        match self {
            Call::New { pointer, name, destructor } => {
                write!(f, "{}, ", Pointer(*pointer))?;
                show_name(f, *name)?;
                write!(f, ", {}", Pointer(address(*destructor)))?;
            }
            Call::Access { capsule, argument, .. } => write!(f, "{}{argument}", Pointer(*capsule))?,
            Call::IsValid { capsule, name } => write!(f, "{}{}", Pointer(*capsule), Argument::Name(*name))?,
            Call::Import(name) => show_name(f, *name)?,
        }
        f.write_str(")")
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seen::Done => f.write_str("0"),
            Seen::Truth(truth) => u8::from(*truth).fmt(f),
            Seen::Pointer(pointer) => Pointer(*pointer).fmt(f),
            Seen::Name(name) => show_name(f, *name),
        }
    }
}
