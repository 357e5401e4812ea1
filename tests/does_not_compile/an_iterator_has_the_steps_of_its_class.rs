//! E0133: the handle of a class of iterators is made with a promise that the class has these steps.
use pycapsule::objects::iterator::{Class, Steps};
use pycapsule::runtime::known::INT;

pub fn of_int<S: Steps>() -> Class<S> {
    Class::of(INT)
}
