//! The kinds of reports: the name, severity and advice of each.

use core::fmt;

/// The severity of a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A certain mistake: the run ends, or its exit status signals a failure.
    Error,
    /// Usually a mistake, but it can be intentional.
    Warning,
}

impl Severity {
    /// `ERROR` or `WARNING`, as reports contain it.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        }
    }
}

/// The kind of mistake in a report. A new kind also needs an entry in [`Kind::ALL`] and `Kind::row`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// The bytes of a name have changed since the capsule got it.
    NameChanged,
    /// A name can't be read any more.
    NameFreed,
    /// A destructor freed the present name of the capsule, instead of the one it was made with.
    FreedOtherName,
    /// A destructor lost the error that was pending.
    DestructorLostError,
    /// A destructor left an error set.
    DestructorLeftError,
    /// A capsule gained a reference while it was destroyed.
    Resurrected,
    /// A consumer and the destructor both freed something.
    DoubleFree,
    /// A capsule is left at the end.
    Leak,
    /// A capsule was asked for by a name that it does not have.
    WrongName,
    /// NULL that is not an error was taken for one.
    NullNotError,
    /// The program did not check for a failure.
    UncheckedFailure,
    /// The error of a failure was still set at the next failure, or its result was used.
    FailureIgnored,
    /// A capsule was used after its end.
    UseAfterDestroy,
    /// A thread without the GIL made or destroyed a capsule.
    NoGil,
    /// A capsule was used after the interpreter was finalised.
    AfterFinalize,
    /// One thread changed a capsule and another used it, without the GIL.
    SharedWithoutGil,
    /// A capsule without a name came from another module.
    UnnamedMixup,
    /// A context was replaced that no caller had got.
    ContextLost,
    /// A tensor is never deleted.
    DlpackUnconsumed,
    /// A tensor that was consumed was asked for again.
    DlpackConsumedTwice,
    /// An Arrow struct is never released.
    ArrowUnreleased,
    /// An Arrow struct was asked for after it was released or moved, so a consumer that checks will refuse it.
    ArrowAfterRelease,
}

/// The description of a kind.
struct Row {
    name: &'static str,
    severity: Severity,
    advice: &'static str,
}

const fn error(name: &'static str, advice: &'static str) -> Row {
    Row { name, severity: Severity::Error, advice }
}

