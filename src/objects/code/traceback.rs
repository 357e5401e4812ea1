//! Tracebacks: the frames through which an exception has passed.

use super::frame::{self, Frame};
use super::{filename, first_line, name};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, class_order, int, str};
use crate::runtime::known::{NONE, OBJECT, TRACEBACK};
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, View, gc, instance, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// A borrowed traceback.
pub type Traceback<'a> = View<'a, PyTracebackObject>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for PyTracebackObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(TRACEBACK)
    }
}

/// The type of tracebacks.
#[unsafe(no_mangle)]
pub static mut PyTraceBack_Type: PyTypeObject = PyTypeObject {
    tp_name: c"traceback".as_ptr(),
    tp_basicsize: size_of::<PyTracebackObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyTracebackObject>(),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: slots::traverse::<PyTracebackObject>(),
    tp_clear: slots::clear::<PyTracebackObject>(),
    tp_getset: (&raw mut GETSETS).cast(),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([TRACEBACK.as_ptr(), OBJECT.as_ptr()]);

// SAFETY: a traceback owns the references in these fields.
unsafe impl Owner for PyTracebackObject {
    const FIELDS: &'static [usize] = &[offset_of!(PyTracebackObject, tb_next), offset_of!(PyTracebackObject, tb_frame)];
}

static mut GETSETS: [PyGetSetDef; 5] = [
    slots::getset(c"tb_next", get_next, set_next),
    slots::getter(c"tb_frame", |traceback: Traceback<'_>| {
        Ok(frame_field(traceback).get().unwrap_or_else(|| NONE.to_ref()))
    }),
    slots::getter(c"tb_lasti", |traceback: Traceback<'_>| int::from_i64(last(traceback).into())),
    slots::getter(c"tb_lineno", |traceback: Traceback<'_>| int::from_i64(line(traceback).into())),
    PyGetSetDef::END,
];

fn next_field<'a>(traceback: Traceback<'a>) -> &'a Field {
    // SAFETY: the field owns a reference or is NULL, and lives as long as the traceback.
    unsafe { Field::at(&raw mut (*traceback.fields()).tb_next) }
}

fn frame_field<'a>(traceback: Traceback<'a>) -> &'a Field {
    // SAFETY: the field owns a reference or is NULL, and lives as long as the traceback.
    unsafe { Field::at(&raw mut (*traceback.fields()).tb_frame) }
}

fn get_next(traceback: Traceback<'_>) -> Result<Ref> {
    Ok(next_field(traceback).get().unwrap_or_else(|| NONE.to_ref()))
}

fn set_next(traceback: Traceback<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "can't delete tb_next attribute"))?;
    if value.is(NONE) {
        next_field(traceback).set(None);
        return Ok(());
    }
    let Some(next) = value.downcast::<PyTracebackObject>() else {
        return Err(raise!(TypeError, "expected traceback object, got '{}'", value.class().name()));
    };
    let mut later = Some(next.to_own());
    while let Some(one) = later {
        if one.as_obj().is(*traceback) {
            return Err(raise!(ValueError, "traceback loop detected"));
        }
        later = next_field(one.borrow()).get_as();
    }
    next_field(traceback).set(Some(next.to_ref()));
    Ok(())
}

/// The number in place of a line that is looked up when it is asked for.
const UNKNOWN: c_int = -1;

/// A line for a frame, before the lines that are nearer to the error.
pub fn new(next: Option<Ref>, frame: Frame<'_>) -> Result<Own<PyTracebackObject>> {
    let made = instance::allocate_here(TRACEBACK, 0)?.cast::<PyTracebackObject>();
    // SAFETY: a new instance of this layout, all of whose fields are zero.
    unsafe {
        let fields = made.as_ptr();
        (*fields).tb_next = next.map_or(core::ptr::null_mut(), Ref::into_ptr);
        (*fields).tb_frame = frame.to_ref().into_ptr();
        (*fields).tb_lasti = frame::LAST;
        (*fields).tb_lineno = UNKNOWN;
        let traceback = Own::new_unchecked(Ref::from_ptr_unchecked(fields.cast()));
        gc::track(traceback.as_obj());
        Ok(traceback)
    }
}

fn last(traceback: Traceback<'_>) -> c_int {
    // SAFETY: the view is of a live object with this layout.
    unsafe { (*traceback.fields()).tb_lasti }
}

fn line(traceback: Traceback<'_>) -> c_int {
    // SAFETY: the view is of a live object with this layout.
    match unsafe { (*traceback.fields()).tb_lineno } {
        UNKNOWN => code(traceback).map_or(UNKNOWN, |code| first_line(code.borrow())),
        line => line,
    }
}

/// The code of the frame of a line.
fn code(traceback: Traceback<'_>) -> Option<Own<PyCodeObject>> {
    frame_field(traceback).get_as::<PyFrameObject>().and_then(|frame| frame::code(frame.borrow()))
}

/// A line of a traceback as it is shown.
#[derive(Debug)]
pub struct Place {
    /// The file, a `str`.
    pub file: Ref,
    /// The line in it.
    pub line: c_int,
    /// The function, a `str`.
    pub function: Ref,
}

impl Place {
    fn of(traceback: Traceback<'_>) -> Self {
        let code = code(traceback);
        let code = code.as_ref().map(Own::borrow);
        let unknown = || str::empty().to_ref();
        Place {
            file: code.and_then(filename).unwrap_or_else(unknown),
            line: line(traceback),
            function: code.and_then(name).unwrap_or_else(unknown),
        }
    }

    /// Whether it is the same line of the same function.
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |a: &Ref, b: &Ref| match (a.borrow().downcast(), b.borrow().downcast()) {
            (Some(a), Some(b)) => str::equal(a, b),
            _ => false,
        };
        self.line == other.line && same(&self.file, &other.file) && same(&self.function, &other.function)
    }
}

/// The lines of a traceback, the outermost first.
pub fn places(traceback: Obj<'_>) -> impl Iterator<Item = Place> {
    let mut next = traceback.downcast::<PyTracebackObject>().map(View::to_own);
    core::iter::from_fn(move || {
        let one = next.take()?;
        next = next_field(one.borrow()).get_as();
        Some(Place::of(one.borrow()))
    })
}
