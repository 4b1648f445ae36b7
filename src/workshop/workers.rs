//! Many items on several threads, with the results in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// Typst nests deeply; the main thread's stack is not promised to suffice.
const STACK_BYTES: usize = 16 << 20;

/// How many items each thread may be ahead of the first that is not done: more
/// would fill the memory with results that wait for their turn.
const AHEAD: usize = 4;

/// Does `work` on each item, on `jobs` threads, and hands each result to `done`
/// in the order of the items, as soon as it is its turn.
///
/// The threads are plain ones: Typst uses rayon inside, and a thread of rayon's
/// own pool that waits in Typst would take up the next document on top of the
/// first, until its stack overflows.
pub fn in_order<'a, T: Sync, R: Send>(
    items: &'a [T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(&'a T, R),
) {
    let jobs = jobs.clamp(1, items.len().max(1));
    let queue = Queue {
        next: AtomicUsize::new(0),
        delivered: Mutex::new(0),
        moved: Condvar::new(),
        window: AHEAD * jobs,
    };
    let (sender, receiver) = mpsc::sync_channel(jobs);
    thread::scope(|scope| {
        let mut granted = 0;
        for _ in 0..jobs {
            let (sender, queue, work) = (sender.clone(), &queue, &work);
            let worker = move || queue.serve(items, work, &sender);
            let builder = thread::Builder::new().stack_size(STACK_BYTES);
            granted += usize::from(builder.spawn_scoped(scope, worker).is_ok());
        }
        drop(sender);
        match granted {
            // Where the system grants no thread, this one does it all.
            0 => items.iter().for_each(|item| done(item, work(item))),
            _ => deliver(items, &receiver, &queue, &mut done),
        }
    });
}

struct Queue {
    next: AtomicUsize,
    /// How many results have been handed on.
    delivered: Mutex<usize>,
    moved: Condvar,
    window: usize,
}

impl Queue {
    fn serve<T, R>(&self, items: &[T], work: impl Fn(&T) -> R, sender: &SyncSender<(usize, R)>) {
        let _alarm = Alarm(self);
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            self.wait_for_turn(index);
            if sender.send((index, work(item))).is_err() {
                break;
            }
        }
    }

    fn wait_for_turn(&self, index: usize) {
        let delivered = self.delivered.lock();
        let delivered = delivered.unwrap_or_else(PoisonError::into_inner);
        let ahead = |delivered: &mut usize| index >= *delivered + self.window;
        // A thread that panicked has poisoned nothing that is read here.
        drop(self.moved.wait_while(delivered, ahead));
    }

    fn advance(&self) {
        let delivered = self.delivered.lock();
        *delivered.unwrap_or_else(PoisonError::into_inner) += 1;
        self.moved.notify_all();
    }
}

/// Lets the other threads go on when one panics, so that the panic is seen and
/// nothing hangs.
struct Alarm<'a>(&'a Queue);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let delivered = self.0.delivered.lock();
            *delivered.unwrap_or_else(PoisonError::into_inner) = usize::MAX >> 1;
            self.0.moved.notify_all();
        }
    }
}

fn deliver<'a, T, R>(
    items: &'a [T],
    receiver: &Receiver<(usize, R)>,
    queue: &Queue,
    done: &mut impl FnMut(&'a T, R),
) {
    let mut early: BTreeMap<usize, R> = BTreeMap::new();
    let mut turn = 0;
    for (index, result) in receiver {
        early.insert(index, result);
        while let Some(result) = early.remove(&turn) {
            done(&items[turn], result);
            turn += 1;
            queue.advance();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_few_wait() {
        let items: Vec<usize> = (0..200).collect();
        let (started, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut order = Vec::new();
        in_order(
            &items,
            3,
            |item| {
                let ahead = started.fetch_add(1, Ordering::SeqCst);
                assert!(ahead <= finished.load(Ordering::SeqCst) + AHEAD * 3 + 3);
                // The first of each group takes longest.
                let pause = if item % 20 == 0 { 5 } else { 0 };
                thread::sleep(std::time::Duration::from_millis(pause));
                item * 2
            },
            |item, double| {
                assert_eq!(double, item * 2);
                finished.fetch_add(1, Ordering::SeqCst);
                order.push(*item);
            },
        );
        assert_eq!(order, items);
    }
}
