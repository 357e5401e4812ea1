//! DLPack and Arrow, known by the names of their capsules: what their structs look like, and whose they are.
//!
//! DLPack: <https://dmlc.github.io/dlpack/latest/python_spec.html>. Arrow:
//! <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>.

use super::readable;

/// What the pointer of a capsule refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// Nothing that is known here.
    Unknown,
    /// A `DLManagedTensor`, or a versioned one, with how it looked when somebody was last given it.
    Tensor {
        /// Whether it begins with a version.
        versioned: bool,
        /// How it looked.
        seen: Option<Tensor>,
    },
    /// An Arrow struct.
    Arrow {
        /// Where in it `release` is, in bytes.
        release: usize,
        /// Whether it has been seen with a release that was not NULL.
        was_live: bool,
    },
}

/// The parts of a tensor that stay as they are while it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tensor {
    context: usize,
    deleter: usize,
    device: u32,
}

/// What a consumer puts before the name.
const USED: &[u8] = b"used_";

/// The Arrow structs, and where `release` stands in each.
const ARROW: [(&[u8], usize); 5] = [
    (b"arrow_schema", 56),
    (b"arrow_array", 64),
    (b"arrow_array_stream", 24),
    (b"arrow_device_array", 64),
    (b"arrow_device_array_stream", 32),
];

/// Whether this is the name of a tensor that nobody has consumed: DLPack's.
pub fn is_tensor(name: Option<&[u8]>) -> bool {
    matches!(name, Some(b"dltensor" | b"dltensor_versioned"))
}

/// Whether a capsule of the one name was consumed when it had the other.
pub fn is_used(name: Option<&[u8]>, asked: Option<&[u8]>) -> bool {
    is_tensor(asked) && name.and_then(|name| name.strip_prefix(USED)) == asked
}

impl Contents {
    /// What a capsule of this name refers to.
    pub fn of(name: Option<&[u8]>) -> Self {
        let Some(name) = name else { return Contents::Unknown };
        if is_tensor(Some(name)) {
            return Contents::Tensor { versioned: name == b"dltensor_versioned", seen: None };
        }
        match ARROW.iter().find(|(its, _)| *its == name) {
            Some((_, release)) => Contents::Arrow { release: *release, was_live: false },
            None => Contents::Unknown,
        }
    }

    /// Notes how what `pointer` refers to looks now.
    pub fn look(&mut self, pointer: usize) {
        match self {
            Contents::Unknown => {}
            Contents::Tensor { versioned, seen } => *seen = Tensor::read(pointer, *versioned).or(*seen),
            Contents::Arrow { release, was_live } => {
                *was_live |= readable::read_word(pointer.wrapping_add(*release)).is_some_and(|release| release != 0);
            }
        }
    }

    /// Whether a tensor is no longer what it was when somebody was last given it.
    pub fn tensor_is_gone(&self, pointer: usize) -> bool {
        match self {
            Contents::Tensor { versioned, seen: Some(seen) } => {
                readable::is_gone(pointer) || Tensor::read(pointer, *versioned) != Some(*seen)
            }
            _ => false,
        }
    }

    /// Where an Arrow struct's `release` is, and what it is while it is not NULL.
    pub fn release(&self, pointer: usize) -> Option<(usize, usize)> {
        let Contents::Arrow { release, .. } = self else { return None };
        let address = pointer.wrapping_add(*release);
        readable::read_word(address).filter(|release| *release != 0).map(|release| (address, release))
    }

    /// Whether an Arrow struct that was live has been released, or moved elsewhere.
    pub fn is_released(&self, pointer: usize) -> bool {
        match self {
            Contents::Arrow { release, was_live: true } => {
                readable::read_word(pointer.wrapping_add(*release)) == Some(0)
            }
            _ => false,
        }
    }
}

impl Tensor {
    /// `DLTensor` has 48 bytes, with the device at 8. A `DLManagedTensor` has the context at 48 and the deleter at 56; the
    /// versioned one has them at 8 and 16, and the tensor at 32.
    fn read(address: usize, versioned: bool) -> Option<Self> {
        let (context, deleter, tensor) = if versioned { (8, 16, 32) } else { (48, 56, 0) };
        let mut device = [0; 4];
        if readable::read(address.wrapping_add(tensor + 8), &mut device) != device.len() {
            return None;
        }
        Some(Tensor {
            context: readable::read_word(address.wrapping_add(context))?,
            deleter: readable::read_word(address.wrapping_add(deleter))?,
            device: u32::from_ne_bytes(device),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_known_by_the_name() {
        assert_eq!(Contents::of(Some(b"dltensor")), Contents::Tensor { versioned: false, seen: None });
        assert_eq!(Contents::of(Some(b"dltensor_versioned")), Contents::Tensor { versioned: true, seen: None });
        assert_eq!(Contents::of(Some(b"arrow_array")), Contents::Arrow { release: 64, was_live: false });
        for name in [None, Some(&b""[..]), Some(b"used_dltensor"), Some(b"arrow_arrays"), Some(b"numpy.core._C_API")] {
            assert_eq!(Contents::of(name), Contents::Unknown);
        }
    }

    #[test]
    fn a_consumer_puts_used_before_the_name() {
        assert!(is_used(Some(b"used_dltensor"), Some(b"dltensor")));
        assert!(is_used(Some(b"used_dltensor_versioned"), Some(b"dltensor_versioned")));
        assert!(!is_used(Some(b"used_dltensor"), Some(b"dltensor_versioned")));
        assert!(!is_used(Some(b"used_x"), Some(b"x")));
        assert!(!is_used(None, Some(b"dltensor")));
    }

    #[test]
    fn an_arrow_struct_is_live_until_its_release_is_null() {
        let mut schema = [0usize; 9];
        let address = schema.as_ptr().addr();
        let mut contents = Contents::of(Some(b"arrow_schema"));
        contents.look(address);
        assert!(!contents.is_released(address), "it may be filled in later");
        let release = &raw mut schema[7];
        // SAFETY: this test's own array, here and below.
        unsafe { release.write_volatile(4096) };
        contents.look(address);
        assert_eq!(contents.release(address), Some((address + 56, 4096)));
        // SAFETY: as above.
        unsafe { release.write_volatile(0) };
        assert!(contents.is_released(address));
        assert_eq!(contents.release(address), None);
    }

    #[test]
    fn a_tensor_is_gone_when_its_deleter_context_or_device_is_another() {
        let mut tensor = [7usize; 8];
        let address = tensor.as_ptr().addr();
        let mut contents = Contents::of(Some(b"dltensor"));
        assert!(!contents.tensor_is_gone(address), "nobody has seen it");
        contents.look(address);
        let words = tensor.as_mut_ptr();
        // SAFETY: this test's own array, here and below.
        unsafe { words.write_volatile(1) };
        assert!(!contents.tensor_is_gone(address), "the data may be filled in later");
        // SAFETY: as above.
        unsafe { words.add(7).write_volatile(1) };
        assert!(contents.tensor_is_gone(address));
    }
}
