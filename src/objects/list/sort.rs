//! Sorting a list: a stable merge sort. Comparisons can run code of the program, so the items are sorted apart from the
//! list, which is empty meanwhile.

use super::{List, places};
use crate::abi::Py_LT;
use crate::objects::{call, float, int, str};
use crate::protocol::compare;
use crate::protocol::truth::truth;
use crate::runtime::known::{FLOAT, INT};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result, raise};
use core::cmp::Ordering;

/// Runs up to this length are sorted by insertion.
const SHORT: usize = 16;

/// The items of a list while they are apart from it. They are put back when this is dropped.
struct Apart<'a> {
    list: List<'a>,
    block: *mut *mut crate::abi::PyObject,
    length: isize,
    room: isize,
}

impl<'a> Apart<'a> {
    fn take(list: List<'a>) -> Self {
        let fields = list.fields();
        // SAFETY: the block moves out of the list, which is whole and empty afterwards.
        unsafe {
            let apart =
                Apart { list, block: places(list), length: (*fields).ob_base.ob_size, room: (*fields).allocated };
            (*fields).ob_item = core::ptr::null_mut();
            (*fields).ob_base.ob_size = 0;
            (*fields).allocated = 0;
            apart
        }
    }

    /// The items.
    fn items(&self) -> &[Option<Obj<'a>>] {
        match self.length {
            0 => &[],
            // SAFETY: the block has as many places, each NULL or an object, and no other code has it.
            length => unsafe { core::slice::from_raw_parts(self.block.cast(), length as usize) },
        }
    }

    /// Puts the items into another order, which has each index once.
    fn reorder(&mut self, order: &[usize]) -> Result<()> {
        let mut copy: Array<Option<Obj<'a>>> = Array::new_in(Malloc);
        memory::reserve(&mut copy, order.len())?;
        memory::fill(&mut copy, self.items().iter().copied());
        for (at, from) in order.iter().enumerate() {
            if let Some(item) = copy.get(*from) {
                // SAFETY: the order has as many indices as there are items; the references only change places.
                unsafe { self.block.add(at).cast::<Option<Obj<'a>>>().write(*item) };
            }
        }
        Ok(())
    }
}

impl Drop for Apart<'_> {
    fn drop(&mut self) {
        let fields = self.list.fields();
        // SAFETY: the list gets back the block that was taken from it. Items that code of the program has put into the
        // list meanwhile are dropped afterwards, once each, with their block.
        unsafe {
            let block = core::mem::replace(&mut (*fields).ob_item, self.block);
            let length = core::mem::replace(&mut (*fields).ob_base.ob_size, self.length);
            (*fields).allocated = self.room;
            for index in 0..length as usize {
                drop(Ref::from_ptr(block.add(index).read()));
            }
            memory::free(block.cast());
        }
    }
}

/// Sorts a list by its items, or by keys that a function gives for them (CPython: `list.sort`). Equal items keep their
/// order. After an error the list has the order that it had.
pub fn sort(list: List<'_>, key: Option<Obj<'_>>, descending: bool) -> Result<()> {
    let mut apart = Apart::take(list);
    let sorted = sort_apart(&mut apart, key, descending);
    // SAFETY: a view's fields can be read.
    let is_changed = unsafe { !(*list.fields()).ob_item.is_null() };
    drop(apart);
    match sorted {
        Ok(()) if is_changed => Err(raise!(ValueError, "list modified during sort")),
        sorted => sorted,
    }
}

fn sort_apart(apart: &mut Apart<'_>, key: Option<Obj<'_>>, descending: bool) -> Result<()> {
    let count = apart.items().len();
    let mut order: Array<usize> = Array::new_in(Malloc);
    memory::reserve(&mut order, count)?;
    // Equal items keep their order also in a descending one: they are sorted from the end on, and reversed.
    if descending {
        memory::fill(&mut order, (0..count).rev());
    } else {
        memory::fill(&mut order, 0..count);
    }
    let mut keys: Array<Ref> = Array::new_in(Malloc);
    memory::reserve(&mut keys, count)?;
    for item in apart.items() {
        let Some(item) = item else { return Err(crate::runtime::refusal::bad_argument("list.sort")) };
        let key = match key {
            Some(key) => call::vectorcall(key, &[*item], None)?,
            None => item.to_ref(),
        };
        memory::fill(&mut keys, [key]);
    }
    order_by(&mut order, &keys)?;
    if descending {
        order.reverse();
    }
    apart.reorder(&order)
}

