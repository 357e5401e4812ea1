//! Stand-ins for modules that are Python source. CPython does not have them.

use super::required_text;
use crate::import::stand_ins;
use crate::runtime::line::Escaped;
use crate::runtime::{IntoC, Text, raise};
use core::ffi::c_int;

/// Reads a file with lines `MODULE.NAME = VALUE`, whose objects stand in for modules that are Python source, in imports
/// from now on: 0, or -1 with ValueError that has the file and the line. `PYCAPSULE_OPTIONS=stand_ins=FILE` does the
/// same before the first import.
#[unsafe(no_mangle)]
pub extern "C" fn pycapsule_stand_ins(file: Text) -> c_int {
    required_text(file, "pycapsule_stand_ins")
        .and_then(|file| {
            let file = file.to_bytes();
            stand_ins::read(file).map_err(|problem| raise!(ValueError, "{}{problem}", Escaped(file)))
        })
        .into_c()
}
