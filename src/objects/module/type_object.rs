//! The types of modules and of module definitions.

use super::lookup::find;
use super::{Module, attributes, begin, blank, definition, missing, repr, state};
use crate::abi::*;
use crate::objects::arguments::{self, Signature};
use crate::objects::class_order::Classes;
use crate::objects::dict::{self, Dict};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{attributes as object_attributes, call, class_defaults, class_order, str, weakref};
use crate::runtime::known::{self, NONE};
use crate::runtime::refusal;
use crate::runtime::{Field, IntoC, Obj, Ref, Result, Type, memory, raise};
use core::ffi::{c_int, c_void};
use core::mem::offset_of;

/// The type of modules.
#[unsafe(no_mangle)]
pub static mut PyModule_Type: PyTypeObject = PyTypeObject {
    tp_name: c"module".as_ptr(),
    tp_basicsize: size_of::<PyModuleObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyModuleObject>(),
    tp_repr: slots::unary(repr::repr),
    tp_getattro: slots::binary(getattr),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE,
    tp_traverse: slots::traverse::<PyModuleObject>(),
    tp_clear: slots::unary(clear),
    tp_weaklistoffset: offset_of!(PyModuleObject, md_weaklist) as Py_ssize_t,
    tp_methods: (&raw mut METHODS).cast(),
    tp_members: (&raw mut MEMBERS).cast(),
    tp_dictoffset: offset_of!(PyModuleObject, md_dict) as Py_ssize_t,
    tp_init: slots::init(init),
    tp_new: slots::new(new),
    tp_mro: class_order::pointer(&raw mut MODULE_ORDER),
    ..class_defaults::COLLECTED
};

static mut MODULE_ORDER: Classes<2> = class_order::classes([known::MODULE.as_ptr(), known::OBJECT.as_ptr()]);

/// The type of module definitions, which are objects that C owns.
#[unsafe(no_mangle)]
pub static mut PyModuleDef_Type: PyTypeObject = PyTypeObject {
    tp_name: c"moduledef".as_ptr(),
    tp_basicsize: size_of::<PyModuleDef>() as Py_ssize_t,
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_mro: class_order::pointer(&raw mut DEFINITION_ORDER),
    ..class_defaults::DEFAULTS
};

static mut DEFINITION_ORDER: Classes<2> =
    class_order::classes([known::MODULE_DEFINITION.as_ptr(), known::OBJECT.as_ptr()]);

static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__dict__".as_ptr(),
        kind: _Py_T_OBJECT,
        offset: offset_of!(PyModuleObject, md_dict) as Py_ssize_t,
        flags: Py_READONLY,
        doc: core::ptr::null(),
    },
    PyMemberDef::END,
];

/// An attribute of a module; AttributeError when it is missing.
fn getattr(module: Module<'_>, name: Obj<'_>) -> Result<Ref> {
    match find(module, name)? {
        Some(value) => Ok(value),
        None => Err(missing::missing(module, name)?),
    }
}

/// The definition of a module whose state exists, for calls of its functions for the collector and for teardown.
fn definition_with_state(module: Module<'_>) -> Option<PyModuleDef> {
    let definition = definition(module)?.fields();
    (definition.m_size <= 0 || !state(module).is_null()).then_some(definition)
}

/// A visitor for the collector that calls the closure whose address is its argument.
unsafe extern "C" fn hand_on(o: *mut PyObject, argument: *mut c_void) -> c_int {
    // SAFETY: `visit` below passes this argument, which lives until `m_traverse` returns.
    unsafe { (*argument.cast::<&mut dyn FnMut(*mut PyObject) -> c_int>())(o) }
}

// SAFETY: a module owns its dict, its name and the block of its state.
unsafe impl Owner for PyModuleObject {
    fn visit(module: Module<'_>, mut visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        if let Some(m_traverse) = definition_with_state(module).and_then(|definition| definition.m_traverse) {
            // SAFETY: the function is the definition's own, and the module is live and belongs to that definition.
            let answer = unsafe { m_traverse(module.as_ptr(), Some(hand_on), (&raw mut visit).cast()) };
            if answer != 0 {
                return answer;
            }
        }
        visit(attributes(module).as_ptr())
    }

    unsafe fn empty(module: Module<'_>) {
        weakref::end_of(*module);
        if let Some(m_free) = definition_with_state(module).and_then(|definition| definition.m_free) {
            // SAFETY: the function is the definition's own, and the module belongs to that definition and is still
            // whole.
            unsafe { m_free(module.cast()) };
        }
        let fields = module.fields();
        // SAFETY: the two fields hold NULL or an owned reference. No code uses the state of a module that is being
        // destroyed.
        unsafe {
            Field::at(&raw mut (*fields).md_dict).set(None);
            Field::at(&raw mut (*fields).md_name).set(None);
            memory::free((*fields).md_state);
        }
    }
}

static mut METHODS: [PyMethodDef; 2] = [slots::method_noargs(c"__dir__", dir), PyMethodDef::END];

/// `__dir__`: the answer of the function `__dir__` in the module's dict, or the names there.
fn dir(module: Module<'_>) -> Result<Ref> {
    let own = object_attributes::get_str(*module, "__dict__")?;
    let Some(own) = own.borrow().downcast::<PyDictObject>() else {
        return Err(raise!(TypeError, "<module>.__dict__ is not a dictionary"));
    };
    match dict::get_str(own, "__dir__")? {
        Some(function) => call::vectorcall(function.borrow(), &[], None),
        None => dict::keys(own).map(Into::into),
    }
}

/// Whether clearing a module succeeded. A definition's function that fails need not set an error.
enum Cleared {
    Whole,
    Failed,
}

impl IntoC for Cleared {
    type C = c_int;

    fn into_c(self) -> c_int {
        match self {
            Cleared::Whole => 0,
            Cleared::Failed => -1,
        }
    }
}

/// Breaks cycles. The dict is emptied but not dropped, since code may still use it.
fn clear(module: Module<'_>) -> Cleared {
    if let Some(m_clear) = definition_with_state(module).and_then(|definition| definition.m_clear) {
        // SAFETY: the function is the definition's own, and the module is live and belongs to that definition.
        if unsafe { m_clear(module.as_ptr()) } != 0 {
            return Cleared::Failed;
        }
    }
    dict::clear(attributes(module));
    Cleared::Whole
}

/// A module without a name.
fn new(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Ok(blank(class)?.into_ref())
}

/// Sets the name and the documentation from the arguments of the call.
fn init(module: Module<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    const SIGNATURE: Signature<2> = Signature { function: "module", names: ["name", "doc"], required: 1 };
    let [name, doc] = SIGNATURE.parse(tuple::items(args), keywords)?;
    let name = name.ok_or_else(refusal::null_error)?;
    if !str::check(name.borrow()) {
        let kind = arguments::kind(name.borrow());
        return Err(raise!(TypeError, "module() argument 'name' must be str, not {kind}"));
    }
    begin(module, name.borrow(), doc.as_ref().map_or(NONE, Ref::borrow))
}
