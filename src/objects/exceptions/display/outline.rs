//! The exceptions that are shown with one: its causes, its contexts, and the members of groups. Each cause and context
//! is shown once, so a cycle of them ends.

use crate::objects::exceptions::group;
use crate::objects::exceptions::layout::{Group, Head};
use crate::objects::tuple;
use crate::runtime::memory::{self, Array, HashOf, Malloc, spread};
use crate::runtime::{Obj, Ref, Result};
use core::ops::Range;
use hashbrown::HashTable;

/// The relation of an exception to its origin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    Cause,
    Context,
}

/// One exception of an outline. Others are named by their index.
#[derive(Debug)]
pub(super) struct Node {
    pub exception: Ref,
    /// Its cause or context.
    origin: Option<usize>,
    /// The exception whose cause or context it is.
    pub next: Option<(Link, usize)>,
    /// The members, if it is a group.
    pub members: Option<Range<usize>>,
}

/// An exception, which is the first node, and the exceptions that are shown with it.
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
            if let Some(group) = exception.borrow().downcast::<Group>() {
                let start = outline.nodes.len();
                for member in tuple::items(group::exceptions(group).borrow()) {
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

    /// The first of the causes and contexts that lead to an exception.
    pub fn farthest(&self, index: usize) -> usize {
        let origins = core::iter::successors(Some(index), |index| self.get(*index)?.origin);
        origins.last().unwrap_or(index)
    }

    /// The cause, or else the context unless it is suppressed. One that is shown already is left out.
    fn origin_of(&self, exception: Obj<'_>) -> Option<(Link, Ref)> {
        let is_new = |other: &Ref| !self.has_seen(other.borrow());
        let exception = exception.downcast::<Head>()?;
        match exception.cells().cause.get().filter(is_new) {
            Some(cause) => Some((Link::Cause, cause)),
            None if exception.cells().suppress_context.get() != 0 => None,
            None => exception.cells().context.get().filter(is_new).map(|context| (Link::Context, context)),
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

/// The hash of an address, spread over all bits as the table needs.
fn hash(address: usize) -> u64 {
    spread(address as u64)
}
