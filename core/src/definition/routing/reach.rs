//! Finds rules and items that nobody ever comes to, which no rule shows by itself.

use crate::definition::{Definition, Routing};
use crate::read::{Fault, Node};

impl Routing {
    /// Logs rules that stand behind one that is always taken, and items that no path leads to.
    pub(in crate::definition) fn check_reach(&self, node: &Node<'_>, definition: &Definition) {
        self.check_rules(node);
        for (item, reached) in definition.items.iter().zip(self.reached(definition)) {
            if !reached {
                node.fault(Fault::Unreachable { found: item.id.clone() });
            }
        }
    }

    fn check_rules(&self, node: &Node<'_>) {
        let mut always_left = Vec::new();
        node.each(|_, entry| {
            let Some(after) = entry.peek("after") else { return };
            if always_left.contains(after.value()) {
                entry.unfit("is never reached: a rule before it for the same `after` is always taken");
            }
            if entry.peek("when").is_none() {
                always_left.push(after.value().clone());
            }
        });
    }

    /// Says of each item whether some path leads to it. Jumps lead onwards only, so one pass is enough.
    fn reached(&self, definition: &Definition) -> Vec<bool> {
        let count = definition.items.len();
        let mut reached = vec![false; count];
        let mark = |item: usize, reached: &mut Vec<bool>| {
            if let Some(mark) = reached.get_mut(item) {
                *mark = true;
            }
        };
        mark(0, &mut reached);
        for (index, item) in definition.items.iter().enumerate() {
            if reached.get(index) != Some(&true) {
                continue;
            }
            let jumps = || self.jumps.iter().filter(|jump| jump.after == index && jump.to > index);
            jumps().for_each(|jump| mark(jump.to, &mut reached));
            // Respondents go on to the next item if they aren't asked this one, or if no rule sends them elsewhere.
            if item.when.is_some() || jumps().all(|jump| jump.when.is_some()) {
                mark(index + 1, &mut reached);
            }
        }
        reached
    }
}
