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

/// The text of `sys.platform` and `Py_GetPlatform`.
pub const PLATFORM: &core::ffi::CStr = c"linux";
