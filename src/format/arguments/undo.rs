//! The steps that a failing call takes back: blocks, buffers and the values of converters that a format has made so
//! far.

use crate::abi::{Py_buffer, PyObject};
use crate::protocol::buffer;
use crate::runtime::Result;
use crate::runtime::memory::{self, Array, Malloc};
use core::ffi::{c_char, c_int, c_void};
use core::ptr::NonNull;

/// A converter of `O&`: returns 0 with an error set, 1, or [`CLEANUP_SUPPORTED`]. It is then called with NULL, if the
/// call fails after all.
pub(super) type Converter = unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int;

/// `Py_CLEANUP_SUPPORTED`
pub(super) const CLEANUP_SUPPORTED: c_int = 0x20000;

/// One step to take back.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// A block whose address is in this place.
    Block(NonNull<*mut c_char>),
    /// A filled buffer.
    Buffer(NonNull<Py_buffer>),
    /// A value that a converter has made at this address.
    Converted(Converter, *mut c_void),
}

/// The steps so far. Few formats have more than a few of them.
#[derive(Debug)]
pub(super) struct Undo {
    first: [Option<Step>; 3],
    more: Array<Step>,
}

impl Undo {
    pub fn new() -> Self {
        Undo { first: [None; 3], more: Array::new_in(Malloc) }
    }

    /// Remembers a step. Without memory for it, the step is taken back at once.
    ///
    /// # Safety
    /// The step was made, and its places stay until the call of C returns.
    pub unsafe fn push(&mut self, step: Step) -> Result<()> {
        if let Some(free) = self.first.iter_mut().find(|step| step.is_none()) {
            *free = Some(step);
            return Ok(());
        }
        // SAFETY: the step was made, and is not remembered.
        memory::push(&mut self.more, step).inspect_err(|_| unsafe { step.take_back() })
    }

    /// Takes all steps back, the first of them first.
    pub fn take_back(self) {
        for step in self.first.into_iter().flatten().chain(self.more) {
            // SAFETY: only steps that were made are remembered, and each is taken back once.
            unsafe { step.take_back() };
        }
    }
}

impl Step {
    /// # Safety
    /// The step was made, and was not taken back.
    unsafe fn take_back(self) {
        // SAFETY: the block, the buffer or the value is there, by this function's condition.
        unsafe {
            match self {
                Step::Block(place) => {
                    memory::free(place.read_unaligned().cast());
                    place.write_unaligned(core::ptr::null_mut());
                }
                Step::Buffer(view) => buffer::release(view),
                Step::Converted(converter, address) => {
                    converter(core::ptr::null_mut(), address);
                }
            }
        }
    }
}