const fn warning(name: &'static str, advice: &'static str) -> Row {
    Row { name, severity: Severity::Warning, advice }
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Kind; Kind::ArrowAfterRelease as usize + 1] = [
        Kind::NameChanged,
        Kind::NameFreed,
        Kind::FreedOtherName,
        Kind::DestructorLostError,
        Kind::DestructorLeftError,
        Kind::Resurrected,
        Kind::DoubleFree,
        Kind::Leak,
        Kind::WrongName,
        Kind::NullNotError,
        Kind::UncheckedFailure,
        Kind::FailureIgnored,
        Kind::UseAfterDestroy,
        Kind::NoGil,
        Kind::AfterFinalize,
        Kind::SharedWithoutGil,
        Kind::UnnamedMixup,
        Kind::ContextLost,
        Kind::DlpackUnconsumed,
        Kind::DlpackConsumedTwice,
        Kind::ArrowUnreleased,
        Kind::ArrowAfterRelease,
    ];

    /// The description: the name by which options and suppressions refer to the kind, the severity, and the advice.
    const fn row(self) -> Row {
        match self {
            Kind::NameChanged => error(
                "name-changed",
                "keep the name's bytes as they are for as long as the capsule has it: use a string literal, or a copy that the \
                 destructor frees",
            ),
            Kind::NameFreed => error(
                "name-freed",
                "keep the name in memory for as long as the capsule has it: use a string literal, or a copy that the destructor frees",
            ),
            Kind::FreedOtherName => error(
                "freed-other-name",
                "let the destructor free the name that the maker allocated, which it can keep in the context, and not what \
                 PyCapsule_GetName gives: another owner may rename the capsule to a string literal",
            ),
            Kind::DestructorLostError => error(
                "destructor-lost-error",
                "begin the destructor with PyErr_GetRaisedException (PyErr_Fetch) and end it with PyErr_SetRaisedException \
                 (PyErr_Restore)",
            ),
            Kind::DestructorLeftError => error(
                "destructor-left-error",
                "let the destructor handle its errors: PyErr_WriteUnraisable shows one, PyErr_Clear drops it",
            ),
            Kind::Resurrected => error(
                "resurrected",
                "take no reference to the capsule in its destructor: one taken and dropped destroys it again, one kept dangles",
            ),
            Kind::DoubleFree => error(
                "double-free",
                "let one side free it: a consumer that takes the pointer over renames the capsule or clears the struct's release \
                 before it frees anything, and the destructor looks",
            ),
            Kind::Leak => error("leak", "give the reference back with Py_DECREF, or hand it on to something that does"),
            Kind::WrongName => warning(
                "wrong-name",
                "ask for the capsule by its name, or ask PyCapsule_IsValid first where it may have another",
            ),
            Kind::NullNotError => warning(
                "null-not-error",
                "NULL may be what the capsule holds: only PyErr_Occurred tells whether there was an error",
            ),
            Kind::UncheckedFailure => error(
                "unchecked-failure",
                "look at the result before going on: NULL, or -1 from a setter (0 is success), means that an error is set",
            ),
            Kind::FailureIgnored => warning(
                "failure-ignored",
                "look at the result before going on, and clear the error (PyErr_Clear) where another way is tried",
            ),
            Kind::UseAfterDestroy => error(
                "use-after-destroy",
                "keep a reference (Py_NewRef) for as long as the capsule is used, and give it back once",
            ),
            Kind::NoGil => error("no-gil", "take the GIL around it: PyGILState_Ensure and PyGILState_Release"),
            Kind::AfterFinalize => error("after-finalize", "do it before Py_FinalizeEx, or ask Py_IsInitialized first"),
            Kind::SharedWithoutGil => error(
                "shared-without-gil",
                "take the GIL around each use of a capsule that threads share: PyGILState_Ensure and PyGILState_Release",
            ),
            Kind::UnnamedMixup => warning(
                "unnamed-mixup",
                "give the capsule a name, \"package.module.attribute\" say: any capsule without one passes for any other",
            ),
            Kind::ContextLost => warning(
                "context-lost",
                "get the old context with PyCapsule_GetContext first, and free it if it is the capsule's own",
            ),
            Kind::DlpackUnconsumed => error(
                "dlpack-unconsumed",
                "give the capsule a destructor that calls the tensor's deleter while the name is still the unused one, and drop \
                 the last reference",
            ),
            Kind::DlpackConsumedTwice => {
                warning("dlpack-consumed-twice", "export the tensor again: each such capsule can be consumed once")
            }
            Kind::ArrowUnreleased => error(
                "arrow-unreleased",
                "let the destructor call the struct's release, when that is not NULL, before it frees the struct",
            ),
            Kind::ArrowAfterRelease => warning(
                "arrow-after-release",
                "look whether release is NULL before using the struct, and export it again for a second consumer",
            ),
        }
    }

    /// The name.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The severity, unless the options say otherwise.
    pub const fn severity(self) -> Severity {
        self.row().severity
    }

    /// The advice: one sentence about correcting the mistake.
    pub const fn advice(self) -> &'static str {
        self.row().advice
    }

    /// The place in the documentation that explains the kind.
    pub const fn page(self) -> Page {
        Page(self)
    }
}

/// The file and the heading of a kind, from the repository, the documentation's site or the folder where it is installed.
pub struct Page(Kind);

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "docs/strict.md#{}", self.0.name())
    }
}

// The number of a kind is its place in the list.
const _: () = {
    let mut index = 0;
    while index < Kind::ALL.len() {
        assert!(Kind::ALL[index] as usize == index);
        index += 1;
    }
};

/// The names of all kinds, for a message about an unknown name.
pub struct Names;

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut comma = "";
        Kind::ALL.iter().try_for_each(|kind| write!(f, "{}{}", core::mem::replace(&mut comma, ", "), kind.name()))
    }
}
