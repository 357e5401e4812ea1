//! Code objects, frames and tracebacks: they say in which file, function and line C code raised an error. They are made by C, as
//! Cython's modules do, and no code runs in them.

pub mod frame;
pub mod lines;
pub mod traceback;
pub mod type_object;

use crate::abi::*;
use crate::objects::bytes;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{convert, str};
use crate::runtime::known::CODE;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, View, extension_object, raise};
use core::ffi::c_int;

/// A borrowed code object.
pub type Code<'a> = View<'a, PyCodeObject>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for PyCodeObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(CODE)
    }
}

/// The numbers of a code object.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// The arguments.
    pub arguments: c_int,
    /// Those of them that have no keyword.
    pub positional_only: c_int,
    /// The arguments that have only a keyword.
    pub keyword_only: c_int,
    /// The local variables.
    pub locals: c_int,
    /// The depth of the stack.
    pub stack: c_int,
    /// The flags.
    pub flags: c_int,
    /// The first line.
    pub first_line: c_int,
}

/// The objects of a code object.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The instructions: `bytes`.
    pub code: Option<Obj<'a>>,
    /// The constants: a tuple, as the names and variables are.
    pub consts: Option<Obj<'a>>,
    /// The names that are looked up.
    pub names: Option<Obj<'a>>,
    /// The local variables.
    pub variables: Option<Obj<'a>>,
    /// The variables of outer functions.
    pub free: Option<Obj<'a>>,
    /// The variables that inner functions use.
    pub cells: Option<Obj<'a>>,
    /// The file: a `str`, as the names of the function are.
    pub filename: Option<Obj<'a>>,
    /// The name of the function.
    pub name: Option<Obj<'a>>,
    /// Its qualified name.
    pub qualname: Option<Obj<'a>>,
    /// The table of lines: `bytes`.
    pub lines: Option<Obj<'a>>,
    /// The table of exceptions: `bytes`.
    pub exceptions: Option<Obj<'a>>,
}

/// CPython's instructions of a code object that only raises an error.
const EMPTY: [u8; 6] = [0x80, 0, b'Q', 0, b'h', 1];

/// A code object without instructions of its own (CPython: `PyCode_NewEmpty`).
pub fn new_empty(filename: &[u8], name: &[u8], first_line: c_int) -> Result<Own<PyCodeObject>> {
    let filename = str::decode_utf8(filename, str::Handler::SurrogateEscape)?;
    let name = str::intern(str::from_utf8(name)?)?;
    let nothing = Some(*tuple::empty());
    let [code, lines, exceptions] = [&EMPTY[..], &[0xEA, 0], &[]].map(bytes::from_slice);
    let (code, lines, exceptions) = (code?, lines?, exceptions?);
    let parts = Parts {
        code: Some(code.as_obj()),
        consts: nothing,
        names: nothing,
        variables: nothing,
        free: nothing,
        cells: nothing,
        filename: Some(filename.borrow()),
        name: Some(name.borrow()),
        qualname: Some(name.borrow()),
        lines: Some(lines.as_obj()),
        exceptions: Some(exceptions.as_obj()),
    };
    new(Counts { stack: 1, first_line, ..Counts::default() }, parts)
}

