//! `sys.stderr`, to which errors and warnings are written. At first it is the library's own object for file descriptor
//! 2. If a program replaces it, the text goes through the methods `write` and `flush` of the new object, in the same
//! pieces as in CPython.

use super::end;
use super::root::{self, Part};
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::exceptions::display::{self, Screen};
use crate::objects::file_methods::flush;
use crate::objects::slots;
use crate::objects::{arguments, call, class_defaults, constants, dict, exceptions, int, str};
use crate::protocol::text;
use crate::runtime::stderr::{Report, Stderr};
use crate::runtime::{Obj, Ref, Result, Type, View, error, instance, known, raise};
use crate::types::attribute;
use core::fmt::{self, Write};

static mut STREAM_TYPE: PyTypeObject = PyTypeObject {
    tp_name: c"pycapsule.StandardError".as_ptr(),
    tp_doc: c"File descriptor 2.".as_ptr(),
    tp_methods: (&raw mut METHODS).cast(),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([&raw mut STREAM_TYPE, known::OBJECT.as_ptr()]);

/// The type of the initial object, as a borrowed reference.
// SAFETY: the static is a complete type object.
pub(super) const STREAM: Type<'static> = unsafe { Type::from_ptr_unchecked(&raw mut STREAM_TYPE) };

static mut METHODS: [PyMethodDef; 4] = [
    slots::method_o(c"write", write),
    slots::method_noargs(c"flush", flush_nothing),
    slots::method_noargs(c"fileno", descriptor),
    PyMethodDef::END,
];

/// The object for file descriptor 2.
pub(super) fn stream() -> Result<Ref> {
    let o = instance::allocate(STREAM, 0)?;
    // SAFETY: the new instance consists only of its head.
    Ok(unsafe { Ref::from_ptr_unchecked(o.as_ptr()) })
}

/// Writes a `str`, with escapes for surrogates, and returns the number of its characters.
fn write(_: View<'_, PyObject>, text: Obj<'_>) -> Result<Ref> {
    let Some(text) = text.downcast() else {
        return Err(raise!(TypeError, "write() argument must be str, not {}", arguments::kind(text)));
    };
    // Write errors are ignored: there is nowhere to report them.
    let _ = write!(Report::new(), "{}", str::as_text(*text));
    int::from_i64(str::length(text) as i64)
}

/// Does nothing, because `write` buffers no text.
fn flush_nothing(_: View<'_, PyObject>) -> Result<Ref> {
    Ok(constants::NONE.to_ref())
}

fn descriptor(_: View<'_, PyObject>) -> Result<Ref> {
    int::from_i64(libc::STDERR_FILENO.into())
}

/// The kinds of object that `sys.stderr` may be.
enum Target {
    /// The library's own object. It is also the target before the first use of `sys`, and when there is no memory to
    /// look it up.
    Descriptor,
    /// None.
    Nowhere,
    /// The attribute was deleted.
    Missing,
    /// Another object.
    Object(Ref),
}

/// Looks `sys.stderr` up. The error indicator is clear before and after.
fn target() -> Target {
    let Some(sys) = root::part(Part::Sys) else { return Target::Descriptor };
    match dict::get_str(sys.borrow(), "stderr") {
        Err(_) => {
            error::clear();
            Target::Descriptor
        }
        Ok(None) => Target::Missing,
        Ok(Some(stream)) if stream.borrow().is(constants::NONE) => Target::Nowhere,
        Ok(Some(stream)) if stream.borrow().is_exactly(STREAM) => Target::Descriptor,
        Ok(Some(stream)) => Target::Object(stream),
    }
}

/// An object with a method `write`, which gets each piece that is shown.
struct File<'a> {
    file: Obj<'a>,
    piece: str::Builder,
    /// Whether an empty text follows each piece, as in places where CPython writes with `print`.
    prints: bool,
}

impl<'a> File<'a> {
    fn new(file: Obj<'a>) -> Self {
        File { file, piece: str::Builder::new(), prints: false }
    }
}

impl Write for File<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.piece.write_str(text)
    }
}

impl Screen for File<'_> {
    fn end_piece(&mut self) -> fmt::Result {
        let piece = core::mem::replace(&mut self.piece, str::Builder::new()).finish();
        let written = piece.and_then(|piece| write_to(self.file, piece.borrow()));
        let written = written.and_then(|()| if self.prints { write_to(self.file, *str::empty()) } else { Ok(()) });
        written.map_err(|_| fmt::Error)
    }
}

/// Calls `write` of an object (CPython: `PyFile_WriteObject`).
fn write_to(file: Obj<'_>, text: Obj<'_>) -> Result<()> {
    let method = attribute::get_str(file, "write")?;
    call::vectorcall(method.borrow(), &[text], None).map(drop)
}

/// Shows an exception with its traceback, notes, cause and context (CPython: `PyErr_DisplayException`). The error
/// indicator does not change.
pub fn show(exception: Obj<'_>) {
    let before = error::take();
    match target() {
        // Write errors are ignored: there is nowhere to report them.
        Target::Descriptor => drop(display::show(exception, &mut Report::new())),
        Target::Nowhere => {}
        Target::Missing => lost(exception),
        Target::Object(file) => show_in(exception, file.borrow()),
    }
    error::put_back(before);
}

