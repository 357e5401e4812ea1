//! Facts about numbers and threads, as struct sequences: `PyFloat_GetInfo` and its like.

use crate::abi::{PyStructSequence_Desc, PyStructSequence_Field, PyTypeObject};
use crate::objects::{constants, float, int, str};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::null_error;
use crate::runtime::{Own, Ref, Result, Type};
use crate::types::struct_sequence::{self, Description};
use core::ffi::{CStr, c_int};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

/// A class of struct sequences, which is made on first use, and lives for ever.
struct Class {
    made: AtomicPtr<PyTypeObject>,
    name: &'static CStr,
    fields: &'static [&'static CStr],
}

static FLOAT: Class = Class::new(
    c"sys.float_info",
    &[
        c"max",
        c"max_exp",
        c"max_10_exp",
        c"min",
        c"min_exp",
        c"min_10_exp",
        c"dig",
        c"mant_dig",
        c"epsilon",
        c"radix",
        c"rounds",
    ],
);

static INT: Class = Class::new(
    c"sys.int_info",
    &[c"bits_per_digit", c"sizeof_digit", c"default_max_str_digits", c"str_digits_check_threshold"],
);

static THREAD: Class = Class::new(c"sys.thread_info", &[c"name", c"lock", c"version"]);

impl Class {
    const fn new(name: &'static CStr, fields: &'static [&'static CStr]) -> Self {
        Class { made: AtomicPtr::new(null_mut()), name, fields }
    }

    fn get(&self) -> Result<Type<'static>> {
        if self.made.load(Ordering::Acquire).is_null() {
            let mut fields: Array<PyStructSequence_Field> = Array::new_in(Malloc);
            for name in self.fields {
                memory::push(&mut fields, PyStructSequence_Field { name: name.as_ptr(), doc: null() })?;
            }
            memory::push(&mut fields, PyStructSequence_Field { name: null(), doc: null() })?;
            let description = PyStructSequence_Desc {
                name: self.name.as_ptr(),
                doc: null(),
                fields: fields.as_mut_ptr(),
                n_in_sequence: self.fields.len() as c_int,
            };
            // SAFETY: the texts are constants, and the fields end with one without a name.
            let description = unsafe { Description::from_ptr(&raw const description) }.ok_or_else(null_error)?;
            let class = struct_sequence::new_type(description)?;
            let raced =
                self.made.compare_exchange(null_mut(), class.as_ptr().cast(), Ordering::AcqRel, Ordering::Acquire);
            if raced.is_ok() {
                class.borrow().immortalize();
            }
        }
        // SAFETY: the pointer was set above or by another thread, to a class that is immortal.
        Ok(unsafe { Type::from_ptr_unchecked(self.made.load(Ordering::Acquire)) })
    }

    /// An instance with these items, which are all new.
    fn instance<const COUNT: usize>(&self, items: [Result<Ref>; COUNT]) -> Result<Ref> {
        let made = struct_sequence::new(self.get()?)?;
        for (index, item) in items.into_iter().enumerate() {
            struct_sequence::set(made.borrow(), index, item?);
        }
        Ok(Own::into_ref(made))
    }
}

/// The limits of `float` (CPython: `sys.float_info`).
pub fn of_float() -> Result<Ref> {
    let int = |number: i32| int::from_i64(number.into());
    FLOAT.instance([
        float::from_f64(f64::MAX).map(Own::into_ref),
        int(f64::MAX_EXP),
        int(f64::MAX_10_EXP),
        float::from_f64(f64::MIN_POSITIVE).map(Own::into_ref),
        int(f64::MIN_EXP),
        int(f64::MIN_10_EXP),
        int(f64::DIGITS as i32),
        int(f64::MANTISSA_DIGITS as i32),
        float::from_f64(f64::EPSILON).map(Own::into_ref),
        int(f64::RADIX as i32),
        // To the nearest number.
        int(1),
    ])
}

/// The digits of `int`, and the limits of its texts (CPython: `sys.int_info`).
pub fn of_int() -> Result<Ref> {
    INT.instance([30, 4, 4300, 640].map(int::from_i64))
}

/// The kind of threads, and of CPython's locks (CPython: `sys.thread_info`).
pub fn of_threads() -> Result<Ref> {
    let mut version = [0u8; 64];
    // SAFETY: the array has this size.
    let length = unsafe { libc::confstr(libc::_CS_GNU_LIBPTHREAD_VERSION, version.as_mut_ptr().cast(), version.len()) };
    let version = match CStr::from_bytes_until_nul(&version) {
        Ok(version) if length > 0 => str::from_utf8(version.to_bytes()),
        _ => Ok(constants::NONE.to_ref()),
    };
    THREAD.instance([str::from_str("pthread"), str::from_str("semaphore"), version])
}
