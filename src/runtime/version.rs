//! The version of CPython to which the library corresponds.

/// `PY_VERSION`.
pub const VERSION: &str = "3.14.0";

/// `PY_VERSION_HEX`: major, minor, micro, release level (0xF: final) and serial.
pub const HEX: u32 = 0x030e_00f0;

/// Major, minor and micro version.
pub const NUMBERS: [i64; 3] = [3, 14, 0];

/// The text of `sys.version` and `Py_GetVersion`, for software that reads more than the number.
pub const DESCRIPTION: &core::ffi::CStr = match core::ffi::CStr::from_bytes_with_nul(
    concat!("3.14.0 (pycapsule ", env!("CARGO_PKG_VERSION"), ")\0").as_bytes(),
) {
    Ok(description) => description,
    Err(_) => unreachable!(),
};

/// The text of `Py_GetBuildInfo`.
pub const BUILD: &core::ffi::CStr =
    match core::ffi::CStr::from_bytes_with_nul(concat!("pycapsule ", env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(build) => build,
        Err(_) => unreachable!(),
    };

/// The text of `Py_GetCopyright`.
pub const COPYRIGHT: &core::ffi::CStr = c"Copyright (c) 2026 The pycapsule developers";

/// The text of `sys.platform` and `Py_GetPlatform`.
pub const PLATFORM: &core::ffi::CStr = c"linux";

/// The number at the start of a file with compiled Python code, in which the last two bytes are those of a line's end.
pub const MAGIC: core::ffi::c_long = 3627 | 0x0a0d_0000;

/// The part of such a file's name that tells the version.
pub const CACHE_TAG: &core::ffi::CStr = c"cpython-314";
