//! The base of every object: memory, reference counts, the error indicator, threads and the GIL, and the garbage
//! collector. This room knows object heads and types, but no particular type.

/// Raises a built-in exception with a message, and returns the [`Raised`]. A message without arguments is neither
/// formatted nor copied. A macro, because `format_args!` must see the literal message:
///
/// ```text
/// return Err(raise!(TypeError, "expected a name, not {}", class.name()));
/// ```
///
/// expands to
///
/// ```text
/// return Err(error::raise_formatted(Exc::TypeError, format_args!("expected a name, not {}", class.name())));
/// ```
macro_rules! raise {
    ($class:ident, $($message:tt)+) => {
        $crate::runtime::error::raise_formatted($crate::abi::Exc::$class, format_args!($($message)+))
    };
}
pub(crate) use raise;

pub mod byte_lock;
pub mod clock;
pub mod convention;
pub mod definition;
pub mod environment;
pub mod errno;
pub mod error;
pub mod events;
pub mod extension_object;
pub mod fatal;
pub mod file;
mod flag;
pub mod fork;
pub mod gc;
pub mod instance;
pub mod json;
pub mod known;
pub mod libm;
pub mod line;
pub mod list_file;
pub mod local;
pub(crate) mod lock;
pub mod log;
mod lossy;
pub mod memory;
pub mod neighbour;
pub mod options;
pub mod parameter;
pub mod phase;
pub mod placement;
pub mod process;
mod pthread;
pub mod reference;
pub mod refusal;
pub mod signal;
pub mod stack;
#[cfg(not(any(test, panic = "unwind", feature = "std")))]
mod standalone;
pub mod start_thread;
pub mod stderr;
mod surrogate;
pub mod thread;
mod trash;
mod type_name;
pub mod type_spec;
pub mod version;
pub mod view;
pub mod weak;

pub use convention::IntoC;
pub use definition::{Definition, Methods};
pub use error::{Raised, Result};
pub use parameter::{
    ArenaArg, Arg, CodeArg, DefinitionArg, FlagsArg, FrameArg, GeneratorArg, Given, GivenBlock, IntPlace,
    InterpreterArg, LongArg, LongRef, MethodsArg, MonitoringArg, Out, OutArena, OutChars, OutHash, OutInt, OutInt32,
    OutInt64, OutObject, OutPointer, OutReadOnly, OutSize, OutText, OutUInt32, OutUInt64, Place, Position, Text,
    ThreadStateArg, TypeArg, Untyped,
};
pub use reference::{Field, Obj, Ref, Type};
pub use view::{Cells, Layout, Own, View};