/// A code object (CPython: `PyUnstable_Code_NewWithPosOnlyArgs`). SystemError for negative numbers and for parts of other types,
/// ValueError for fewer variables than arguments.
pub fn new(counts: Counts, parts: Parts<'_>) -> Result<Own<PyCodeObject>> {
    const NAME: &str = "PyUnstable_Code_NewWithPosOnlyArgs";
    let refused = || bad_argument(NAME);
    let tuple_of =
        |part: Option<Obj<'_>>| part.and_then(Obj::downcast::<PyTupleObject>).map(View::to_own).ok_or_else(refused);
    let text_of = |part: Option<Obj<'_>>| part.filter(|part| str::check(*part)).map(Obj::to_ref).ok_or_else(refused);
    let bytes_of =
        |part: Option<Obj<'_>>| part.and_then(Obj::downcast::<PyBytesObject>).map(View::to_own).ok_or_else(refused);
    let numbers = [counts.positional_only, counts.keyword_only, counts.stack, counts.flags, counts.locals];
    if counts.arguments < counts.positional_only || numbers.into_iter().any(|number| number < 0) {
        return Err(refused());
    }
    let (code, consts, names) = (bytes_of(parts.code)?, tuple_of(parts.consts)?, tuple_of(parts.names)?);
    let [variables, free, cells] = [parts.variables, parts.free, parts.cells].map(tuple_of);
    let (variables, free, cells) = (variables?, free?, cells?);
    let [filename, name, qualname] = [parts.filename, parts.name, parts.qualname].map(text_of);
    let (filename, name, qualname) = (filename?, str::intern(name?)?, str::intern(qualname?)?);
    let (lines, exceptions) = (bytes_of(parts.lines)?, bytes_of(parts.exceptions)?);
    let instructions = bytes::as_slice(code.borrow());
    if !instructions.len().is_multiple_of(2) {
        return Err(raise!(ValueError, "code: co_code is malformed"));
    }
    if i64::from(counts.arguments) + i64::from(counts.keyword_only) > i64::from(counts.locals) {
        return Err(raise!(ValueError, "code: varnames is too small"));
    }
    let all = tuple::joined(&[variables.borrow(), cells.borrow(), free.borrow()])?;
    let kinds = bytes::from_slice(&[])?;
    let made = extension_object::plain_with_items(CODE, (instructions.len() / 2) as Py_ssize_t)?.cast::<PyCodeObject>();
    let count = |tuple: Tuple<'_>| tuple::len(tuple) as c_int;
    // SAFETY: a new object with room for the fields, all of which are written, and for the instructions after them.
    unsafe {
        let fields = made.as_ptr();
        let head = core::ptr::read(&raw const (*fields).ob_base);
        fields.cast::<u8>().write_bytes(0, core::mem::offset_of!(PyCodeObject, co_code_adaptive));
        (&raw mut (*fields).ob_base).write(head);
        (*fields).co_consts = consts.into_ref().into_ptr();
        (*fields).co_names = names.into_ref().into_ptr();
        (*fields).co_exceptiontable = exceptions.into_ref().into_ptr();
        (*fields).co_flags = counts.flags;
        (*fields).co_argcount = counts.arguments;
        (*fields).co_posonlyargcount = counts.positional_only;
        (*fields).co_kwonlyargcount = counts.keyword_only;
        (*fields).co_stacksize = counts.stack;
        (*fields).co_firstlineno = counts.first_line;
        (*fields).co_nlocalsplus = count(all.borrow());
        (*fields).co_nlocals = count(variables.borrow());
        (*fields).co_ncellvars = count(cells.borrow());
        (*fields).co_nfreevars = count(free.borrow());
        (*fields).co_version = 0;
        (*fields).co_localsplusnames = all.into_ref().into_ptr();
        (*fields).co_localspluskinds = kinds.into_ref().into_ptr();
        (*fields).co_filename = filename.into_ptr();
        (*fields).co_name = name.into_ptr();
        (*fields).co_qualname = qualname.into_ptr();
        (*fields).co_linetable = lines.into_ref().into_ptr();
        let place = (&raw mut (*fields).co_code_adaptive).cast::<u8>();
        place.copy_from_nonoverlapping(instructions.as_ptr(), instructions.len());
        Ok(Own::new_unchecked(Ref::from_ptr_unchecked(fields.cast())))
    }
}

/// A field of a code object that owns a reference.
fn field<'a>(code: Code<'a>, offset: usize) -> &'a Field {
    // SAFETY: this folder passes the offset of such a field, which lives as long as the object.
    unsafe { Field::at(code.as_ptr().byte_add(offset).cast()) }
}

/// The file of a code object.
pub fn filename(code: Code<'_>) -> Option<Ref> {
    field(code, core::mem::offset_of!(PyCodeObject, co_filename)).get()
}

/// The name of a code object's function.
pub fn name(code: Code<'_>) -> Option<Ref> {
    field(code, core::mem::offset_of!(PyCodeObject, co_name)).get()
}

/// The first line of a code object.
pub fn first_line(code: Code<'_>) -> c_int {
    // SAFETY: the view is of a live object with this layout.
    unsafe { (*code.fields()).co_firstlineno }
}

/// How many instructions a code object has, each of two bytes.
fn instruction_count(code: Code<'_>) -> usize {
    // SAFETY: the view is of a live object with this layout.
    unsafe { (*code.fields()).ob_base.ob_size as usize }
}

/// The instructions of a code object, as `bytes`.
pub fn instructions(code: Code<'_>) -> Result<Ref> {
    // SAFETY: the instructions are after the fields, and `ob_size` counts them.
    let instructions = unsafe {
        let start = (&raw const (*code.fields()).co_code_adaptive).cast::<u8>();
        core::slice::from_raw_parts(start, 2 * instruction_count(code))
    };
    bytes::from_slice(instructions).map(Own::into_ref)
}

/// The names of a function's own variables.
pub fn variable_names(code: Code<'_>) -> Result<Ref> {
    variables(code, |code| (0, code.co_nlocals))
}

/// The names of the variables that inner functions use.
pub fn cell_names(code: Code<'_>) -> Result<Ref> {
    variables(code, |code| (code.co_nlocals, code.co_ncellvars))
}

/// The names of the variables of outer functions.
pub fn free_names(code: Code<'_>) -> Result<Ref> {
    variables(code, |code| (code.co_nlocals + code.co_ncellvars, code.co_nfreevars))
}

/// Some of the names of local variables: those of the function's own, of outer or of inner functions.
fn variables(code: Code<'_>, range: impl Fn(&PyCodeObject) -> (c_int, c_int)) -> Result<Ref> {
    // SAFETY: the view is of a live object with this layout, which is only read meanwhile.
    let (start, count) = range(unsafe { &*code.fields() });
    let all = field(code, core::mem::offset_of!(PyCodeObject, co_localsplusnames)).get();
    let all = convert::to_tuple(all.as_ref().map_or(*tuple::empty(), Ref::borrow))?;
    let items = tuple::items(all.borrow());
    let (start, count) = (start.max(0) as usize, count.max(0) as usize);
    tuple::from_slice(items.get(start..start.saturating_add(count)).unwrap_or_default()).map(Own::into_ref)
}
