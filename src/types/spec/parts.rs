//! The parts of a description that are looked at before the type is made, and the sizes and offsets that follow from
//! them.

use crate::abi::*;
use crate::runtime::known::OBJECT;
use crate::runtime::type_spec::Spec;
use crate::runtime::{Result, Type, raise, refusal};
use crate::types::{heap, slots};
use core::ffi::{CStr, c_void};

/// The member that stands for `tp_weaklistoffset`.
pub const WEAKLIST: &CStr = c"__weaklistoffset__";
/// The member that stands for `tp_dictoffset`.
pub const DICT: &CStr = c"__dictoffset__";
const VECTORCALL: &CStr = c"__vectorcalloffset__";

/// The slots that need more than to be copied.
pub struct Parts<'a> {
    /// The table of members.
    pub members: &'a [PyMemberDef],
    /// The documentation, with the signature before it.
    pub doc: Option<&'a CStr>,
}

impl<'a> Parts<'a> {
    /// Checks the slots in the order of the table, and finds the parts.
    pub fn of(spec: Spec<'a>) -> Result<Self> {
        if spec.fields().slots.is_null() {
            return Err(refusal::null_argument("PyType_FromSpec"));
        }
        let mut parts = Parts { members: &[], doc: None };
        for slot in spec.slots() {
            if slots::by_id(slot.slot).is_none() {
                return Err(raise!(RuntimeError, "invalid slot offset"));
            }
            match slot.slot {
                Py_tp_members if !parts.members.is_empty() => {
                    return Err(raise!(SystemError, "Multiple Py_tp_members slots are not supported."));
                }
                Py_tp_members => {
                    // SAFETY: the slot of a valid description holds a table that ends at a row without a name.
                    parts.members = unsafe { table(slot.pfunc) };
                    parts.members.iter().try_for_each(|member| check_relative(spec, member))?;
                }
                Py_tp_doc if parts.doc.is_some() => {
                    return Err(raise!(SystemError, "Multiple Py_tp_doc slots are not supported."));
                }
                Py_tp_doc if !slot.pfunc.is_null() => {
                    // SAFETY: the slot of a valid description holds a NUL-terminated text.
                    parts.doc = Some(unsafe { CStr::from_ptr(slot.pfunc.cast()) });
                }
                _ => {}
            }
        }
        Ok(parts)
    }
}

/// The rows of a table of members.
///
/// # Safety
/// The table is NULL, or ends at a row without a name, and is valid for `'a`.
unsafe fn table<'a>(start: *mut c_void) -> &'a [PyMemberDef] {
    let start = start.cast::<PyMemberDef>();
    if start.is_null() {
        return &[];
    }
    // SAFETY: the rows up to the one without a name can be read, by this function's condition.
    unsafe {
        let count = (0..).take_while(|index| !(*start.add(*index)).name.is_null()).count();
        core::slice::from_raw_parts(start, count)
    }
}

/// SystemError for a member whose offset counts from the end of the base's part of an instance, if the class has no
/// such part of its own at that offset.
fn check_relative(spec: Spec<'_>, member: &PyMemberDef) -> Result<()> {
    let size = spec.fields().basicsize as Py_ssize_t;
    if member.flags & Py_RELATIVE_OFFSET == 0 {
        Ok(())
    } else if size > 0 {
        Err(raise!(SystemError, "With Py_RELATIVE_OFFSET, basicsize must be negative."))
    } else if !(0..-size).contains(&member.offset) {
        Err(raise!(SystemError, "Member offset out of range (0..-basicsize)"))
    } else {
        Ok(())
    }
}

/// The size of an instance, and the offsets of the fields that a type names by members; 0 for a field that it does not
/// have.
pub struct Sizes {
    /// `tp_basicsize`
    pub basic: Py_ssize_t,
    /// The offset from which the offsets of members with `Py_RELATIVE_OFFSET` count.
    own_part: Py_ssize_t,
    /// `tp_weaklistoffset`
    pub weaklist: Py_ssize_t,
    /// `tp_dictoffset`
    pub dict: Py_ssize_t,
    /// `tp_vectorcall_offset`
    pub vectorcall: Py_ssize_t,
}

