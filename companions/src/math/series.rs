//! Functions of many numbers.

use crate::kit::{Builtin, Call, Obj, Positional, Ref, Result, raise};
use pymath::math as m;

pub(super) fn fsum(numbers: Obj<'_>) -> Result<Ref> {
    let numbers: Vec<f64> = numbers.iterate()?.map(|item| item?.obj().to_f64()).collect::<Result<_>>()?;
    match m::fsum(numbers.iter().copied()) {
        Ok(sum) => Ref::float(sum),
        Err(pymath::Error::EDOM) => Err(raise(Builtin::ValueError.obj(), "-inf + inf in fsum")),
        Err(pymath::Error::ERANGE) => Err(raise(Builtin::OverflowError.obj(), "intermediate overflow in fsum")),
    }
}

pub(super) fn hypot(call: Positional<'_>) -> Result<Ref> {
    let coordinates: Vec<f64> = call.all().iter().map(|x| x.to_f64()).collect::<Result<_>>()?;
    Ref::float(m::hypot(&coordinates))
}

pub(super) fn dist(call: Positional<'_>) -> Result<Ref> {
    let [p, q] = call.exactly("dist")?;
    let items = |point: Obj<'_>| point.iterate()?.collect::<Result<Vec<Ref>>>();
    let (p, q) = (items(p)?, items(q)?);
    if p.len() != q.len() {
        return Err(raise(Builtin::ValueError.obj(), "both points must have the same number of dimensions"));
    }
    let mut points = (Vec::new(), Vec::new());
    for (p, q) in p.iter().zip(&q) {
        points.0.push(p.obj().to_f64()?);
        points.1.push(q.obj().to_f64()?);
    }
    Ref::float(m::dist(&points.0, &points.1))
}

pub(super) fn prod(call: Call<'_>) -> Result<Ref> {
    let [numbers, start] = call.bind(c"O|$O:prod", [c"", c"start"])?;
    let start = start.map_or_else(|| Ref::int(1), |start| Ok(start.to_ref()))?;
    let mut numbers = numbers.expect("an argument that is not optional").iterate()?;
    numbers.try_fold(start, |product, number| product.obj().times(number?.obj()))
}

/// The products that wait to be added: those of ints exactly, those of floats with more digits than a float has.
#[derive(Default)]
struct Run {
    ints: Option<Ref>,
    floats: (Vec<f64>, Vec<f64>),
}

impl Run {
    /// Adds the products to the sum.
    fn end(&mut self, mut total: Ref) -> Result<Ref> {
        if let Some(ints) = self.ints.take() {
            total = total.obj().plus(ints.obj())?;
        }
        let (p, q) = core::mem::take(&mut self.floats);
        if !p.is_empty() {
            let sum = m::sumprod(&p, &q).map_err(super::error)?;
            total = total.obj().plus(Ref::float(sum)?.obj())?;
        }
        Ok(total)
    }
}

pub(super) fn sumprod(call: Positional<'_>) -> Result<Ref> {
    let [p, q] = call.exactly("sumprod")?;
    let (mut p, mut q) = (p.iterate()?, q.iterate()?);
    let (mut total, mut run) = (Ref::int(0)?, Run::default());
    loop {
        let (p, q) = match (p.next().transpose()?, q.next().transpose()?) {
            (Some(p), Some(q)) => (p, q),
            (None, None) => return run.end(total),
            _ => return Err(raise(Builtin::ValueError.obj(), "Inputs are not the same length")),
        };
        let (p, q) = (p.obj(), q.obj());
        if p.is_exact_int() && q.is_exact_int() {
            if !run.floats.0.is_empty() {
                total = run.end(total)?;
            }
            let product = p.times(q)?;
            run.ints = Some(match run.ints.take() {
                None => product,
                Some(sum) => sum.obj().plus(product.obj())?,
            });
        } else if let Some((p, q)) = floats(p, q) {
            if run.ints.is_some() {
                total = run.end(total)?;
            }
            run.floats.0.push(p);
            run.floats.1.push(q);
        } else {
            total = run.end(total)?;
            total = total.obj().plus(p.times(q)?.obj())?;
        }
    }
}

/// The two numbers as floats, when one is a float and the other a float or an int.
fn floats(p: Obj<'_>, q: Obj<'_>) -> Option<(f64, f64)> {
    if !p.is_exact_float() && !q.is_exact_float() {
        return None;
    }
    number(p).zip(number(q))
}

/// A float or an int as a float; `None` for another object, and for an int that is too large.
fn number(x: Obj<'_>) -> Option<f64> {
    if !x.is_exact_float() && !x.is_int() {
        return None;
    }
    x.to_f64().map_err(|raised| raised.forget()).ok()
}
