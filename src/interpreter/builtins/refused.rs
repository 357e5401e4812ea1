//! The functions of `builtins` that need a compiler of Python, coroutines, or modules that are Python source. They are there because
//! modules look up the names of builtins long before they call them. They raise an error that says what is missing.

use super::common::This;
use crate::abi::PyMethodDef;
use crate::objects::dict::Dict;
use crate::objects::slots;
use crate::objects::tuple::Tuple;
use crate::runtime::refusal::{COMPILER, not_supported};
use crate::runtime::{Obj, Ref, Result, raise};

const COROUTINES: &str = "coroutines";

/// `__build_class__(function, name, ...)`. The function would be one of Python code, of which there are none.
pub(super) const BUILD_CLASS: PyMethodDef = slots::method_fastcall(c"__build_class__", build_class);

fn build_class(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    Err(match arguments.len() {
        0 | 1 => raise!(TypeError, "__build_class__: not enough arguments"),
        _ => raise!(TypeError, "__build_class__: func must be a function"),
    })
}

/// `aiter(async_iterable)`
pub(super) const AITER: PyMethodDef =
    slots::method_o(c"aiter", |_: This<'_>, _: Obj<'_>| Err(not_supported("aiter", COROUTINES)))
        .with_doc(c"aiter($module, async_iterable, /)\n--\n\n");

/// `anext(iterator)`
pub(super) const ANEXT: PyMethodDef = slots::method_keywords(c"anext", anext);

fn anext(_: This<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(not_supported("anext", COROUTINES))
}

/// `breakpoint(...)`
pub(super) const BREAKPOINT: PyMethodDef =
    slots::method_keywords(c"breakpoint", breakpoint).with_doc(c"breakpoint($module, /, *args, **kws)\n--\n\n");

fn breakpoint(_: This<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(not_supported("breakpoint", "the module pdb"))
}

/// `compile(source, filename, mode, ...)`
pub(super) const COMPILE: PyMethodDef = slots::method_keywords(c"compile", compile);

fn compile(_: This<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(not_supported("compile", COMPILER))
}

/// `eval(source, ...)`
pub(super) const EVAL: PyMethodDef = slots::method_keywords(c"eval", eval);

fn eval(_: This<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(not_supported("eval", COMPILER))
}

/// `exec(source, ...)`
pub(super) const EXEC: PyMethodDef = slots::method_keywords(c"exec", exec);

fn exec(_: This<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(not_supported("exec", COMPILER))
}

/// `open(file, ...)`
pub(super) const OPEN: PyMethodDef = slots::method_keywords(c"open", open);

fn open(_: This<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(not_supported("open", "the module io"))
}
