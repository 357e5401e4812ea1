//! The type objects of the exceptions, made from the table of classes and from the behaviour of each.

use super::behaviour::Behaviour;
use super::{group, instance, layout, named, order, os_error, simple, syntax_error, unicode_error, vectorcall};
use crate::abi::*;
use crate::objects::class_defaults;

/// The number of classes.
const COUNT: usize = Exc::ALL.len();

/// The type objects, in the order of [`Exc`]. `runtime::known` refers to them through the linker.
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

/// The behaviour of a class that does not inherit it.
const fn own_behaviour(exception: Exc) -> Option<Behaviour> {
    Some(match exception {
        Exc::BaseException => instance::BEHAVIOUR,
        Exc::StopIteration => simple::STOP_ITERATION,
        Exc::SystemExit => simple::SYSTEM_EXIT,
        Exc::KeyError => simple::KEY_ERROR,
        Exc::MemoryError => simple::MEMORY_ERROR,
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
        tp_vectorcall: if has_fast_entry(exception) { Some(vectorcall::vectorcall_slot) } else { None },
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BASE_EXC_SUBCLASS,
        tp_base: order::base(exception),
        tp_bases: order::bases(exception),
        tp_mro: order::mro(exception),
        ..class_defaults::COLLECTED
    }
}

/// Whether a class has a `tp_vectorcall`. CPython makes a MemoryError in another way, and gives none to the classes of
/// a module.
const fn has_fast_entry(exception: Exc) -> bool {
    let is_other = matches!(exception, Exc::MemoryError | Exc::InterpreterError | Exc::InterpreterNotFoundError);
    layout::is_plain(exception) && !is_other
}
