//! The structs of DLPack and Arrow, identified by the names of their capsules: their layout, and whether a callback
//! must still be called.
//!
//! DLPack: <https://dmlc.github.io/dlpack/latest/python_spec.html>. Arrow:
//! <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>.

use super::memory::{freed, readable};

/// The kind of struct that a capsule's pointer refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// An unknown kind.
    Unknown,
    /// A `DLManagedTensor`.
    Tensor {
        /// The offset of its deleter, in bytes.
        deleter: u8,
    },
    /// An Arrow struct.
    Arrow {
        /// The offset of its `release`, in bytes.
        release: u8,
        /// Whether its `release` was seen to be not NULL.
        was_live: bool,
    },
}

/// The prefix that a consumer puts before the name.
const USED: &[u8] = b"used_";

/// DLPack's names, and the offset of the deleter in each struct.
const TENSORS: [(&[u8], u8); 2] = [(b"dltensor", 56), (b"dltensor_versioned", 16)];

/// Arrow's names, and the offset of `release` in each struct.
const ARROW: [(&[u8], u8); 5] = [
    (b"arrow_schema", 56),
    (b"arrow_array", 64),
    (b"arrow_array_stream", 24),
    (b"arrow_device_array", 64),
    (b"arrow_device_array_stream", 32),
];

/// Whether this is DLPack's name for a tensor that was not consumed yet.
pub fn is_tensor(name: Option<&[u8]>) -> bool {
    name.is_some_and(|name| TENSORS.iter().any(|(its, _)| *its == name))
}

/// Whether this is the name of a tensor that a consumer has taken over.
pub fn is_consumed(name: Option<&[u8]>) -> bool {
    is_tensor(name.and_then(|name| name.strip_prefix(USED)))
}

/// Whether a capsule has the used name of the tensor whose unused name is asked for.
pub fn is_used(name: Option<&[u8]>, asked: Option<&[u8]>) -> bool {
    is_tensor(asked) && name.and_then(|name| name.strip_prefix(USED)) == asked
}

impl Contents {
    /// The kind of struct that a capsule of this name refers to.
    pub fn of(name: Option<&[u8]>) -> Self {
        let place = |structs: &[(&[u8], u8)]| structs.iter().find(|(its, _)| Some(*its) == name).map(|(_, at)| *at);
        match (place(&TENSORS), place(&ARROW)) {
            (Some(deleter), _) => Contents::Tensor { deleter },
            (_, Some(release)) => Contents::Arrow { release, was_live: false },
            _ => Contents::Unknown,
        }
    }

    /// Records whether the Arrow struct at `pointer` is live.
    pub fn look(&mut self, pointer: usize) {
        if matches!(self, Contents::Arrow { was_live: false, .. }) {
            let is_owed = self.is_owed(pointer);
            if let Contents::Arrow { was_live, .. } = self {
                *was_live = is_owed;
            }
        }
    }

    /// Whether the struct has a callback that must still be called: a deleter or a release that is not NULL.
    pub fn is_owed(&self, pointer: usize) -> bool {
        let (Contents::Tensor { deleter: callback } | Contents::Arrow { release: callback, .. }) = self else {
            return false;
        };
        readable::read_word(pointer.wrapping_add((*callback).into())).is_some_and(|callback| callback != 0)
    }

    /// Whether this is a tensor whose memory was freed, if that can be detected.
    pub fn is_freed_tensor(&self, pointer: usize) -> bool {
        matches!(self, Contents::Tensor { .. }) && freed::is_freed(pointer)
    }

    /// Whether an Arrow struct that was live has been released, or moved elsewhere.
    pub fn is_released(&self, pointer: usize) -> bool {
        match self {
            Contents::Arrow { release, was_live: true } => {
                readable::read_word(pointer.wrapping_add((*release).into())) == Some(0)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_known_by_the_name() {
        assert_eq!(Contents::of(Some(b"dltensor")), Contents::Tensor { deleter: 56 });
        assert_eq!(Contents::of(Some(b"dltensor_versioned")), Contents::Tensor { deleter: 16 });
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
        assert!(is_consumed(Some(b"used_dltensor")) && is_consumed(Some(b"used_dltensor_versioned")));
        assert!(!is_consumed(Some(b"dltensor")) && !is_consumed(Some(b"used_x")) && !is_consumed(None));
    }

    #[test]
    fn an_arrow_struct_is_live_until_its_release_is_null() {
        let mut schema = [0usize; 9];
        let address = schema.as_ptr().addr();
        let mut contents = Contents::of(Some(b"arrow_schema"));
        contents.look(address);
        assert!(!contents.is_released(address), "it may be filled in later");
        let release = &raw mut schema[7];
        // SAFETY: the pointer is to an element of this test's own array.
        unsafe { release.write_volatile(4096) };
        contents.look(address);
        assert!(contents.is_owed(address));
        // SAFETY: the array still exists, and only this test uses it.
        unsafe { release.write_volatile(0) };
        assert!(contents.is_released(address));
        assert!(!contents.is_owed(address));
    }

    #[test]
    fn a_tensor_owes_a_call_while_its_deleter_is_not_null() {
        let mut tensor = [0usize; 8];
        let address = tensor.as_ptr().addr();
        let contents = Contents::of(Some(b"dltensor"));
        assert!(!contents.is_owed(address));
        // SAFETY: the element with this index is in this test's own array of eight.
        unsafe { tensor.as_mut_ptr().add(7).write_volatile(4096) };
        assert!(contents.is_owed(address));
        assert!(!contents.is_owed(8), "it can't be read");
        assert!(!contents.is_freed_tensor(address) && contents.is_freed_tensor(8));
        assert!(!Contents::of(Some(b"arrow_schema")).is_freed_tensor(8));
    }
}
