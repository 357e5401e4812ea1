//! Struct sequences: classes derived from `tuple` whose items have names (CPython: `PyStructSequence_*`). An instance
//! may have items after those that a tuple shows: they are found by their names alone.

mod instance;

pub use instance::{new, peek, set};

use crate::abi::*;
use crate::objects::tuple::Tuple;
use crate::objects::{dict, int, list, str, tuple};
use crate::runtime::known::TUPLE;
use crate::runtime::memory::{self, Array, Lossy, Malloc};
use crate::runtime::type_spec::Spec;
use crate::runtime::{Own, Ref, Result, Type, raise, refusal};
use crate::types::{class, ready, spec};
use core::ffi::{CStr, c_char, c_int, c_void};
use core::mem::offset_of;

/// An address for C.
#[repr(transparent)]
#[derive(Debug)]
pub struct Address(*const c_char);

// SAFETY: the address is that of a constant.
unsafe impl Sync for Address {}

/// The name of a field that has none: such a field has this address for its name.
#[unsafe(no_mangle)]
pub static PyStructSequence_UnnamedField: Address = Address(c"unnamed field".as_ptr());

/// A description that C promises to be valid: its texts end with a NUL, its fields with their last row, and its texts
/// live as long as the class.
#[derive(Debug, Clone, Copy)]
pub struct Description<'a>(&'a PyStructSequence_Desc);

impl<'a> Description<'a> {
    /// Takes a description from C; `None` for NULL.
    ///
    /// # Safety
    /// It is NULL, or valid as this type says.
    pub unsafe fn from_ptr(description: *const PyStructSequence_Desc) -> Option<Self> {
        // SAFETY: the caller promised a valid description.
        unsafe { description.as_ref() }.map(Description)
    }

    /// Checks that as many fields are in the sequence as there are, at most. CPython computes the size of an instance from the numbers, and
    /// crashes for some, which are refused here as their neighbours are.
    fn check(self) -> Result<()> {
        let (visible, all) = (self.0.n_in_sequence, self.fields().len());
        let Ok(visible) = usize::try_from(visible) else { return Err(refusal::bad_argument("PyTuple_New")) };
        if visible <= all {
            return Ok(());
        }
        match ITEMS.checked_sub((visible - all).saturating_mul(size_of::<*mut PyObject>())) {
            Some(size) => {
                // SAFETY: the name of a class ends with a NUL.
                let name = Lossy(unsafe { CStr::from_ptr(self.0.name) }.to_bytes());
                Err(raise!(
                    TypeError,
                    "tp_basicsize for type '{name}' ({size}) is too small for base 'tuple' ({ITEMS})"
                ))
            }
            None => Err(raise!(SystemError, "Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END.")),
        }
    }

    fn fields(self) -> &'a [PyStructSequence_Field] {
        let first = self.0.fields.cast_const();
        // SAFETY: the fields end with one whose name is NULL, as the maker of the description promised.
        unsafe {
            let count = (0..).take_while(|index| !(*first.add(*index)).name.is_null()).count();
            core::slice::from_raw_parts(first, count)
        }
    }

    /// The members of the class, one for each field that has a name, with the end of the table.
    fn members(self) -> Result<Array<PyMemberDef>> {
        let mut members = Array::new_in(Malloc);
        for (index, field) in self.fields().iter().enumerate() {
            if field.name != PyStructSequence_UnnamedField.0 {
                let offset = ITEMS + index * size_of::<*mut PyObject>();
                let row = PyMemberDef { doc: field.doc, ..PyMemberDef::object(c"", offset).read_only() };
                memory::push(&mut members, PyMemberDef { name: field.name, ..row })?;
            }
        }
        memory::push(&mut members, PyMemberDef::END)?;
        Ok(members)
    }
}

/// The offset of the first item.
const ITEMS: usize = offset_of!(PyTupleObject, ob_item);

/// `tp_basicsize`: CPython's has room for one item.
const SIZE: usize = size_of::<PyTupleObject>();

/// A new class of struct sequences (CPython: `PyStructSequence_NewType`).
pub fn new_type(description: Description<'_>) -> Result<Ref> {
    description.check()?;
    let mut members = description.members()?;
    let slot = |slot, pfunc| PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(Py_tp_dealloc, instance::dealloc as *mut c_void),
        slot(Py_tp_repr, address(instance::REPR)),
        slot(Py_tp_doc, description.0.doc.cast_mut().cast()),
        slot(Py_tp_methods, (&raw mut instance::METHODS).cast()),
        slot(Py_tp_new, address(instance::NEW)),
        slot(Py_tp_members, members.as_mut_ptr().cast()),
        slot(Py_tp_traverse, instance::traverse as *mut c_void),
        slot(0, core::ptr::null_mut()),
    ];
    let mut made = PyType_Spec {
        name: description.0.name,
        basicsize: SIZE as c_int,
        itemsize: size_of::<*mut PyObject>() as c_int,
        flags: 0,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the description is valid: its slots hold functions of their signatures, and its tables are static or
    // copied.
    let Some(spec) = (unsafe { Spec::from_ptr(&raw mut made) }) else { return Err(refusal::null_error()) };
    let class = spec::make(None, None, spec, Some(TUPLE.as_obj()))?;
    let this = class.borrow().as_type().ok_or_else(refusal::null_error)?;
    complete(this, description)?;
    Ok(class)
}

