//! `Include/pymacro.h`: versions as numbers.

use core::ffi::c_int;

/// The number of a version in the form of `PY_VERSION_HEX`. Too large parts are cut.
#[unsafe(no_mangle)]
pub extern "C" fn Py_PACK_FULL_VERSION(x: c_int, y: c_int, z: c_int, level: c_int, serial: c_int) -> u32 {
    let [x, y, z] = [x, y, z].map(|part| part as u32 & 0xff);
    x << 24 | y << 16 | z << 8 | (level as u32 & 0xf) << 4 | serial as u32 & 0xf
}

/// The number of a version without its micro version, as for `Py_LIMITED_API`.
#[unsafe(no_mangle)]
pub extern "C" fn Py_PACK_VERSION(x: c_int, y: c_int) -> u32 {
    Py_PACK_FULL_VERSION(x, y, 0, 0, 0)
}
