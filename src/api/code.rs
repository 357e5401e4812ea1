//! `Include/cpython/code.h`: code objects, which name the file, function and line of an error in C code.

use super::required_text;
use crate::abi::{PyCodeObject, PyObject};
use crate::objects::code::{self, Code, Counts, Parts, lines};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, CodeArg, IntoC, Obj, Ref, Result, Text};
use core::ffi::c_int;

/// A code object without instructions, for a frame: a new reference, or NULL with an error set. The file's name is decoded as file
/// names are, that of the function is UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyCode_NewEmpty(filename: Text, funcname: Text, firstlineno: c_int) -> *mut PyCodeObject {
    const NAME: &str = "PyCode_NewEmpty";
    required_text(filename, NAME)
        .and_then(|filename| Ok((filename, required_text(funcname, NAME)?)))
        .and_then(|(filename, name)| code::new_empty(filename.to_bytes(), name.to_bytes(), firstlineno))
        .into_c()
        .cast()
}

/// A code object from all its parts: a new reference, or NULL with SystemError for NULL, for parts of other types and negative
/// numbers, ValueError for fewer variables than arguments. The instructions are never run.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Code_NewWithPosOnlyArgs(
    argcount: c_int,
    posonlyargcount: c_int,
    kwonlyargcount: c_int,
    nlocals: c_int,
    stacksize: c_int,
    flags: c_int,
    code: Arg,
    consts: Arg,
    names: Arg,
    varnames: Arg,
    freevars: Arg,
    cellvars: Arg,
    filename: Arg,
    name: Arg,
    qualname: Arg,
    firstlineno: c_int,
    linetable: Arg,
    exceptiontable: Arg,
) -> *mut PyCodeObject {
    let counts = Counts {
        arguments: argcount,
        positional_only: posonlyargcount,
        keyword_only: kwonlyargcount,
        locals: nlocals,
        stack: stacksize,
        flags,
        first_line: firstlineno,
    };
    let parts = Parts {
        code,
        consts,
        names,
        variables: varnames,
        free: freevars,
        cells: cellvars,
        filename,
        name,
        qualname,
        lines: linetable,
        exceptions: exceptiontable,
    };
    code::new(counts, parts).into_c().cast()
}

/// [`PyUnstable_Code_NewWithPosOnlyArgs`] without arguments that have no keyword.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Code_New(
    argcount: c_int,
    kwonlyargcount: c_int,
    nlocals: c_int,
    stacksize: c_int,
    flags: c_int,
    code: Arg,
    consts: Arg,
    names: Arg,
    varnames: Arg,
    freevars: Arg,
    cellvars: Arg,
    filename: Arg,
    name: Arg,
    qualname: Arg,
    firstlineno: c_int,
    linetable: Arg,
    exceptiontable: Arg,
) -> *mut PyCodeObject {
    PyUnstable_Code_NewWithPosOnlyArgs(
        argcount,
        0,
        kwonlyargcount,
        nlocals,
        stacksize,
        flags,
        code,
        consts,
        names,
        varnames,
        freevars,
        cellvars,
        filename,
        name,
        qualname,
        firstlineno,
        linetable,
        exceptiontable,
    )
}

/// A code object; SystemError for another object and for NULL.
fn code_of<'a>(code: CodeArg<'a>, function: &'static str) -> Result<Code<'a>> {
    code.and_then(Obj::downcast).ok_or_else(|| bad_argument(function))
}

/// A part of a code object for C.
fn part(code: CodeArg, function: &'static str, part: fn(Code<'_>) -> Result<Ref>) -> *mut PyObject {
    code_of(code, function).and_then(part).into_c()
}

/// The instructions of a code object, as `bytes`: a new reference, or NULL with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCode_GetCode(code: CodeArg) -> *mut PyObject {
    part(code, "PyCode_GetCode", code::instructions)
}

/// The names of the function's own variables, as a tuple: a new reference, or NULL with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCode_GetVarnames(code: CodeArg) -> *mut PyObject {
    part(code, "PyCode_GetVarnames", code::variable_names)
}

/// The names of the variables that inner functions use, as a tuple: a new reference, or NULL with SystemError for another object and for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCode_GetCellvars(code: CodeArg) -> *mut PyObject {
    part(code, "PyCode_GetCellvars", code::cell_names)
}

/// The names of the variables of outer functions, as a tuple: a new reference, or NULL with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCode_GetFreevars(code: CodeArg) -> *mut PyObject {
    part(code, "PyCode_GetFreevars", code::free_names)
}

/// The line of the instruction at an offset in bytes; the first line for a negative offset; -1 when there is none, and with SystemError
/// for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCode_Addr2Line(code: CodeArg, byte_offset: c_int) -> c_int {
    code_of(code, "PyCode_Addr2Line").map_or(-1, |code| lines::at(code, byte_offset))
}
