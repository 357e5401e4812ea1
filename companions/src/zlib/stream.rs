//! zlib's streams, as a type that owns their memory.

use core::ffi::{CStr, c_int};
use core::ptr::null;
use libz_rs_sys as z;
use z::{z_stream, z_streamp};

/// The settings of a compression, by zlib's numbers.
pub struct Settings {
    /// 0 to 9, or -1 for zlib's own choice.
    pub level: c_int,
    /// The method; `Z_DEFLATED` is the only one.
    pub method: c_int,
    /// The size of the window as a power of two, and by its range the container: zlib, none (negative) or gzip (above 15).
    pub wbits: c_int,
    /// How much memory is used, 1 to 9.
    pub memory: c_int,
    /// The strategy, as `Z_FILTERED`.
    pub strategy: c_int,
}

/// A stream of one direction.
pub struct Stream {
    // zlib's state points back at the stream, which therefore stays where it is.
    raw: Box<z_stream>,
    step: unsafe extern "C" fn(z_streamp, c_int) -> c_int,
    end: unsafe extern "C" fn(z_streamp) -> c_int,
}

impl Stream {
    /// A stream that compresses. The error is zlib's code.
    pub fn deflate(settings: &Settings) -> Result<Stream, c_int> {
        let mut raw = Box::<z_stream>::default();
        let Settings { level, method, wbits, memory, strategy } = *settings;
        let size = size_of::<z_stream>() as c_int;
        // SAFETY: the stream is empty, and the version and the size are those of its declaration.
        match unsafe { z::deflateInit2_(&mut *raw, level, method, wbits, memory, strategy, z::zlibVersion(), size) } {
            z::Z_OK => Ok(Stream { raw, step: z::deflate, end: z::deflateEnd }),
            code => Err(code),
        }
    }

    /// A stream that decompresses what was made with these window bits. The error is zlib's code.
    pub fn inflate(wbits: c_int) -> Result<Stream, c_int> {
        let mut raw = Box::<z_stream>::default();
        // SAFETY: the stream is empty, and the version and the size are those of its declaration.
        match unsafe { z::inflateInit2_(&mut *raw, wbits, z::zlibVersion(), size_of::<z_stream>() as c_int) } {
            z::Z_OK => Ok(Stream { raw, step: z::inflate, end: z::inflateEnd }),
            code => Err(code),
        }
    }

    /// One step: takes bytes from the front of `input`, and appends bytes to `output`, as far as its capacity goes. The result is
    /// zlib's code.
    pub fn step(&mut self, input: &mut &[u8], output: &mut Vec<u8>, flush: c_int) -> c_int {
        let room = output.spare_capacity_mut();
        let (most_in, most_out) = (bounded(input.len()), bounded(room.len()));
        (self.raw.next_in, self.raw.avail_in) = (input.as_ptr(), most_in);
        (self.raw.next_out, self.raw.avail_out) = (room.as_mut_ptr().cast(), most_out);
        // SAFETY: the stream was made by its init function; zlib reads and writes as many bytes as the two counts say.
        let code = unsafe { (self.step)(&mut *self.raw, flush) };
        *input = &input[(most_in - self.raw.avail_in) as usize..];
        let written = (most_out - self.raw.avail_out) as usize;
        // SAFETY: zlib wrote so many bytes into the vector's spare room.
        unsafe { output.set_len(output.len() + written) };
        (self.raw.next_in, self.raw.avail_in) = (null(), 0);
        code
    }

    /// zlib's own words for the last failure.
    pub fn message(&self) -> Option<&'static CStr> {
        // SAFETY: zlib's messages are static texts that end with NUL.
        (!self.raw.msg.is_null()).then(|| unsafe { CStr::from_ptr(self.raw.msg) })
    }
}

fn bounded(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream was made by its init function, and ends once. Its answer says only that work was left.
        unsafe { (self.end)(&mut *self.raw) };
    }
}
