//! The suites of slots of an object's type.

use crate::abi::{
    _Py_TPFLAGS_STATIC_BUILTIN, PyBufferProcs, PyMappingMethods, PyNumberMethods, PySequenceMethods, lenfunc,
};
use crate::runtime::{Obj, Result, error};

/// Whether the type is built in. The slots of such a type keep CPython's convention for errors, so a function for C can
/// return their results unchecked. Its call of the slot is then a tail call: a jump, without a stack frame.
#[inline(always)]
pub(super) fn is_trusted(o: Obj<'_>) -> bool {
    o.has_flag(_Py_TPFLAGS_STATIC_BUILTIN)
}

/// The number suite.
pub(super) fn number(o: Obj<'_>) -> Option<&PyNumberMethods> {
    // SAFETY: tp_as_number is NULL or a whole suite that lives as long as the type, which the object keeps alive.
    unsafe { o.class().fields().tp_as_number.as_ref() }
}

/// The sequence suite.
pub(super) fn sequence(o: Obj<'_>) -> Option<&PySequenceMethods> {
    // SAFETY: tp_as_sequence is NULL or a whole suite that lives as long as the type, which the object keeps alive.
    unsafe { o.class().fields().tp_as_sequence.as_ref() }
}

/// The mapping suite.
pub(super) fn mapping(o: Obj<'_>) -> Option<&PyMappingMethods> {
    // SAFETY: tp_as_mapping is NULL or a whole suite that lives as long as the type, which the object keeps alive.
    unsafe { o.class().fields().tp_as_mapping.as_ref() }
}

/// The buffer suite.
pub(super) fn buffer(o: Obj<'_>) -> Option<&PyBufferProcs> {
    // SAFETY: tp_as_buffer is NULL or a whole suite that lives as long as the type, which the object keeps alive.
    unsafe { o.class().fields().tp_as_buffer.as_ref() }
}

/// The length that `sq_length` gives; `None` without the slot.
pub(super) fn sequence_length(o: Obj<'_>) -> Result<Option<isize>> {
    length(o, sequence(o).and_then(|suite| suite.sq_length))
}

/// The length that `mp_length` gives; `None` without the slot.
pub(super) fn mapping_length(o: Obj<'_>) -> Result<Option<isize>> {
    length(o, mapping(o).and_then(|suite| suite.mp_length))
}

fn length(o: Obj<'_>, slot: lenfunc) -> Result<Option<isize>> {
    // SAFETY: the slot belongs to the type of `o`: both callers take it from one of its suites.
    match slot.map(|slot| unsafe { slot(o.as_ptr()) }) {
        Some(..0) => Err(error::fetched_from_c("__len__")),
        length => Ok(length),
    }
}
