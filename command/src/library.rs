//! The library pycapsule, opened at run time: this command does not depend on it, and starts without it.

use crate::installation;
use anyhow::{Context, Result, anyhow, bail};
use libloading::os::unix::{Library as Handle, RTLD_GLOBAL, RTLD_NOW};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::NonNull;

/// An object of the library, as C has it.
type Pointer = *mut c_void;

/// Declares the functions of the library that are called, and finds all of them when it is opened.
///
/// `functions! { Py_DecRef: fn(Pointer); }` gives `struct Functions { Py_DecRef: unsafe extern "C" fn(Pointer) }` with a function
/// `find` that fills it.
macro_rules! functions {
    ($($name:ident: fn($($argument:ty),*) $(-> $result:ty)?;)*) => {
        #[allow(non_snake_case)]
        struct Functions { $($name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)* }

        impl Functions {
            /// # Safety
            ///
            /// `handle` is the library pycapsule, whose functions have these types.
            unsafe fn find(handle: &Handle) -> Result<Functions, libloading::Error> {
                // SAFETY: the caller's library has each function with this type.
                unsafe { Ok(Functions { $($name: *handle.get(stringify!($name).as_bytes())?,)* }) }
            }
        }
    };
}

functions! {
    Py_DecRef: fn(Pointer);
    PyImport_ImportModule: fn(*const c_char) -> Pointer;
    PyErr_GetRaisedException: fn() -> Pointer;
    PyObject_Type: fn(Pointer) -> Pointer;
    PyObject_Str: fn(Pointer) -> Pointer;
    PyObject_Repr: fn(Pointer) -> Pointer;
    PyMapping_Keys: fn(Pointer) -> Pointer;
    PyObject_GetAttrString: fn(Pointer, *const c_char) -> Pointer;
    PyObject_IsInstance: fn(Pointer, Pointer) -> c_int;
    PyCallable_Check: fn(Pointer) -> c_int;
    PyObject_CallObject: fn(Pointer, Pointer) -> Pointer;
    PySequence_Size: fn(Pointer) -> isize;
    PySequence_GetItem: fn(Pointer, isize) -> Pointer;
    PyUnicode_AsUTF8: fn(Pointer) -> *const c_char;
    PyUnicode_FromStringAndSize: fn(*const c_char, isize) -> Pointer;
    PyLong_FromString: fn(*const c_char, *mut *mut c_char, c_int) -> Pointer;
    PyFloat_FromDouble: fn(f64) -> Pointer;
    PyBool_FromLong: fn(isize) -> Pointer;
    PyTuple_New: fn(isize) -> Pointer;
    PyTuple_SetItem: fn(Pointer, isize, Pointer) -> c_int;
    PyCapsule_GetName: fn(Pointer) -> *const c_char;
    PyCapsule_GetPointer: fn(Pointer, *const c_char) -> *mut c_void;
    PyCapsule_GetContext: fn(Pointer) -> *mut c_void;
    PyCapsule_GetDestructor: fn(Pointer) -> *mut c_void;
    pycapsule_stand_ins: fn(*const c_char) -> c_int;
}

/// The library, open until the end of the process.
pub struct Library {
    functions: Functions,
    /// Objects with a name: types and None.
    handle: Handle,
}

/// A reference to an object, dropped with it.
pub struct Object<'a> {
    library: &'a Library,
    pointer: NonNull<c_void>,
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        // SAFETY: the reference is this value's own, and is not used again.
        unsafe { (self.library.functions.Py_DecRef)(self.pointer.as_ptr()) }
    }
}

/// The parts of a capsule.
pub struct Capsule {
    pub name: Option<String>,
    pub pointer: usize,
    pub context: usize,
    pub destructor: usize,
}

/// An argument of a call.
pub enum Value {
    None,
    Bool(bool),
    Int(String),
    Float(f64),
    Text(String),
}

