//! The functions of the C library's mathematics, which Rust has only beside its standard library.

unsafe extern "C" {
    /// `x` to the power of `y`.
    pub safe fn pow(x: f64, y: f64) -> f64;
    /// The remainder of a division whose quotient is cut to a whole number.
    pub safe fn fmod(x: f64, y: f64) -> f64;
    /// The largest whole number that is not greater.
    pub safe fn floor(x: f64) -> f64;
    /// The smallest whole number that is not less.
    pub safe fn ceil(x: f64) -> f64;
    /// The length of a vector.
    pub safe fn hypot(x: f64, y: f64) -> f64;
    /// The angle of a vector.
    pub safe fn atan2(y: f64, x: f64) -> f64;
    /// The exponential function.
    pub safe fn exp(x: f64) -> f64;
    /// The natural logarithm.
    pub safe fn log(x: f64) -> f64;
    /// The sine.
    pub safe fn sin(x: f64) -> f64;
    /// The cosine.
    pub safe fn cos(x: f64) -> f64;
}
