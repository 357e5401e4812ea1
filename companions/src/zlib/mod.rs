//! The module `zlib`: compression and check sums, by the crate `libz-rs-sys`.

mod stream;

use crate::kit::{
    Buffer, Builtin, Call, Definition, Functions, Module, Obj, Positional, Raised, Ref, Result, State, function,
    positional, raise,
};
use core::ffi::{CStr, c_int};
use libz_rs_sys as z;
use pyo3_ffi::PyMethodDef;
use stream::{Settings, Stream};

const MAX_WBITS: c_int = 15;
const DEF_MEM_LEVEL: c_int = 8;
const DEF_BUF_SIZE: usize = 16 * 1024;

/// The module.
pub static MODULE: Definition<Zlib> =
    Definition::new(c"zlib", c"Compression in zlib's formats, and its check sums.", &FUNCTIONS);

static FUNCTIONS: Functions<5> = Functions::new([
    positional(
        c"adler32",
        adler32,
        c"adler32($module, data, value=1, /)\n--\n\nThe Adler-32 check sum of data, continued from value.",
    ),
    function(
        c"compress",
        compress,
        c"compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)\n--\n\nThe data, compressed.",
    ),
    positional(
        c"crc32",
        crc32,
        c"crc32($module, data, value=0, /)\n--\n\nThe CRC-32 check sum of data, continued from value.",
    ),
    function(
        c"decompress",
        decompress,
        c"decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)\n--\n\nThe data that was compressed.",
    ),
    PyMethodDef::zeroed(),
]);

const CONSTANTS: [(&CStr, c_int); 20] = [
    (c"MAX_WBITS", MAX_WBITS),
    (c"DEFLATED", z::Z_DEFLATED),
    (c"DEF_MEM_LEVEL", DEF_MEM_LEVEL),
    (c"DEF_BUF_SIZE", DEF_BUF_SIZE as c_int),
    (c"Z_NO_COMPRESSION", z::Z_NO_COMPRESSION),
    (c"Z_BEST_SPEED", z::Z_BEST_SPEED),
    (c"Z_BEST_COMPRESSION", z::Z_BEST_COMPRESSION),
    (c"Z_DEFAULT_COMPRESSION", z::Z_DEFAULT_COMPRESSION),
    (c"Z_FILTERED", z::Z_FILTERED),
    (c"Z_HUFFMAN_ONLY", z::Z_HUFFMAN_ONLY),
    (c"Z_RLE", z::Z_RLE),
    (c"Z_FIXED", z::Z_FIXED),
    (c"Z_DEFAULT_STRATEGY", z::Z_DEFAULT_STRATEGY),
    (c"Z_NO_FLUSH", z::Z_NO_FLUSH),
    (c"Z_PARTIAL_FLUSH", z::Z_PARTIAL_FLUSH),
    (c"Z_SYNC_FLUSH", z::Z_SYNC_FLUSH),
    (c"Z_FULL_FLUSH", z::Z_FULL_FLUSH),
    (c"Z_FINISH", z::Z_FINISH),
    (c"Z_BLOCK", z::Z_BLOCK),
    (c"Z_TREES", z::Z_TREES),
];

/// The objects that the module's functions need.
pub struct Zlib {
    error: Ref,
}

impl State for Zlib {
    fn make(module: &Module<'_>) -> Result<Self> {
        let error = Ref::exception(c"zlib.error", Builtin::Exception.obj())?;
        module.add(c"error", &error)?;
        for (name, value) in CONSTANTS {
            module.add(name, &Ref::int(value.into())?)?;
        }
        let version = Ref::text(VERSION)?;
        module.add(c"ZLIB_VERSION", &version)?;
        module.add(c"ZLIB_RUNTIME_VERSION", &version)?;
        module.add(c"__version__", &Ref::text("1.0")?)?;
        Ok(Zlib { error })
    }

