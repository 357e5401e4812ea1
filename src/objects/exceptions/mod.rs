//! Exceptions: the classes, one for each row of `abi::exceptions`, and their instances.

mod arguments;
mod class;
pub mod display;
mod group;
mod indicator;
mod instance;
mod layout;
mod named;
mod not_found;
mod os_error;
mod simple;
mod syntax_error;
mod unicode_error;
mod vectorcall;

pub use self::class::new_class;
pub use group::exception_group;
pub use indicator::{
    chain_before_pending, fetch, instantiate, matches, normalize, raise_object, raise_text, restore_parts,
};
pub use instance::{args, is_class, raise_from, replace_args, set_traceback, traceback};
pub use layout::{Exception, Head, Instance, is_instance};
pub use os_error::raise_system_error;
pub use unicode_error::decode_error;

pub use crate::runtime::error::{class_of_pending, pending_is, raise_no_attribute, restore, with_attribute};
pub use named::text_of_missing;
pub use not_found::{raise_import_error, raise_import_error_of};

use super::{slots, tuple};
use crate::abi::*;
use crate::runtime::{Obj, Ref, known};

/// How many classes there are.
const COUNT: usize = Exc::ALL.len();

/// The type objects, in the order of [`Exc`]. The linker leads `runtime::known` here.
#[unsafe(no_mangle)]
static mut pycapsule_exceptions: [PyTypeObject; COUNT] = {
    let mut types = [const { exception_type(Exc::BaseException) }; COUNT];
    let mut i = 0;
    while i < COUNT {
        types[i] = exception_type(Exc::ALL[i]);
        i += 1;
    }
    types
};

/// The slots and tables of a class. Derived classes without an entry in [`own_behaviour`] inherit the slots.
#[derive(Clone, Copy)]
struct Behaviour {
    size: usize,
    dealloc: destructor,
    traverse: traverseproc,
    clear: inquiry,
    new: newfunc,
    init: initproc,
    str: reprfunc,
    repr: reprfunc,
    methods: *mut PyMethodDef,
    members: *mut PyMemberDef,
    getset: *mut PyGetSetDef,
}

impl Behaviour {
    /// The behaviour of `BaseException` for instances of another layout.
    const fn of_layout<L: Instance>() -> Self {
        Behaviour {
            size: size_of::<L>(),
            dealloc: slots::dealloc::<L>(),
            traverse: slots::traverse::<L>(),
            clear: slots::clear::<L>(),
            ..instance::PLAIN
        }
    }

    /// The behaviour that a derived class inherits: the slots, without the tables of attributes.
    const fn without_tables(self) -> Self {
        let (methods, members, getset) = (core::ptr::null_mut(), core::ptr::null_mut(), core::ptr::null_mut());
        Behaviour { methods, members, getset, ..self }
    }
}

/// The behaviour of a class that does not inherit it.
const fn own_behaviour(exception: Exc) -> Option<Behaviour> {
    Some(match exception {
        Exc::BaseException => instance::BEHAVIOUR,
        Exc::StopIteration => simple::STOP_ITERATION,
        Exc::SystemExit => simple::SYSTEM_EXIT,
        Exc::KeyError => simple::KEY_ERROR,
        Exc::ImportError => named::IMPORT_ERROR,
        Exc::NameError => named::NAME_ERROR,
        Exc::AttributeError => named::ATTRIBUTE_ERROR,
        Exc::BaseExceptionGroup => group::GROUP,
        Exc::OSError => os_error::OS_ERROR,
        Exc::SyntaxError => syntax_error::SYNTAX_ERROR,
        Exc::UnicodeDecodeError => unicode_error::DECODE_ERROR,
        Exc::UnicodeEncodeError => unicode_error::ENCODE_ERROR,
        Exc::UnicodeTranslateError => unicode_error::TRANSLATE_ERROR,
        _ => return None,
    })
}

