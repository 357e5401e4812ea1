//! The exceptions that are shown with one: where it came from, and what is inside a group. Each cause and context is
//! shown once, so that rings come to an end.

use super::{cause, context, group};
use crate::abi::*;
use crate::objects::tuple;
use crate::runtime::memory::{self, Array, HashOf, Malloc, spread};
use crate::runtime::{Obj, Ref, Result};
use core::ops::Range;
use hashbrown::HashTable;

/// What an exception has to do with the one that it came from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    Cause,
    Context,
}

/// One exception of an outline. Others are named by their index.
#[derive(Debug)]
pub(super) struct Node {
    pub exception: Ref,
    /// Where it came from.
    origin: Option<usize>,
    /// What came from it, and how.
    pub next: Option<(Link, usize)>,
    /// What is inside, if it is a group.
    pub members: Option<Range<usize>>,
}

/// An exception, first, and those that are shown with it.
#[derive(Debug)]
pub(super) struct Outline {
    nodes: Array<Node>,
    seen: HashTable<usize, Malloc>,
}

impl Outline {
    /// The outline of an exception; MemoryError when there is no memory for it.
    pub fn of(exception: Obj<'_>) -> Result<Self> {
        let mut outline = Outline { nodes: Array::new_in(Malloc), seen: HashTable::new_in(Malloc) };
        let mut queue: Array<usize> = Array::new_in(Malloc);
        memory::push(&mut queue, outline.add(exception.to_ref())?)?;
        while let Some(index) = queue.pop() {
            let Some(exception) = outline.get(index).map(|node| node.exception.clone()) else { continue };
            if let Some((link, origin)) = outline.origin_of(exception.borrow()) {
                let origin = outline.add(origin)?;
                outline.connect(origin, link, index);
                memory::push(&mut queue, origin)?;
            }
            if group::check(exception.borrow()) {
                let start = outline.nodes.len();
                for member in tuple::items(group::exceptions(exception.borrow()).borrow()) {
                    let member = outline.add(member.to_ref())?;
                    memory::push(&mut queue, member)?;
                }
                let members = start..outline.nodes.len();
                if let Some(node) = outline.nodes.get_mut(index) {
                    node.members = Some(members);
                }
            }
        }
        Ok(outline)
    }

    /// The exception with an index.
    pub fn get(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// Where the way to an exception begins.
    pub fn farthest(&self, index: usize) -> usize {
        let origins = core::iter::successors(Some(index), |index| self.get(*index)?.origin);
        origins.last().unwrap_or(index)
    }

    /// The cause, or else the context unless that is suppressed; not one that is shown already.
    fn origin_of(&self, exception: Obj<'_>) -> Option<(Link, Ref)> {
        let is_new = |other: &Ref| !self.has_seen(other.borrow());
        // SAFETY: an exception has this layout.
        let suppressed = unsafe { (*exception.cast::<PyBaseExceptionObject>()).suppress_context != 0 };
        match cause(exception).get().filter(is_new) {
            Some(cause) => Some((Link::Cause, cause)),
            None if suppressed => None,
            None => context(exception).get().filter(is_new).map(|context| (Link::Context, context)),
        }
    }

    fn has_seen(&self, exception: Obj<'_>) -> bool {
        let address = exception.as_ptr().addr();
        self.seen.find(hash(address), |other| *other == address).is_some()
    }

    fn add(&mut self, exception: Ref) -> Result<usize> {
        let address = exception.as_ptr().addr();
        let index = self.nodes.len();
        memory::push(&mut self.nodes, Node { exception, origin: None, next: None, members: None })?;
        let hash_of: HashOf<'_, usize> = &|address| hash(*address);
        self.seen.try_reserve(1, hash_of).map_err(|_| memory::out_of_memory())?;
        self.seen.insert_unique(hash(address), address, hash_of);
        Ok(index)
    }

    fn connect(&mut self, origin: usize, link: Link, index: usize) {
        if let Some(node) = self.nodes.get_mut(origin) {
            node.next = Some((link, index));
        }
        if let Some(node) = self.nodes.get_mut(index) {
            node.origin = Some(origin);
        }
    }
}

/// The hash of an address, as tables want it.
fn hash(address: usize) -> u64 {
    spread(address as u64)
}
