//! Functions of integers of any size.

use crate::kit::{Builtin, Obj, Positional, Ref, Result, raise};
use num_bigint::BigInt;
use pymath::math::{self as m, integer};

/// The value of an `int`, or the closest number that has 64 bits.
pub(super) fn clamped(number: Obj<'_>) -> Result<i64> {
    let number = number.to_bigint()?;
    let closest = if number < 0.into() { i64::MIN } else { i64::MAX };
    Ok(i64::try_from(number).unwrap_or(closest))
}

fn result(number: impl Into<BigInt>) -> Result<Ref> {
    Ref::bigint(&number.into())
}

pub(super) fn factorial(n: Obj<'_>) -> Result<Ref> {
    let n = n.to_index()?.obj().to_bigint()?;
    if n < 0.into() {
        return Err(raise(Builtin::ValueError.obj(), "factorial() not defined for negative values"));
    }
    match i64::try_from(n).map(integer::factorial) {
        Ok(Ok(product)) => result(product),
        _ => {
            let text = format_args!("factorial() argument should not exceed {}", i64::MAX);
            Err(raise(Builtin::OverflowError.obj(), text))
        }
    }
}

pub(super) fn isqrt(n: Obj<'_>) -> Result<Ref> {
    match integer::isqrt(&n.to_index()?.obj().to_bigint()?) {
        Ok(root) => result(root),
        Err(_) => Err(raise(Builtin::ValueError.obj(), "isqrt() argument must be nonnegative")),
    }
}

pub(super) fn comb(call: Positional<'_>) -> Result<Ref> {
    let [n, k] = call.exactly("comb")?;
    let (n, k) = (n.to_index()?.obj().to_bigint()?, k.to_index()?.obj().to_bigint()?);
    not_negative(&n, &k)?;
    if k > n {
        return Ref::int(0);
    }
    // As many ways to choose as to leave out.
    let k = (&n - &k).min(k);
    result(match (i64::try_from(&n), u64::try_from(&k)) {
        (Ok(n), Ok(k)) => integer::comb(n, k as i64).unwrap_or_default(),
        (Err(_), Ok(k)) => m::comb_bigint(&n, k),
        _ => return Err(too_many("min(n - k, k)")),
    })
}

pub(super) fn perm(call: Positional<'_>) -> Result<Ref> {
    let [n, k] = call.unpack("perm", 1)?;
    let n = n.expect("an argument that is not optional");
    let Some(k) = k.filter(|k| !k.is_none()) else { return factorial(n) };
    let (n, k) = (n.to_index()?.obj().to_bigint()?, k.to_index()?.obj().to_bigint()?);
    not_negative(&n, &k)?;
    if k > n {
        return Ref::int(0);
    }
    result(match (i64::try_from(&n), u64::try_from(&k)) {
        (Ok(n), Ok(k)) => integer::perm(n, Some(k as i64)).unwrap_or_default(),
        (Err(_), Ok(k)) if k <= i64::MAX as u64 => m::perm_bigint(&n, k),
        _ => return Err(too_many("k")),
    })
}

fn not_negative(n: &BigInt, k: &BigInt) -> Result<()> {
    for (name, number) in [("n", n), ("k", k)] {
        if *number < 0.into() {
            let text = format_args!("{name} must be a non-negative integer");
            return Err(raise(Builtin::ValueError.obj(), text));
        }
    }
    Ok(())
}

fn too_many(name: &str) -> crate::kit::Raised {
    raise(Builtin::OverflowError.obj(), format_args!("{name} must not exceed {}", i64::MAX))
}

pub(super) fn gcd(call: Positional<'_>) -> Result<Ref> {
    folded(call, integer::gcd)
}

pub(super) fn lcm(call: Positional<'_>) -> Result<Ref> {
    folded(call, integer::lcm)
}

fn folded(call: Positional<'_>, function: fn(&[&BigInt]) -> BigInt) -> Result<Ref> {
    let numbers: Vec<BigInt> =
        call.all().iter().map(|number| number.to_index()?.obj().to_bigint()).collect::<Result<_>>()?;
    result(function(&numbers.iter().collect::<Vec<_>>()))
}
