//! The module `math`, by the crate `pymath`, which follows CPython's algorithms to the last bit.

mod real;
mod series;
mod whole;

use crate::kit::{
    Builtin, Definition, Functions, Module, Raised, Ref, Result, State, function, one, positional, raise,
};
use core::f64::consts;
use pymath::math as m;
use pyo3_ffi::PyMethodDef;
use real::{Domain, binary, unary};

/// The module.
pub static MODULE: Definition<Math> =
    Definition::new(c"math", c"Functions of numbers that are not complex.", &FUNCTIONS);

/// The module has no state.
pub struct Math;

impl State for Math {
    fn make(module: &Module<'_>) -> Result<Self> {
        let constants = [
            (c"pi", consts::PI),
            (c"e", consts::E),
            (c"tau", consts::TAU),
            (c"inf", f64::INFINITY),
            (c"nan", f64::NAN),
        ];
        constants.iter().try_for_each(|(name, value)| module.add(name, &Ref::float(*value)?))?;
        Ok(Math)
    }
}

/// The error of a function of floats.
fn error(error: pymath::Error) -> Raised {
    match error {
        pymath::Error::EDOM => raise(Builtin::ValueError.obj(), "math domain error"),
        pymath::Error::ERANGE => raise(Builtin::OverflowError.obj(), "math range error"),
    }
}

