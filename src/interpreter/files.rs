//! `sys.stdout` and `sys.stderr` at the end of the runtime's life, and at a fatal error, which ends the process.

use super::root::{self, Part};
use super::{console, hooks};
use crate::objects::{constants, dict, file_methods};
use crate::protocol::truth;
use crate::runtime::fatal::Files;
use crate::runtime::{Obj, Result, error};
use crate::types::attribute;

/// The steps of a fatal error that need `sys`.
pub const FILES: Files = Files {
    show_pending: console::show_pending,
    flush: || {
        flush_all();
    },
};

/// Flushes the objects that a program has put into `sys.stdout` and `sys.stderr`; false if one fails (CPython:
/// `flush_std_files`).
pub(super) fn flush_all() -> bool {
    let [out, err] = ["stdout", "stderr"].map(|name| match flush_named(name) {
        Ok(()) => true,
        Err(_) if name == "stdout" => {
            hooks::write_unraisable_text(format_args!("Exception ignored while flushing sys.stdout"));
            false
        }
        Err(_) => {
            error::clear();
            false
        }
    });
    out && err
}

fn flush_named(name: &str) -> Result<()> {
    let Some(sys) = root::part(Part::Sys) else { return Ok(()) };
    let Some(file) = dict::get_str(sys.borrow(), name)?.filter(|file| !file.borrow().is(constants::NONE)) else {
        return Ok(());
    };
    if file.borrow().is_exactly(console::STREAM) || is_closed(file.borrow()) {
        Ok(())
    } else {
        file_methods::flush(file.borrow())
    }
}

fn is_closed(file: Obj<'_>) -> bool {
    let closed = attribute::get_str(file, "closed").and_then(|closed| truth::truth(closed.borrow()));
    closed.unwrap_or_else(|_| {
        error::clear();
        false
    })
}
