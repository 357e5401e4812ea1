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
/// Fields that are not named are those of a plain subtype of `object`. With `static` for `pub`, the type is not exported.
macro_rules! static_type {
    ($(#[$attribute:meta])* pub $symbol:ident as $handle:ident = $value:expr) => {
        static_type! { $(#[$attribute])* #[unsafe(no_mangle)] static $symbol as $handle = $value }
    };
    ($(#[$attribute:meta])* static $symbol:ident as $handle:ident = $value:expr) => {
        $(#[$attribute])*
        pub static mut $symbol: $crate::abi::PyTypeObject = $value;

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

/// `slot!(repr_slot(o) -> *mut PyObject = repr)`: a slot that borrows its object arguments, calls a safe function with
/// them, and returns its result as C expects. Arguments that are not objects come after a semicolon, with their types.
macro_rules! slot {
    ($visibility:vis $slot:ident($($argument:ident),+ $(; $($plain:ident: $type:ty),+)?) -> $result:ty = $function:path) => {
        $visibility unsafe extern "C" fn $slot(
            $($argument: *mut $crate::abi::PyObject,)+ $($($plain: $type),+)?
        ) -> $result {
            // SAFETY: whoever calls a slot hands it live objects, the first of the slot's type.
            unsafe {
                $crate::runtime::IntoC::into_c(
                    $function($($crate::runtime::Obj::from_ptr_unchecked($argument),)+ $($($plain),+)?)
                )
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

/// `getset!(c"args", args, set_args)`: a row of a type's table of computed attributes, over a safe `fn(Obj) -> Result<Ref>`
/// and, unless the attribute is read-only, a safe `fn(Obj, Option<Obj>) -> Result<()>` that gets no value to delete.
macro_rules! getset {
    ($name:literal, $get:path $(, $set:path)?) => {{
        unsafe extern "C" fn get(
            o: *mut $crate::abi::PyObject,
            _: *mut core::ffi::c_void,
        ) -> *mut $crate::abi::PyObject {
            // SAFETY: a getter is called on live objects of the type whose table it is in.
            unsafe { $crate::runtime::IntoC::into_c($get($crate::runtime::Obj::from_ptr_unchecked(o))) }
        }
        #[allow(unused_mut, unused_assignments)]
        let mut row = $crate::abi::PyGetSetDef { name: $name.as_ptr(), get: Some(get), ..$crate::abi::PyGetSetDef::END };
        $(
            unsafe extern "C" fn set(
                o: *mut $crate::abi::PyObject,
                value: *mut $crate::abi::PyObject,
                _: *mut core::ffi::c_void,
            ) -> core::ffi::c_int {
                // SAFETY: as for the getter; the value is NULL to delete.
                unsafe {
                    let o = $crate::runtime::Obj::from_ptr_unchecked(o);
                    $crate::runtime::IntoC::into_c($set(o, $crate::runtime::Obj::from_ptr(value)))
                }
            }
            row.set = Some(set);
        )?
        row
    }};
}
