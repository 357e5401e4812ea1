//! The macro that declares a type object, so that a type's file states only the fields that differ from the defaults.

/// Declares a static type object under its CPython name, and its handle under a Rust name:
///
/// ```text
/// static_type! {
///     /// The `tuple` type.
///     pub PyTuple_Type as TUPLE { tp_name: c"tuple".as_ptr(), … }
/// }
/// ```
///
/// expands to
///
/// ```text
/// /// The `tuple` type.
/// #[unsafe(no_mangle)]
/// pub static mut PyTuple_Type: PyTypeObject = {
///     static mut ORDER: Classes<2> = classes([&raw mut PyTuple_Type, known::OBJECT.as_ptr()]);
///     complete(
///         PyTypeObject { tp_name: c"tuple".as_ptr(), …, ..class_defaults::DEFAULTS },
///         pointer(&raw mut ORDER), // becomes `tp_mro`
///     )
/// };
///
/// /// The type object, as a borrowed reference.
/// pub const TUPLE: Type<'static> = unsafe { Type::from_ptr_unchecked(&raw mut PyTuple_Type) };
/// ```
///
/// Fields that are not named are those of a plain subtype of `object`. With `static` for `pub` the type is not
/// exported. With `= VALUE` for the fields, `VALUE` is the whole type object but for `tp_mro`. It is a macro, because
/// the order of look-up is a static that points to the type, and the type one that points to the order.
macro_rules! static_type {
    ($(#[$attribute:meta])* pub $symbol:ident as $handle:ident = $value:expr) => {
        static_type! { $(#[$attribute])* #[unsafe(no_mangle)] static $symbol as $handle = $value }
    };
    ($(#[$attribute:meta])* static $symbol:ident as $handle:ident = $value:expr) => {
        $(#[$attribute])*
        pub static mut $symbol: $crate::abi::PyTypeObject = {
            use $crate::objects::class_order::{Classes, classes, complete, pointer};
            static mut ORDER: Classes<2> = classes([&raw mut $symbol, $crate::runtime::known::OBJECT.as_ptr()]);
            complete($value, pointer(&raw mut ORDER))
        };

        /// The type object, as a borrowed reference.
        pub const $handle: $crate::runtime::Type<'static> =
            // SAFETY: the static is a complete type object.
            unsafe { $crate::runtime::Type::from_ptr_unchecked(&raw mut $symbol) };
    };
    ($(#[$attribute:meta])* pub $symbol:ident $($rest:tt)*) => {
        static_type! { $(#[$attribute])* #[unsafe(no_mangle)] static $symbol $($rest)* }
    };
    ($(#[$attribute:meta])* static $symbol:ident as $handle:ident { $($field:ident: $value:expr),* $(,)? }) => {
        static_type! {
            $(#[$attribute])* static $symbol as $handle =
                $crate::abi::PyTypeObject { $($field: $value,)* ..$crate::objects::class_defaults::DEFAULTS }
        }
    };
}