/// Sorts indices by the keys at them. Keys of one built-in type are compared without their slots.
fn order_by(order: &mut [usize], keys: &[Ref]) -> Result<()> {
    if let Some(texts) = all(keys, str::as_exact)? {
        return merge_sort(order, &mut |a, b| Ok(str::order(texts[a], texts[b]) == Ordering::Less));
    }
    if let Some(numbers) = all(keys, |key| if key.is_exactly(INT) { int::compact(key.downcast()?) } else { None })? {
        return merge_sort(order, &mut |a, b| Ok(numbers[a] < numbers[b]));
    }
    if let Some(floats) = all(keys, |key| if key.is_exactly(FLOAT) { key.downcast().map(float::value) } else { None })?
    {
        return merge_sort(order, &mut |a, b| Ok(floats[a] < floats[b]));
    }
    merge_sort(order, &mut |a, b| truth(compare::compare(keys[a].borrow(), keys[b].borrow(), Py_LT)?.borrow()))
}

/// The form of each key in which it is compared; `None` when one has no such form.
fn all<'a, T>(keys: &'a [Ref], form: impl Fn(Obj<'a>) -> Option<T>) -> Result<Option<Array<T>>> {
    let mut forms: Array<T> = Array::new_in(Malloc);
    for (index, key) in keys.iter().enumerate() {
        let Some(form) = form(key.borrow()) else { return Ok(None) };
        if index == 0 {
            memory::reserve(&mut forms, keys.len())?;
        }
        memory::fill(&mut forms, [form]);
    }
    Ok(Some(forms))
}

type Less<'a> = &'a mut dyn FnMut(usize, usize) -> Result<bool>;

/// Sorts indices: short runs by insertion, which are then merged. Indices that are in order already are not compared
/// again.
fn merge_sort(order: &mut [usize], less: Less<'_>) -> Result<()> {
    if is_descending(order, less)? {
        order.reverse();
        return Ok(());
    }
    for run in order.chunks_mut(SHORT) {
        insertion_sort(run, less)?;
    }
    let mut other: Array<usize> = Array::new_in(Malloc);
    memory::reserve(&mut other, order.len())?;
    let mut size = SHORT;
    while size < order.len() {
        for pair in order.chunks_mut(2 * size) {
            if pair.len() > size {
                merge(pair, size, &mut other, less)?;
            }
        }
        size *= 2;
    }
    Ok(())
}

/// Whether each is less than the one before it. The first pair that is not ends the comparisons.
fn is_descending(order: &[usize], less: Less<'_>) -> Result<bool> {
    for pair in order.windows(2) {
        if !less(pair[1], pair[0])? {
            return Ok(false);
        }
    }
    Ok(order.len() > 1)
}

/// Sorts a short run: each index is put at its place among those before it, which a binary search finds.
fn insertion_sort(run: &mut [usize], less: Less<'_>) -> Result<()> {
    for end in 1..run.len() {
        let pivot = run[end];
        if !less(pivot, run[end - 1])? {
            continue;
        }
        let (mut low, mut high) = (0, end - 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(pivot, run[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        run.copy_within(low..end, low + 1);
        run[low] = pivot;
    }
    Ok(())
}

/// Merges two sorted runs, of which the first has `size` indices.
fn merge(pair: &mut [usize], size: usize, left: &mut Array<usize>, less: Less<'_>) -> Result<()> {
    if !less(pair[size], pair[size - 1])? {
        return Ok(());
    }
    left.clear();
    memory::fill(left, pair[..size].iter().copied());
    let (mut from_left, mut from_right, mut to) = (0, size, 0);
    while let Some(&next) = left.get(from_left) {
        if from_right < pair.len() && less(pair[from_right], next)? {
            pair[to] = pair[from_right];
            from_right += 1;
        } else {
            pair[to] = next;
            from_left += 1;
        }
        to += 1;
    }
    Ok(())
}