#[rustfmt::skip]
static FUNCTIONS: Functions<58> = Functions::new([
    one(c"acos", |x| unary(x, m::acos, Domain::Unit), c"acos($module, x, /)\n--\n\nThe arc cosine of x, in radians."),
    one(c"acosh", |x| unary(x, m::acosh, Domain::FromOne), c"acosh($module, x, /)\n--\n\nThe inverse hyperbolic cosine of x."),
    one(c"asin", |x| unary(x, m::asin, Domain::Unit), c"asin($module, x, /)\n--\n\nThe arc sine of x, in radians."),
    one(c"asinh", |x| unary(x, m::asinh, Domain::All), c"asinh($module, x, /)\n--\n\nThe inverse hyperbolic sine of x."),
    one(c"atan", |x| unary(x, m::atan, Domain::All), c"atan($module, x, /)\n--\n\nThe arc tangent of x, in radians."),
    one(c"atanh", |x| unary(x, m::atanh, Domain::InsideUnit), c"atanh($module, x, /)\n--\n\nThe inverse hyperbolic tangent of x."),
    one(c"cbrt", |x| unary(x, real::cbrt, Domain::All), c"cbrt($module, x, /)\n--\n\nThe cube root of x."),
    one(c"cos", |x| unary(x, m::cos, Domain::Finite), c"cos($module, x, /)\n--\n\nThe cosine of x radians."),
    one(c"cosh", |x| unary(x, m::cosh, Domain::All), c"cosh($module, x, /)\n--\n\nThe hyperbolic cosine of x."),
    one(c"degrees", |x| Ref::float(m::degrees(x.to_f64()?)), c"degrees($module, x, /)\n--\n\nThe angle of x radians in degrees."),
    one(c"erf", |x| unary(x, m::erf, Domain::All), c"erf($module, x, /)\n--\n\nThe error function at x."),
    one(c"erfc", |x| unary(x, m::erfc, Domain::All), c"erfc($module, x, /)\n--\n\nThe complementary error function at x."),
    one(c"exp", |x| unary(x, m::exp, Domain::All), c"exp($module, x, /)\n--\n\ne to the power of x."),
    one(c"exp2", |x| unary(x, m::exp2, Domain::All), c"exp2($module, x, /)\n--\n\n2 to the power of x."),
    one(c"expm1", |x| unary(x, m::expm1, Domain::All), c"expm1($module, x, /)\n--\n\ne to the power of x, less 1, without the loss of digits near 0."),
    one(c"fabs", |x| unary(x, m::fabs, Domain::All), c"fabs($module, x, /)\n--\n\nThe absolute value of x, as a float."),
    one(c"gamma", |x| unary(x, real::gamma, Domain::Gamma), c"gamma($module, x, /)\n--\n\nThe gamma function at x."),
    one(c"lgamma", |x| unary(x, m::lgamma, Domain::Gamma), c"lgamma($module, x, /)\n--\n\nThe natural logarithm of the gamma function's absolute value at x."),
    one(c"log1p", |x| unary(x, m::log1p, Domain::AboveMinusOne), c"log1p($module, x, /)\n--\n\nThe natural logarithm of 1 + x."),
    one(c"radians", |x| Ref::float(m::radians(x.to_f64()?)), c"radians($module, x, /)\n--\n\nThe angle of x degrees in radians."),
    one(c"sin", |x| unary(x, m::sin, Domain::Finite), c"sin($module, x, /)\n--\n\nThe sine of x radians."),
    one(c"sinh", |x| unary(x, m::sinh, Domain::All), c"sinh($module, x, /)\n--\n\nThe hyperbolic sine of x."),
    one(c"sqrt", |x| unary(x, m::sqrt, Domain::NotNegative), c"sqrt($module, x, /)\n--\n\nThe square root of x."),
    one(c"tan", |x| unary(x, m::tan, Domain::Finite), c"tan($module, x, /)\n--\n\nThe tangent of x radians."),
    one(c"tanh", |x| unary(x, m::tanh, Domain::All), c"tanh($module, x, /)\n--\n\nThe hyperbolic tangent of x."),
    one(c"ulp", |x| Ref::float(m::ulp(x.to_f64()?)), c"ulp($module, x, /)\n--\n\nThe value of the least bit of x."),
    one(c"isfinite", |x| Ref::bool(x.to_f64()?.is_finite()), c"isfinite($module, x, /)\n--\n\nWhether x is neither infinite nor NaN."),
    one(c"isinf", |x| Ref::bool(x.to_f64()?.is_infinite()), c"isinf($module, x, /)\n--\n\nWhether x is infinite."),
    one(c"isnan", |x| Ref::bool(x.to_f64()?.is_nan()), c"isnan($module, x, /)\n--\n\nWhether x is NaN."),
    one(c"frexp", real::frexp, c"frexp($module, x, /)\n--\n\nThe mantissa and the exponent of x: x == m * 2**e, and 0.5 <= abs(m) < 1."),
    one(c"modf", real::modf, c"modf($module, x, /)\n--\n\nThe fractional and the whole part of x, as floats with its sign."),
    one(c"ceil", real::ceil, c"ceil($module, x, /)\n--\n\nThe least integer that is not below x."),
    one(c"floor", real::floor, c"floor($module, x, /)\n--\n\nThe greatest integer that is not above x."),
    one(c"trunc", real::trunc, c"trunc($module, x, /)\n--\n\nThe integer that is left when the fraction of x is cut off."),
    positional(c"atan2", |call| binary(call, "atan2", m::atan2), c"atan2($module, y, x, /)\n--\n\nThe arc tangent of y/x in radians, in the quadrant of both signs."),
    positional(c"copysign", |call| binary(call, "copysign", m::copysign), c"copysign($module, x, y, /)\n--\n\nThe magnitude of x with the sign of y."),
    positional(c"fmod", |call| binary(call, "fmod", m::fmod), c"fmod($module, x, y, /)\n--\n\nThe remainder of x/y with the sign of x, as C has it."),
    positional(c"pow", |call| binary(call, "pow", m::pow), c"pow($module, x, y, /)\n--\n\nx to the power of y, as floats."),
    positional(c"remainder", |call| binary(call, "remainder", m::remainder), c"remainder($module, x, y, /)\n--\n\nThe difference of x and its closest multiple of y, as IEEE 754 has it."),
    positional(c"ldexp", real::ldexp, c"ldexp($module, x, i, /)\n--\n\nx * 2**i."),
    positional(c"fma", real::fma, c"fma($module, x, y, z, /)\n--\n\nx * y + z, rounded once."),
    positional(c"log", real::log, c"The logarithm of x to the given base, or the natural one.\n\nlog(x, [base=math.e])"),
    one(c"log10", real::log10, c"log10($module, x, /)\n--\n\nThe logarithm of x to the base 10."),
    one(c"log2", real::log2, c"log2($module, x, /)\n--\n\nThe logarithm of x to the base 2."),
    function(c"isclose", real::isclose, c"isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two numbers are close to each other, by a relative and an absolute tolerance."),
    function(c"nextafter", real::nextafter, c"nextafter($module, x, y, /, *, steps=None)\n--\n\nThe float that is so many steps after x, towards y."),
    one(c"fsum", series::fsum, c"fsum($module, seq, /)\n--\n\nThe sum of floats, rounded once."),
    positional(c"hypot", series::hypot, c"hypot($module, /, *coordinates)\n--\n\nThe distance of a point from the origin."),
    positional(c"dist", series::dist, c"dist($module, p, q, /)\n--\n\nThe distance of two points, each a sequence of coordinates."),
    function(c"prod", series::prod, c"prod($module, iterable, /, *, start=1)\n--\n\nThe product of all items and start."),
    positional(c"sumprod", series::sumprod, c"sumprod($module, p, q, /)\n--\n\nThe sum of the products of two sequences' items."),
    one(c"factorial", whole::factorial, c"factorial($module, n, /)\n--\n\nThe product of the integers from 1 to n."),
    one(c"isqrt", whole::isqrt, c"isqrt($module, n, /)\n--\n\nThe whole part of the square root of an integer."),
    positional(c"comb", whole::comb, c"comb($module, n, k, /)\n--\n\nThe number of ways to choose k of n things, in any order."),
    positional(c"perm", whole::perm, c"perm($module, n, k=None, /)\n--\n\nThe number of ways to choose k of n things, in an order."),
    positional(c"gcd", whole::gcd, c"gcd($module, /, *integers)\n--\n\nThe greatest common divisor."),
    positional(c"lcm", whole::lcm, c"lcm($module, /, *integers)\n--\n\nThe least common multiple."),
    PyMethodDef::zeroed(),
]);