    fn visit(&self, visit: &mut dyn FnMut(Obj<'_>)) {
        visit(self.error.obj());
    }
}

/// The version of zlib whose behaviour the crate has.
const VERSION: &str = {
    // SAFETY: a static text that ends with NUL.
    let version = unsafe { CStr::from_ptr(z::zlibVersion()) };
    match version.to_str() {
        Ok(version) => version,
        Err(_) => panic!("a version in ASCII"),
    }
};

impl Zlib {
    /// zlib's error for a step that failed, with the words of the stream, or else those that go with the code.
    fn error(&self, code: c_int, stream: Option<&Stream>, step: &str) -> Raised {
        let words = match (code, stream.and_then(Stream::message)) {
            (z::Z_VERSION_ERROR, _) => Some("library version mismatch"),
            (_, Some(message)) => message.to_str().ok(),
            (z::Z_BUF_ERROR, None) => Some("incomplete or truncated stream"),
            (z::Z_STREAM_ERROR, None) => Some("inconsistent stream state"),
            (z::Z_DATA_ERROR, None) => Some("invalid input data"),
            _ => None,
        };
        let colon = if words.is_some() { ": " } else { "" };
        raise(self.error.obj(), format_args!("Error {code} {step}{colon}{}", words.unwrap_or_default()))
    }
}

fn adler32(call: Positional<'_>) -> Result<Ref> {
    let [data, value] = call.unpack("adler32", 1)?;
    checksum(data, value, 1, libz_rs_sys::adler32_z)
}

fn crc32(call: Positional<'_>) -> Result<Ref> {
    let [data, value] = call.unpack("crc32", 1)?;
    checksum(data, value, 0, libz_rs_sys::crc32_z)
}

fn checksum(
    data: Option<Obj<'_>>,
    value: Option<Obj<'_>>,
    start: u32,
    sum: unsafe extern "C" fn(core::ffi::c_ulong, *const u8, usize) -> core::ffi::c_ulong,
) -> Result<Ref> {
    let data = Buffer::required(data)?;
    let start = value.map_or(Ok(start), Obj::to_u32_wrapping)?;
    // SAFETY: the function reads as many bytes as the buffer has.
    Ref::int(unsafe { sum(start.into(), data.as_ptr(), data.len()) } as i64)
}

fn compress(call: Call<'_>) -> Result<Ref> {
    let [data, level, wbits] = call.bind(c"O|OO:compress", [c"", c"level", c"wbits"])?;
    let data = Buffer::required(data)?;
    let level = level.map_or(Ok(z::Z_DEFAULT_COMPRESSION), Obj::to_c_int)?;
    let wbits = wbits.map_or(Ok(MAX_WBITS), Obj::to_c_int)?;
    let module = MODULE.state(call.this)?;
    let settings =
        Settings { level, method: z::Z_DEFLATED, wbits, memory: DEF_MEM_LEVEL, strategy: z::Z_DEFAULT_STRATEGY };
    let mut stream = match Stream::deflate(&settings) {
        Ok(stream) => stream,
        Err(z::Z_MEM_ERROR) => return Err(raise(Builtin::MemoryError.obj(), "Out of memory while compressing data")),
        Err(z::Z_STREAM_ERROR) => return Err(raise(module.error.obj(), "Bad compression level")),
        Err(code) => return Err(module.error(code, None, "while compressing data")),
    };
    let (mut input, mut output) = (&data[..], Vec::new());
    loop {
        grow(&mut output, DEF_BUF_SIZE)?;
        match stream.step(&mut input, &mut output, z::Z_FINISH) {
            z::Z_STREAM_END => return Ref::bytes(&output),
            z::Z_OK | z::Z_BUF_ERROR => {}
            code => return Err(module.error(code, Some(&stream), "while compressing data")),
        }
    }
}

fn decompress(call: Call<'_>) -> Result<Ref> {
    let [data, wbits, size] = call.bind(c"O|OO:decompress", [c"", c"wbits", c"bufsize"])?;
    let data = Buffer::required(data)?;
    let wbits = wbits.map_or(Ok(MAX_WBITS), Obj::to_c_int)?;
    let size = size.map_or(Ok(DEF_BUF_SIZE as isize), Obj::to_size)?;
    let module = MODULE.state(call.this)?;
    let Ok(size) = usize::try_from(size) else {
        return Err(raise(Builtin::ValueError.obj(), "bufsize must be non-negative"));
    };
    let mut stream = match Stream::inflate(wbits) {
        Ok(stream) => stream,
        Err(z::Z_MEM_ERROR) => return Err(raise(Builtin::MemoryError.obj(), "Out of memory while decompressing data")),
        Err(code) => return Err(module.error(code, None, "while preparing to decompress data")),
    };
    let (mut input, mut output) = (&data[..], Vec::new());
    let mut room = size.max(1);
    loop {
        grow(&mut output, room)?;
        room = output.len().max(DEF_BUF_SIZE);
        let before = (input.len(), output.len());
        match stream.step(&mut input, &mut output, z::Z_SYNC_FLUSH) {
            z::Z_STREAM_END => return Ref::bytes(&output),
            z::Z_MEM_ERROR => return Err(raise(Builtin::MemoryError.obj(), "Out of memory while decompressing data")),
            // Nothing is left to read, and room is left to write: the data ends too early.
            z::Z_OK | z::Z_BUF_ERROR if input.is_empty() && output.len() < output.capacity() => {
                return Err(module.error(z::Z_BUF_ERROR, None, "while decompressing data"));
            }
            z::Z_OK | z::Z_BUF_ERROR if before != (input.len(), output.len()) || output.len() == output.capacity() => {}
            code => return Err(module.error(code, Some(&stream), "while decompressing data")),
        }
    }
}

/// Makes room for `more` bytes behind those that are there.
fn grow(output: &mut Vec<u8>, more: usize) -> Result<()> {
    output.try_reserve(more).map_err(|_| raise(Builtin::MemoryError.obj(), "Unable to allocate output buffer."))
}
