//! E0133: to believe that a thread state was not deleted is unsafe.
pub fn number(state: *mut pycapsule::PyThreadState) -> u64 {
    pycapsule::PyThreadState_GetID(pycapsule::ThreadState::from_ptr(state))
}
