//! Macros for type objects and their slots, so that a type's file states only what is its own.

/// Declares a static type object under its CPython name, and its handle under a Rust name:
///
/// ```text
/// static_type! {
///     /// The `tuple` type.
///     pub PyTuple_Type as TUPLE { tp_name: c"tuple".as_ptr(), … }
/// }
/// ```
///
/// Fields that are not named are those of a plain subtype of `object`.
macro_rules! static_type {
    ($(#[$doc:meta])* pub $symbol:ident as $handle:ident { $($field:ident: $value:expr),* $(,)? }) => {
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub static mut $symbol: $crate::abi::PyTypeObject =
            $crate::abi::PyTypeObject { $($field: $value,)* ..$crate::objects::class::DEFAULTS };

        /// The type object, as a borrowed reference.
        // SAFETY: the static is a complete type object.
        pub const $handle: $crate::runtime::Type<'static> =
            unsafe { $crate::runtime::Type::from_ptr_unchecked(&raw mut $symbol) };
    };
}

/// `slot!(repr_slot(o) -> *mut PyObject = repr)`: a slot that borrows its object arguments, calls a safe function with
/// them, and returns its result as C expects.
macro_rules! slot {
    ($slot:ident($($argument:ident),+) -> $result:ty = $function:path) => {
        unsafe extern "C" fn $slot($($argument: *mut $crate::abi::PyObject),+) -> $result {
            // SAFETY: whoever calls a slot hands it live objects, the first of the slot's type.
            unsafe {
                $crate::runtime::IntoC::into_c($function($($crate::runtime::Obj::from_ptr_unchecked($argument)),+))
            }
        }
    };
}

/// `traverse!(visit, argument, [a, b])`: shows the object pointers that are not NULL to the visitor, and returns from the
/// enclosing `tp_traverse` at the first answer that is not 0.
macro_rules! visit {
    ($visit:ident, $argument:ident, $($pointer:expr),+) => {
        $(
            let pointer: *mut $crate::abi::PyObject = $pointer;
            if let (false, Some(visit)) = (pointer.is_null(), $visit) {
                let answer = visit(pointer, $argument);
                if answer != 0 {
                    return answer;
                }
            }
        )+
    };
}
