//! `Include/cpython/code.h`: code objects, which name the file, function and line of an error in C code.

use super::required_text;
use crate::abi::PyCodeObject;
use crate::objects::code::{self, Counts, Parts};
use crate::runtime::{Arg, IntoC, Text};
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
