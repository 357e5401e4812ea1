//! The table of built-in modules (CPython: `PyImport_Inittab`).

use crate::abi::{_inittab, PyObject};
use crate::objects::{str, tuple};
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::phase::{self, Phase};
use crate::runtime::{Obj, Own, Ref, Result};
use core::ffi::{CStr, c_char};

/// A module's `PyInit_` function.
pub type InitFunction = unsafe extern "C" fn() -> *mut PyObject;

/// A row. C owns the name, which does not move.
#[derive(Debug, Clone, Copy)]
struct Row {
    name: *const c_char,
    init: InitFunction,
}

// SAFETY: the name is a constant C string, and a function may be called from any thread.
unsafe impl Send for Row {}

static TABLE: Lock<Array<Row>> = Lock::new(Array::new_in(Malloc));

/// The modules that always exist.
const ALWAYS: [&str; 2] = ["builtins", "sys"];

impl Row {
    fn name(&self) -> &[u8] {
        // SAFETY: the caller of `extend` promised names that end with a NUL and are never freed.
        unsafe { CStr::from_ptr(self.name) }.to_bytes()
    }
}

/// Whether it is too late to add modules, because `Py_Initialize` was called.
pub fn is_closed() -> bool {
    matches!(phase::current(), Phase::Initialized | Phase::Finalizing)
}

/// Adds rows. Without memory for all of them it adds none and returns false. No error is set.
///
/// # Safety
/// The names are NUL-terminated, and are never changed or freed.
pub unsafe fn extend(rows: impl Iterator<Item = _inittab> + Clone) -> bool {
    let mut table = TABLE.hold();
    let rows = rows.filter_map(|row| Some(Row { name: row.name, init: row.initfunc? }));
    if table.try_reserve(rows.clone().count()).is_err() {
        return false;
    }
    memory::fill(&mut table, rows);
    true
}

/// The function of a module in the table. If a name occurs twice, the first row counts. Names that are not ASCII are
/// never found.
pub fn find(name: &str) -> Option<InitFunction> {
    let table = TABLE.hold();
    name.is_ascii().then(|| table.iter().find(|row| row.name() == name.as_bytes()).map(|row| row.init)).flatten()
}

/// The names in the table; `None` without memory. No error is set here, because that would drop the pending one, and a
/// destructor may run code that needs the table.
fn copy_names() -> Option<Array<&'static [u8]>> {
    let mut names = Array::new_in(Malloc);
    let table = TABLE.hold();
    names.try_reserve(table.len()).ok()?;
    // SAFETY: the caller of `extend` promised names that end with a NUL and are never freed.
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
