//! E0200: to say which objects begin with a layout is unsafe.
struct Wide([u64; 100]);
impl pycapsule::runtime::Layout for Wide {
    fn check(_: pycapsule::Obj<'_>) -> bool {
        true
    }
}
pub fn wide() -> usize {
    size_of::<Wide>()
}
