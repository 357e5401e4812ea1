//! Writing an object to a stream of C's.

use super::{bytes, exceptions, str};
use crate::abi::Exc;
use crate::protocol::text;
use crate::runtime::{Obj, Result, errno};

/// Writes an object to a stream of C's: its repr, or its str if `plain` says so (CPython: `PyObject_Print`).
///
/// # Safety
/// `stream` is an open stream.
pub unsafe fn print(o: Obj<'_>, stream: *mut libc::FILE, plain: bool) -> Result<()> {
    let shown = if plain { text::to_str(o)? } else { text::repr(o)? };
    let encoded = str::encode(str::require(shown.borrow())?, str::Codec::Utf8, str::Handler::BackslashReplace)?;
    let bytes = bytes::as_slice(encoded.borrow());
    // SAFETY: the stream is open, and the bytes live until this function returns.
    let written = unsafe { libc::fwrite(bytes.as_ptr().cast(), 1, bytes.len(), stream) };
    if written == bytes.len() {
        return Ok(());
    }
    Err(exceptions::raise_system_error(Exc::OSError.class().as_obj(), errno::get(), None, None))
}