/// The behaviour of a class, its own or inherited. Tables are not inherited: a look-up finds a base's attributes in the
/// base.
const fn behaviour(exception: Exc) -> Behaviour {
    match (own_behaviour(exception), exception.base()) {
        (Some(own), _) => own,
        (None, Some(base)) => behaviour(base).without_tables(),
        (None, None) => instance::BEHAVIOUR,
    }
}

/// Whether a class is made like `BaseException`: neither it nor a base has behaviour of its own.
const fn has_common_behaviour(exception: Exc) -> bool {
    match (exception, exception.base()) {
        (Exc::BaseException, _) => true,
        // Only the text of a KeyError is its own.
        (Exc::KeyError, Some(base)) => has_common_behaviour(base),
        (exception, Some(base)) => own_behaviour(exception).is_none() && has_common_behaviour(base),
        (_, None) => false,
    }
}

const fn exception_type(exception: Exc) -> PyTypeObject {
    let behaviour = behaviour(exception);
    PyTypeObject {
        tp_name: exception.name().as_ptr(),
        tp_basicsize: behaviour.size as Py_ssize_t,
        tp_dealloc: behaviour.dealloc,
        tp_repr: behaviour.repr,
        tp_str: behaviour.str,
        tp_doc: exception.doc().as_ptr(),
        tp_traverse: behaviour.traverse,
        tp_clear: behaviour.clear,
        tp_methods: behaviour.methods,
        tp_members: behaviour.members,
        tp_getset: behaviour.getset,
        tp_dictoffset: core::mem::offset_of!(layout::Head, dict) as Py_ssize_t,
        tp_init: behaviour.init,
        tp_new: behaviour.new,
        tp_vectorcall: if exception.has_fast_entry() { Some(vectorcall::vectorcall_slot) } else { None },
        tp_flags: super::class_defaults::DEFAULTS.tp_flags
            | Py_TPFLAGS_HAVE_GC
            | Py_TPFLAGS_BASETYPE
            | Py_TPFLAGS_BASE_EXC_SUBCLASS,
        tp_base: match exception.base() {
            Some(base) => base.type_pointer(),
            None => known::OBJECT.as_ptr(),
        },
        ..super::class_defaults::DEFAULTS
    }
}

impl Exc {
    /// Whether an instance has only the common head, and calling the class only makes the instance.
    const fn is_plain(self) -> bool {
        const PLAIN: [bool; COUNT] = {
            let mut plain = [false; COUNT];
            let mut i = 0;
            while i < COUNT {
                plain[i] = has_common_behaviour(Exc::ALL[i]);
                i += 1;
            }
            plain
        };
        PLAIN[self as usize]
    }

    /// Whether the class has a `tp_vectorcall`. MemoryError does not: CPython makes it in another way.
    const fn has_fast_entry(self) -> bool {
        has_common_behaviour(self) && !matches!(self, Exc::MemoryError)
    }

    /// Whether an instance can be made from a text alone.
    fn takes_text(self) -> bool {
        use Exc::*;
        !matches!(self, BaseExceptionGroup | UnicodeDecodeError | UnicodeEncodeError | UnicodeTranslateError)
    }
}

/// A MemoryError that exists from the start, for use when there is no memory to make another.
static mut LAST_MEMORY_ERROR: Headed<PyBaseExceptionObject> = Headed::new(PyBaseExceptionObject {
    ob_base: PyObject::immortal(Exc::MemoryError.type_pointer()),
    dict: core::ptr::null_mut(),
    args: tuple::EMPTY_POINTER,
    notes: core::ptr::null_mut(),
    traceback: core::ptr::null_mut(),
    context: core::ptr::null_mut(),
    cause: core::ptr::null_mut(),
    suppress_context: 0,
});

/// The MemoryError that exists from the start.
fn last_memory_error() -> Ref {
    // SAFETY: `Headed` puts a collector's head before the exception, whose fields are all initialised; a static lives for
    // good.
    unsafe { Obj::from_static(&raw mut LAST_MEMORY_ERROR.object) }.to_ref()
}