impl Sizes {
    /// The sizes of a class with a base.
    pub fn of(spec: Spec<'_>, parts: &Parts<'_>, base: Type<'_>) -> Result<Self> {
        let given = spec.fields().basicsize as Py_ssize_t;
        let base_size = base.fields().tp_basicsize;
        let (basic, own_part) = match given {
            0 => (base_size, 0),
            1.. => (given, given),
            _ => {
                let flags = base.flags() | core::ffi::c_ulong::from(spec.fields().flags);
                if base.fields().tp_itemsize != 0 && flags & Py_TPFLAGS_ITEMS_AT_END == 0 {
                    return Err(raise!(
                        SystemError,
                        "Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END."
                    ));
                }
                let start = heap::aligned(base_size);
                (start + heap::aligned(-given), start)
            }
        };
        let mut sizes = Sizes { basic, own_part, weaklist: 0, dict: 0, vectorcall: 0 };
        sizes.weaklist = sizes.offset_of(parts, WEAKLIST)?;
        sizes.dict = sizes.offset_of(parts, DICT)?;
        sizes.vectorcall = sizes.offset_of(parts, VECTORCALL)?;
        Ok(sizes)
    }

    /// The offset that the last member of a name stands for; 0 without such a member.
    fn offset_of(&self, parts: &Parts<'_>, name: &CStr) -> Result<Py_ssize_t> {
        // SAFETY: the rows of the table have names, which are NUL-terminated.
        let is_it = |member: &&PyMemberDef| unsafe { CStr::from_ptr(member.name) } == name;
        let Some(member) = parts.members.iter().rfind(is_it) else { return Ok(0) };
        let shown = name.to_str().unwrap_or_default();
        if member.kind != Py_T_PYSSIZET {
            return Err(raise!(SystemError, "type of {shown} must be Py_T_PYSSIZET"));
        }
        if member.flags & !Py_RELATIVE_OFFSET != Py_READONLY {
            return Err(raise!(
                SystemError,
                "flags for {shown} must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)"
            ));
        }
        Ok(self.absolute(member).offset)
    }

    /// A member, with an offset that counts from the beginning of the instance.
    pub fn absolute(&self, member: &PyMemberDef) -> PyMemberDef {
        match member.flags & Py_RELATIVE_OFFSET {
            0 => *member,
            _ => PyMemberDef {
                flags: member.flags & !Py_RELATIVE_OFFSET,
                offset: member.offset.wrapping_add(self.own_part),
                ..*member
            },
        }
    }
}

/// TypeError for a class whose instances are smaller than those of its base, or than an offset in them. A class with a
/// `tp_alloc` of its own may ignore the size, but not one with that of a built-in base, which writes the base's fields.
pub fn check_sizes(class: Type<'_>) -> Result<()> {
    let fields = class.fields();
    let alloc = |class: Type<'_>| class.fields().tp_alloc.map(|slot| slot as usize);
    let mut up = core::iter::successors(Some(class), |class| class.base());
    let built_in = up.find(|class| class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN));
    if alloc(class) != alloc(OBJECT) && built_in.map(alloc) != Some(alloc(class)) {
        return Ok(());
    }
    let (name, size) = (class.name(), fields.tp_basicsize);
    if let Some(base) = class.base().filter(|base| base.fields().tp_basicsize > size) {
        let base_size = base.fields().tp_basicsize;
        return Err(raise!(
            TypeError,
            "tp_basicsize for type '{name}' ({size}) is too small for base '{}' ({base_size})",
            base.name()
        ));
    }
    let offsets = [
        ("weaklist", fields.tp_weaklistoffset),
        ("dict", fields.tp_dictoffset),
        ("vectorcall", fields.tp_vectorcall_offset),
    ];
    for (field, offset) in offsets {
        if offset.saturating_add(size_of::<*mut PyObject>() as Py_ssize_t) > size {
            return Err(raise!(
                TypeError,
                "{field} offset {offset} is out of bounds for type '{name}' (tp_basicsize = {size})"
            ));
        }
    }
    Ok(())
}