impl Library {
    /// Opens the library, so that extension modules find its functions.
    pub fn open() -> Result<Library> {
        let path = installation::library()?;
        // SAFETY: the file is the library pycapsule, by its place or by the user's word; nothing of it runs when it is loaded.
        let handle = unsafe { Handle::open(Some(&path), RTLD_NOW | RTLD_GLOBAL) }?;
        // SAFETY: as its header declares them, the library has these functions.
        let functions = unsafe { Functions::find(&handle) }.with_context(|| path.display().to_string())?;
        Ok(Library { functions, handle })
    }

    /// Imports a module.
    pub fn import(&self, name: &str) -> Result<Object<'_>> {
        let name = CString::new(name)?;
        // SAFETY: the name is a C string.
        self.object(unsafe { (self.functions.PyImport_ImportModule)(name.as_ptr()) })
    }

    /// Reads a file of stand-ins.
    pub fn read_stand_ins(&self, file: &str) -> Result<()> {
        let file = CString::new(file)?;
        // SAFETY: the name is a C string.
        if unsafe { (self.functions.pycapsule_stand_ins)(file.as_ptr()) } < 0 { Err(self.error()) } else { Ok(()) }
    }

    /// An argument as an object.
    pub fn value(&self, value: &Value) -> Result<Object<'_>> {
        let functions = &self.functions;
        match value {
            Value::None => self.import("builtins")?.attribute("None").or_else(|_| bail!("builtins has no None")),
            // SAFETY: the function takes any number.
            Value::Bool(value) => self.object(unsafe { (functions.PyBool_FromLong)(isize::from(*value)) }),
            Value::Int(digits) => {
                let digits = CString::new(digits.as_str())?;
                // SAFETY: the digits are a C string, and no end of them is asked for.
                self.object(unsafe { (functions.PyLong_FromString)(digits.as_ptr(), std::ptr::null_mut(), 0) })
            }
            // SAFETY: the function takes any number.
            Value::Float(value) => self.object(unsafe { (functions.PyFloat_FromDouble)(*value) }),
            Value::Text(text) => {
                // SAFETY: the text has so many bytes.
                self.object(unsafe {
                    (functions.PyUnicode_FromStringAndSize)(text.as_ptr().cast(), text.len().cast_signed())
                })
            }
        }
    }

    fn object(&self, pointer: Pointer) -> Result<Object<'_>> {
        NonNull::new(pointer).map(|pointer| Object { library: self, pointer }).ok_or_else(|| self.error())
    }

    /// The error that the last call has set, which is taken.
    fn error(&self) -> anyhow::Error {
        // SAFETY: a thread may always ask for its error.
        let raised = NonNull::new(unsafe { (self.functions.PyErr_GetRaisedException)() });
        let Some(pointer) = raised else { return anyhow!("the call failed without an error") };
        let error = Object { library: self, pointer };
        match (error.type_name(), error.text()) {
            (Ok(class), Ok(text)) if text.is_empty() => anyhow!("{class}"),
            (Ok(class), Ok(text)) => anyhow!("{class}: {text}"),
            _ => anyhow!("an error that can't be shown"),
        }
    }

    /// A type that the library exports.
    fn type_named(&self, symbol: &CStr) -> Result<Pointer> {
        // SAFETY: the symbol is a type object of the library; only its address is used.
        Ok(unsafe { self.handle.get::<Pointer>(symbol.to_bytes()) }?.into_raw())
    }
}