/// Shows an exception through an object. If that fails, it is shown again in the plain form. If that fails too, its
/// address, type and `repr` go to file descriptor 2.
fn show_in(exception: Obj<'_>, file: Obj<'_>) {
    let mut printed = File { prints: true, ..File::new(file) };
    if exceptions::is_instance(exception) && display::show(exception, &mut printed).is_ok() {
        return;
    }
    error::clear();
    if display::show_plainly(exception, &mut File::new(file)).is_err() {
        error::clear();
        lost(exception);
    }
    flush_quietly(file);
}

fn flush_quietly(file: Obj<'_>) {
    if flush(file).is_err() {
        error::clear();
    }
}

/// Describes an object that could not be shown, on file descriptor 2 (CPython: `_PyObject_Dump`).
fn lost(o: Obj<'_>) {
    let shown = display::Shown::of(text::repr(o), "");
    let (class, count) = (o.class(), o.refcnt());
    // Write errors are ignored: there is nowhere to report them.
    let _ = write!(
        Report::new(),
        "object address  : {:p}\nobject refcount : {count}\nobject type     : {:p}\nobject type name: {}\n\
         object repr     : {shown}\nlost sys.stderr\n",
        o.as_ptr(),
        class.as_ptr(),
        class.name()
    );
}

/// Shows the pending error, and clears it, for a process that is about to end.
pub(super) fn show_pending() {
    let Some(exception) = exceptions::fetch() else { return };
    match target() {
        // Write errors are ignored: there is nowhere to report them.
        Target::Descriptor => drop(display::show(exception.borrow(), &mut Stderr)),
        Target::Nowhere | Target::Missing => {}
        Target::Object(file) => {
            show_in(exception.borrow(), file.borrow());
            flush_quietly(file.borrow());
        }
    }
}

/// Writes one text (CPython: `PySys_FormatStderr`), to file descriptor 2 if no object accepts it. The error indicator
/// does not change.
pub fn say(text: fmt::Arguments<'_>) {
    let before = error::take();
    let taken = match target() {
        Target::Object(file) => display::show_piece(&mut File::new(file.borrow()), text).is_ok(),
        Target::Descriptor | Target::Nowhere | Target::Missing => false,
    };
    if !taken {
        error::clear();
        // Write errors are ignored: there is nowhere to report them.
        let _ = Report::new().write_fmt(text);
    }
    error::put_back(before);
}

/// Writes the code of a SystemExit, and a newline. The error indicator is clear before and after.
pub(super) fn say_code(code: Obj<'_>) {
    if let Ok(text) = text::to_str(code) {
        let text = text.borrow();
        match target() {
            Target::Object(file) => drop(write_to(file.borrow(), text)),
            Target::Descriptor => drop(write!(Report::new(), "{}", str::as_text(text))),
            // C's own stream accepts no surrogates.
            Target::Nowhere | Target::Missing => {
                let _ = Report::new().write_str(str::require(text).and_then(str::utf8).unwrap_or_default());
            }
        }
    }
    error::clear();
    say(format_args!("\n"));
}

/// Writes a warning. An OSError of the object that gets it is ignored, as in CPython.
pub(super) fn warn(text: fmt::Arguments<'_>) -> Result<()> {
    match target() {
        Target::Descriptor => drop(Report::new().write_fmt(text)),
        Target::Nowhere => {}
        Target::Missing => {
            let Some(sys) = root::peek(str::HashedName::new("sys")) else {
                end::check_modules()?;
                return Err(raise!(RuntimeError, "lost sys.stderr"));
            };
            return attribute::get_str(sys.borrow(), "stderr").map(drop);
        }
        Target::Object(file) => {
            let text = str::format(text)?;
            return write_to(file.borrow(), text.borrow()).or_else(|raised| {
                match exceptions::pending_is(Exc::OSError) {
                    true => {
                        error::clear();
                        Ok(())
                    }
                    false => Err(raised),
                }
            });
        }
    }
    Ok(())
}

/// Shows an unhandled error in `sys.stderr`, and flushes that. Does nothing when `sys.stderr` is None or missing.
pub(super) fn report(show: impl FnOnce(&mut dyn Screen) -> fmt::Result) -> Result<()> {
    match target() {
        // Write errors are ignored: there is nowhere to report them.
        Target::Descriptor => drop(show(&mut Report::new())),
        Target::Nowhere | Target::Missing => {}
        Target::Object(file) => {
            let shown = show(&mut File::new(file.borrow()));
            if let (Err(fmt::Error), Some(raised)) = (shown, error::pending()) {
                return Err(raised);
            }
            return flush(file.borrow());
        }
    }
    Ok(())
}

/// Shows a traceback through an object with a method `write` (CPython: `PyTraceBack_Print`).
pub fn show_traceback(traceback: Obj<'_>, file: Obj<'_>) -> Result<()> {
    match display::show_traceback(traceback, &mut File::new(file)) {
        Ok(()) => Ok(()),
        Err(fmt::Error) => error::pending().map_or(Ok(()), Err),
    }
}