/// A function of a slot as an address; NULL for none.
const fn address<F: Copy>(function: Option<F>) -> *mut c_void {
    const { assert!(size_of::<Option<F>>() == size_of::<*mut c_void>()) };
    // SAFETY: both are an address, and `None` of a function is NULL.
    unsafe { core::mem::transmute_copy(&function) }
}

/// Makes a static type that C has zeroed a class of struct sequences (CPython: `PyStructSequence_InitType2`).
///
/// # Safety
/// `class` is a type object all of whose fields are zero, or one that is ready, and no other thread uses it.
pub unsafe fn init_type(class: Type<'_>, description: Description<'_>) -> Result<()> {
    if class.as_obj().refcnt() > 1 {
        return Err(refusal::bad_argument("PyStructSequence_InitType2"));
    }
    description.check()?;
    // The table lives as long as the class, which never ends.
    let members = description.members()?.leak();
    // SAFETY: the type is a zeroed one, as promised, so that these are all its fields.
    unsafe {
        class.as_ptr().write(PyTypeObject {
            ob_base: PyVarObject { ob_base: PyObject { ob_refcnt: 1, ob_type: core::ptr::null_mut() }, ob_size: 0 },
            tp_name: description.0.name,
            tp_doc: description.0.doc,
            tp_basicsize: SIZE as Py_ssize_t,
            tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
            tp_dealloc: Some(instance::dealloc),
            tp_repr: instance::REPR,
            tp_methods: (&raw mut instance::METHODS).cast(),
            tp_new: instance::NEW,
            tp_members: members.as_mut_ptr(),
            tp_traverse: Some(instance::traverse),
            tp_base: TUPLE.as_ptr(),
            ..PyTypeObject::BLANK
        });
        ready::ready(class)?;
    }
    complete(class, description)
}

/// The attributes that tell how many fields there are.
fn complete(class: Type<'_>, description: Description<'_>) -> Result<()> {
    let fields = description.fields();
    let is_unnamed = |field: &&PyStructSequence_Field| field.name == PyStructSequence_UnnamedField.0;
    let visible = usize::try_from(description.0.n_in_sequence).unwrap_or(0);
    let attributes = class::attributes(class)?;
    let counts = [(VISIBLE, visible), (FIELDS, fields.len()), (UNNAMED, fields.iter().filter(is_unnamed).count())];
    for (name, count) in counts {
        dict::set_str(attributes, name, int::from_i64(count as i64)?.borrow())?;
    }
    let names = list::new()?;
    for field in fields.iter().take(visible).filter(|field| !is_unnamed(field)) {
        // SAFETY: the name of a field that has one is NUL-terminated.
        let name = unsafe { CStr::from_ptr(field.name) };
        list::append(names.borrow(), str::from_utf8(name.to_bytes())?.borrow())?;
    }
    dict::set_str(attributes, "__match_args__", list::to_tuple(names.borrow())?.as_obj())
}

const VISIBLE: &str = "n_sequence_fields";
const FIELDS: &str = "n_fields";
const UNNAMED: &str = "n_unnamed_fields";

/// The numbers of fields of a class: all, those that a tuple shows, and those without a name. TypeError for a class
/// without them.
fn counts(class: Type<'_>) -> Result<[usize; 3]> {
    let attributes = class::attributes(class)?;
    let mut counts = [0; 3];
    for (count, name) in counts.iter_mut().zip([FIELDS, VISIBLE, UNNAMED]) {
        let Some(number) = dict::get_name(attributes, str::HashedName::new(name)) else {
            return Err(raise!(TypeError, "Missed attribute '{name}' of type {}", class.name()));
        };
        *count = int::as_size_t(number.borrow())?;
    }
    Ok(counts)
}

/// A struct sequence as one whose items are all in place.
type Sequence<'a> = Tuple<'a>;

/// A new tuple of the items that a struct sequence shows.
fn shown(sequence: Sequence<'_>) -> Result<Own<PyTupleObject>> {
    tuple::from_slice(tuple::items(sequence))
}
