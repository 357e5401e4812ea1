//! E0609: a field that types of code for older Pythons do not have is not read from any type.
use pycapsule::Type;

pub fn is_watched(class: Type<'_>) -> bool {
    class.fields().tp_watched != 0
}
