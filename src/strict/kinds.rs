//! The kinds of reports: what each is called, how bad it is, and what to do about it.

use core::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A mistake: the run ends with it, or with an exit status that says so.
    Error,
    /// What is mostly a mistake, but can be meant.
    Warning,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $severity:ident, $advice:literal;)+) => {
        /// What a report says is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$doc])* $kind),+
        }

        impl Kind {
            /// Each of them.
            pub const ALL: &[Kind] = &[$(Kind::$kind),+];

            /// What it is called.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Kind::$kind => $name),+
                }
            }

            /// How bad it is, unless the options say otherwise.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Kind::$kind => Severity::$severity),+
                }
            }

            /// What to do about it.
            pub const fn advice(self) -> &'static str {
                match self {
                    $(Kind::$kind => $advice),+
                }
            }
        }
    };
}

kinds! {
    /// A name whose bytes are not those that were given.
    NameChanged = "name-changed", Error,
        "keep the name's bytes as they are for as long as the capsule has it: use a string literal, or a copy that the \
         destructor frees";
    /// A name that can't be read any more.
    NameFreed = "name-freed", Error,
        "keep the name in memory for as long as the capsule has it: use a string literal, or a copy that the destructor frees";
    /// A destructor that freed the name the capsule has instead of the one it was made with.
    FreedOtherName = "freed-other-name", Error,
        "let the destructor free the name that the maker allocated, which it can keep in the context, and not what \
         PyCapsule_GetName gives: whoever renames a capsule may use a string literal";
    /// A destructor that lost the error which was pending.
    DestructorLostError = "destructor-lost-error", Error,
        "begin the destructor with PyErr_GetRaisedException (PyErr_Fetch) and end it with PyErr_SetRaisedException \
         (PyErr_Restore)";
    /// A destructor that left an error.
    DestructorLeftError = "destructor-left-error", Error,
        "let the destructor handle its errors: PyErr_WriteUnraisable shows one, PyErr_Clear drops it";
    /// A capsule that gained a reference while it was destroyed.
    Resurrected = "resurrected", Error,
        "take no reference to the capsule in its destructor: one taken and dropped destroys it again, one kept dangles";
    /// Something freed by a consumer and by the destructor.
    DoubleFree = "double-free", Error,
        "let one side free it: a consumer that takes the pointer over renames the capsule or clears the struct's release \
         before it frees anything, and the destructor looks";
    /// A capsule that is left at the end.
    Leak = "leak", Error,
        "give the reference back with Py_DECREF, or hand it on to something that does";
    /// Asked for by a name that it does not have.
    WrongName = "wrong-name", Warning,
        "ask for the capsule by its name, or ask PyCapsule_IsValid first where it may have another";
    /// NULL that is no error, taken for one.
    NullNotError = "null-not-error", Warning,
        "NULL may be what the capsule holds: only PyErr_Occurred tells whether there was an error";
    /// A failure that nobody looked at.
    UncheckedFailure = "unchecked-failure", Error,
        "look at the result before going on: NULL, or -1 from a setter (0 is success), means that an error is set";
    /// A failure whose error was still set at the next one, or whose result was used.
    FailureIgnored = "failure-ignored", Warning,
        "look at the result before going on, and clear the error (PyErr_Clear) where another way is tried";
    /// A capsule used after its end.
    UseAfterDestroy = "use-after-destroy", Error,
        "keep a reference (Py_NewRef) for as long as the capsule is used, and give it back once";
    /// Destroyed by a thread that does not hold the GIL.
    NoGil = "no-gil", Error,
        "take the GIL around it: PyGILState_Ensure and PyGILState_Release";
    /// Used when the interpreter is gone.
    AfterFinalize = "after-finalize", Error,
        "do it before Py_FinalizeEx, or ask Py_IsInitialized first";
    /// Changed by one thread and used by another, without the GIL.
    SharedWithoutGil = "shared-without-gil", Error,
        "take the GIL around each use of a capsule that threads share: PyGILState_Ensure and PyGILState_Release";
    /// A capsule without a name, from somebody else.
    UnnamedMixup = "unnamed-mixup", Warning,
        "give the capsule a name, \"package.module.attribute\" say: any capsule without one passes for any other";
    /// A context that was replaced unseen.
    ContextLost = "context-lost", Warning,
        "get the old context with PyCapsule_GetContext first, and free it if it is the capsule's own";
    /// A tensor that nobody deletes.
    DlpackUnconsumed = "dlpack-unconsumed", Error,
        "give the capsule a destructor that calls the tensor's deleter while the name is still the unused one, and drop \
         the last reference";
    /// A tensor that was asked for again.
    DlpackConsumedTwice = "dlpack-consumed-twice", Warning,
        "export the tensor again: each such capsule can be consumed once";
    /// An Arrow struct that nobody releases.
    ArrowUnreleased = "arrow-unreleased", Error,
        "let the destructor call the struct's release, when that is not NULL, before it frees the struct";
    /// An Arrow struct asked for when it was released or moved: a consumer that looks will not use it.
    ArrowAfterRelease = "arrow-after-release", Warning,
        "look whether release is NULL before using the struct, and export it again for a second consumer";
}

impl Kind {
    /// The kind of this name.
    pub fn of_name(name: &[u8]) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name().as_bytes() == name)
    }
}

/// The names of all kinds, for a message about a name that is none.
pub struct Names;

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut comma = "";
        Kind::ALL.iter().try_for_each(|kind| write!(f, "{}{}", core::mem::replace(&mut comma, ", "), kind.name()))
    }
}