impl<'a> Object<'a> {
    /// The object that `function` makes of this one.
    fn derive(&self, function: unsafe extern "C" fn(Pointer) -> Pointer) -> Result<Object<'a>> {
        // SAFETY: the function takes an object, and this one is alive.
        self.library.object(unsafe { function(self.pointer.as_ptr()) })
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Result<Object<'a>> {
        let name = CString::new(name)?;
        // SAFETY: the object is alive, and the name is a C string.
        self.library
            .object(unsafe { (self.library.functions.PyObject_GetAttrString)(self.pointer.as_ptr(), name.as_ptr()) })
    }

    /// The text of a `str`.
    fn contents(&self) -> Result<String> {
        // SAFETY: the object is alive; the function checks that it is a str.
        let text = unsafe { (self.library.functions.PyUnicode_AsUTF8)(self.pointer.as_ptr()) };
        if text.is_null() {
            return Err(self.library.error());
        }
        // SAFETY: the text lives as long as its str does, and is copied at once.
        Ok(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    }

    /// `str(object)`.
    pub fn text(&self) -> Result<String> {
        self.derive(self.library.functions.PyObject_Str)?.contents()
    }

    /// `repr(object)`.
    pub fn repr(&self) -> Result<String> {
        self.derive(self.library.functions.PyObject_Repr)?.contents()
    }

    /// The name of the object's type.
    pub fn type_name(&self) -> Result<String> {
        self.derive(self.library.functions.PyObject_Type)?.attribute("__name__")?.contents()
    }

    /// The keys of a mapping of names, sorted.
    pub fn keys(&self) -> Result<Vec<String>> {
        let mut keys = self.derive(self.library.functions.PyMapping_Keys)?.texts()?;
        keys.sort();
        Ok(keys)
    }

    /// The texts in a list of `str`.
    pub fn texts(&self) -> Result<Vec<String>> {
        // SAFETY: the list is alive.
        let count = unsafe { (self.library.functions.PySequence_Size)(self.pointer.as_ptr()) };
        (0..count)
            .map(|at| {
                // SAFETY: the list is alive; the function checks the position.
                let name = unsafe { (self.library.functions.PySequence_GetItem)(self.pointer.as_ptr(), at) };
                self.library.object(name)?.contents()
            })
            .collect()
    }

    /// Whether the object is an instance of a type that the library exports.
    pub fn is_a(&self, symbol: &CStr) -> Result<bool> {
        let class = self.library.type_named(symbol)?;
        // SAFETY: both objects are alive.
        let answer = unsafe { (self.library.functions.PyObject_IsInstance)(self.pointer.as_ptr(), class) };
        if answer < 0 { Err(self.library.error()) } else { Ok(answer == 1) }
    }

    /// Whether the object can be called.
    pub fn is_callable(&self) -> bool {
        // SAFETY: the object is alive.
        unsafe { (self.library.functions.PyCallable_Check)(self.pointer.as_ptr()) == 1 }
    }

    /// Calls the object.
    pub fn call(&self, arguments: &[Value]) -> Result<Object<'a>> {
        let functions = &self.library.functions;
        // SAFETY: a length is never negative.
        let tuple = self.library.object(unsafe { (functions.PyTuple_New)(arguments.len().cast_signed()) })?;
        for (at, value) in (0..).zip(arguments) {
            let item = std::mem::ManuallyDrop::new(self.library.value(value)?);
            // SAFETY: the tuple is new and has this position; the item's reference goes to it.
            unsafe { (functions.PyTuple_SetItem)(tuple.pointer.as_ptr(), at, item.pointer.as_ptr()) };
        }
        // SAFETY: the objects are alive, and the second is a tuple.
        self.library.object(unsafe { (functions.PyObject_CallObject)(self.pointer.as_ptr(), tuple.pointer.as_ptr()) })
    }

    /// The parts of a capsule; `None` for other objects.
    pub fn capsule(&self) -> Result<Option<Capsule>> {
        if !self.is_a(c"PyCapsule_Type")? {
            return Ok(None);
        }
        let functions = &self.library.functions;
        let pointer = self.pointer.as_ptr();
        // SAFETY: the object is a capsule, whose name is NULL or a C string; the pointer is asked for with that name.
        unsafe {
            let name = (functions.PyCapsule_GetName)(pointer);
            Ok(Some(Capsule {
                name: (!name.is_null()).then(|| CStr::from_ptr(name).to_string_lossy().into_owned()),
                pointer: (functions.PyCapsule_GetPointer)(pointer, name) as usize,
                context: (functions.PyCapsule_GetContext)(pointer) as usize,
                destructor: (functions.PyCapsule_GetDestructor)(pointer) as usize,
            }))
        }
    }
}
