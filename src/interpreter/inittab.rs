//! The table of modules that are built into the program (CPython: `PyImport_Inittab`).

use crate::abi::{_inittab, PyObject};
use crate::objects::{str, tuple};
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::phase::{self, Phase};
use crate::runtime::{Obj, Own, Ref, Result};
use core::ffi::{CStr, c_char};

/// A module's `PyInit_` function.
pub type InitFunction = unsafe extern "C" fn() -> *mut PyObject;

/// A row: the name is C's, and stays where it is.
#[derive(Debug, Clone, Copy)]
struct Row {
    name: *const c_char,
    init: InitFunction,
}

// SAFETY: the name is a constant string of C, and a function may be called from any thread.
unsafe impl Send for Row {}

static TABLE: Lock<Array<Row>> = Lock::new(Array::new_in(Malloc));

/// The modules that are always there.
const ALWAYS: [&str; 2] = ["builtins", "sys"];

impl Row {
    fn name(&self) -> &[u8] {
        // SAFETY: `extend` was promised names that end with a NUL and stay for good.
        unsafe { CStr::from_ptr(self.name) }.to_bytes()
    }
}

/// Whether it is too late to add modules: `Py_Initialize` was called.
pub fn is_closed() -> bool {
    matches!(phase::current(), Phase::Initialized | Phase::Finalizing)
}

/// Adds rows; without memory for all of them, none, and `false`. No error is set.
///
/// # Safety
/// The names are NUL-terminated, and stay as they are for good.
pub unsafe fn extend(rows: impl Iterator<Item = _inittab> + Clone) -> bool {
    let mut table = TABLE.hold();
    let rows = rows.filter_map(|row| Some(Row { name: row.name, init: row.initfunc? }));
    if table.try_reserve(rows.clone().count()).is_err() {
        return false;
    }
    memory::fill(&mut table, rows);
    true
}

/// The function of a module in the table. The first of a name counts; names that are not ASCII are never found.
pub fn find(name: &str) -> Option<InitFunction> {
    let table = TABLE.hold();
    name.is_ascii().then(|| table.iter().find(|row| row.name() == name.as_bytes()).map(|row| row.init)).flatten()
}

/// The names in the table; `None` without memory. No error is set here: it would drop another, which may run code that
/// needs the table.
fn copy_names() -> Option<Array<&'static [u8]>> {
    let mut names = Array::new_in(Malloc);
    let table = TABLE.hold();
    names.try_reserve(table.len()).ok()?;
    // SAFETY: `extend` was promised names that end with a NUL and stay for good.
    memory::fill(&mut names, table.iter().map(|row| unsafe { CStr::from_ptr::<'static>(row.name) }.to_bytes()));
    Some(names)
}

/// All names, sorted, as a tuple (CPython: `sys.builtin_module_names`).
pub fn names() -> Result<Ref> {
    let mut rows = copy_names().ok_or_else(memory::out_of_memory)?;
    memory::reserve(&mut rows, ALWAYS.len())?;
    memory::fill(&mut rows, ALWAYS.iter().map(|name| name.as_bytes()));
    rows.sort_unstable();
    let mut names: Array<Ref> = Array::new_in(Malloc);
    memory::reserve(&mut names, rows.len())?;
    for row in &rows {
        memory::fill(&mut names, [str::from_utf8_replaced(row, false)?]);
    }
    let mut borrowed: Array<Obj<'_>> = Array::new_in(Malloc);
    memory::reserve(&mut borrowed, names.len())?;
    memory::fill(&mut borrowed, names.iter().map(Ref::borrow));
    tuple::from_slice(&borrowed).map(Own::into_ref)
}
