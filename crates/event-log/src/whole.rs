//! A whole log, read on the threads that work on it.
//!
//! What one thread reads and another works on costs a fifth more: it leaves the one's cache, and its memory is
//! taken here and given back there.

use std::{
    num::NonZero,
    ops::ControlFlow,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use tokio::{runtime::Handle, sync::mpsc};

use crate::{EventLog, LogError, Pages, Recorded, StoredPage};

/// More threads than this find the next page taken.
const MOST_THREADS: usize = 4;

/// How many events are read at a time: as many as are still in the processor's cache when they are worked on.
const PAGE: usize = 256;

/// How many pages of a log that is far away may wait.
const WAITING: usize = 2;

/// Reads a log on whatever thread asks, which waits for it.
pub trait PageReader: Send {
    /// The next page, of so many events at most where the log can tell. Empty once the log has ended.
    ///
    /// # Errors
    /// What the log reports.
    fn page(&mut self, most: usize) -> Result<StoredPage, LogError>;
}

/// A log from its start to where it ended when that was reached.
pub struct WholeLog(Box<dyn PageReader>);

impl WholeLog {
    /// Reads nothing yet. To be called where tokio's runtime is at hand, and used on threads that may block.
    ///
    /// # Errors
    /// If the log cannot be opened for reading once more.
    pub fn of(log: &Arc<dyn EventLog>) -> Result<Self, LogError> {
        Ok(WholeLog(match log.page_reader(None)? {
            Some(reader) => reader,
            None => Box::new(Fetched::from(Arc::clone(log))),
        }))
    }

    /// The next page; once it was empty, the log has ended.
    ///
    /// # Errors
    /// What the log reports.
    pub fn page(&mut self) -> Result<Vec<Recorded>, LogError> {
        self.0.page(PAGE)?.recorded()
    }

    /// Works on all of it, a page on each of a few threads at a time: each reads one when it is its turn,
    /// does `each`, and in its turn again gives what was made of it to `next`, in the order of the log,
    /// until that breaks off.
    ///
    /// # Errors
    /// The first one in the order of the log: of reading, of `each`, or of `next`.
    pub fn in_turn<T, E: From<LogError> + Send>(
        &mut self,
        each: impl Fn(StoredPage) -> Result<T, E> + Sync,
        next: impl FnMut(&T) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let (unread, turns) = (Mutex::new((0, self)), Turns::new(next));
        let work = || {
            let _leaving = Leaving(&turns);
            loop {
                let (number, page) = {
                    let mut unread = lock(&unread);
                    let (number, log) = &mut *unread;
                    *number += 1;
                    (*number - 1, log.0.page(PAGE))
                };
                let worked = page
                    .map_err(E::from)
                    .and_then(|page| match page.is_empty() {
                        true => Ok(None),
                        false => each(page).map(Some),
                    });
                if turns.take(number, worked).is_break() {
                    return;
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads.min(MOST_THREADS) {
                scope.spawn(work);
            }
            work();
        });
        turns.end()
    }
}

/// Whose turn it is.
struct Turns<E, N> {
    turn: Mutex<Turn<E, N>>,
    changed: Condvar,
}

struct Turn<E, N> {
    next: N,
    page: u64,
    ended: Option<Result<(), E>>,
}

impl<E, N> Turns<E, N> {
    fn new(next: N) -> Self {
        Turns {
            turn: Mutex::new(Turn {
                next,
                page: 0,
                ended: None,
            }),
            changed: Condvar::new(),
        }
    }

    /// Waits for the turn of this page; breaks once all has ended. What was made of it is given up after the
    /// turn.
    fn take<T>(&self, number: u64, worked: Result<Option<T>, E>) -> ControlFlow<()>
    where
        N: FnMut(&T) -> Result<ControlFlow<()>, E>,
    {
        let (worked, failed) = match worked {
            Ok(worked) => (worked, None),
            Err(error) => (None, Some(error)),
        };
        let waiting = |turn: &mut Turn<E, N>| turn.page < number && turn.ended.is_none();
        let turn = self.changed.wait_while(lock(&self.turn), waiting);
        let mut turn = turn.unwrap_or_else(PoisonError::into_inner);
        if turn.ended.is_some() {
            return ControlFlow::Break(());
        }
        let taken = match (&worked, failed) {
            (_, Some(error)) => Err(error),
            (Some(made), None) => (turn.next)(made),
            (None, None) => Ok(ControlFlow::Break(())),
        };
        turn.page += 1;
        turn.ended = match taken {
            Ok(ControlFlow::Continue(())) => None,
            Ok(ControlFlow::Break(())) => Some(Ok(())),
            Err(error) => Some(Err(error)),
        };
        let flow = match turn.ended {
            None => ControlFlow::Continue(()),
            Some(_) => ControlFlow::Break(()),
        };
        drop(turn);
        self.changed.notify_all();
        flow
    }

    fn end(self) -> Result<(), E> {
        let turn = self.turn.into_inner();
        let turn = turn.unwrap_or_else(PoisonError::into_inner);
        turn.ended.unwrap_or(Ok(()))
    }
}

/// A thread that panics never takes its turn: the others must not wait for it.
struct Leaving<'a, E, N>(&'a Turns<E, N>);

impl<E, N> Drop for Leaving<'_, E, N> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.turn).ended.get_or_insert(Ok(()));
            self.0.changed.notify_all();
        }
    }
}

/// Who panicked is told by the scope of the threads.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Of a log that is read elsewhere: the next pages are fetched while one is worked on.
struct Fetched(mpsc::Receiver<Result<Vec<Recorded>, LogError>>);

impl From<Arc<dyn EventLog>> for Fetched {
    fn from(log: Arc<dyn EventLog>) -> Self {
        let (pages, waiting) = mpsc::channel(WAITING);
        Handle::current().spawn(async move {
            let mut read = Pages::new(log.as_ref());
            loop {
                let page = read.page().await;
                let more = page.as_ref().is_ok_and(|page| !page.is_empty());
                // Whoever receives no more is done.
                if pages.send(page).await.is_err() || !more {
                    return;
                }
            }
        });
        Fetched(waiting)
    }
}

impl PageReader for Fetched {
    fn page(&mut self, _: usize) -> Result<StoredPage, LogError> {
        let fetched = self.0.blocking_recv().transpose()?.unwrap_or_default();
        Ok(fetched.iter().map(Recorded::stored).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, time::Duration};

    use super::*;
    use crate::{Expected, MemoryLog, Position, Revision, contract, pages::tests::Failing};

    /// Pages of one event each, up to where reading fails.
    struct Numbered {
        events: std::vec::IntoIter<Recorded>,
        fails_at: Option<usize>,
    }

    impl PageReader for Numbered {
        fn page(&mut self, _: usize) -> Result<StoredPage, LogError> {
            match self.fails_at == Some(self.events.len()) {
                true => Err(LogError::Corrupt("here".to_owned())),
                false => Ok(self.events.next().iter().map(Recorded::stored).collect()),
            }
        }
    }

    async fn log(pages: u128) -> Arc<dyn EventLog> {
        let log = MemoryLog::default();
        let stream = contract::stream("a").unwrap();
        for number in 0..pages {
            let event = vec![contract::event(number)];
            log.append(&stream, Expected::Any, event).await.unwrap();
        }
        Arc::new(log)
    }

    /// `left` events before the end of a hundred, reading fails.
    async fn hundred(left: Option<usize>) -> WholeLog {
        let events = log(100).await.read_all(None, 100).await.unwrap();
        WholeLog(Box::new(Numbered {
            events: events.into_iter(),
            fails_at: left,
        }))
    }

    fn dawdle(page: StoredPage) -> Result<Position, LogError> {
        let position = page.iter().next().unwrap().position;
        // Now the one thread is slower, now the other.
        thread::sleep(Duration::from_micros(position.to_stored() * 37 % 301));
        Ok(position)
    }

    #[tokio::test]
    async fn pages_are_taken_in_the_order_of_the_log_whoever_works_on_them() {
        let mut taken = Vec::new();
        let worked = hundred(None).await.in_turn(dawdle, |position| {
            taken.push((thread::current().id(), *position));
            Ok(ControlFlow::Continue(()))
        });
        worked.unwrap();
        assert_eq!(taken.len(), 100);
        assert!(taken.is_sorted_by(|(_, one), (_, next)| one < next));
        let threads: HashSet<_> = taken.iter().map(|(thread, _)| thread).collect();
        let available = thread::available_parallelism().unwrap().get();
        assert!(threads.len() > 1 || available == 1);
    }

    #[tokio::test]
    async fn what_breaks_off_or_fails_first_in_the_log_is_the_end() {
        let counted = async |left, breaks: Option<u32>, fails: Option<Position>| {
            let mut count = 0;
            let each = |page: StoredPage| match dawdle(page)? {
                position if Some(position) == fails => Err(LogError::Corrupt("each".to_owned())),
                position => Ok(position),
            };
            let worked = hundred(left).await.in_turn(each, |_| {
                count += 1;
                Ok(match Some(count) == breaks {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                })
            });
            (count, worked.map_err(|error| error.to_string()))
        };
        let corrupt = |what: &str| Err(LogError::Corrupt(what.to_owned()).to_string());
        assert_eq!(counted(None, Some(7), None).await, (7, Ok(())));
        assert_eq!(counted(Some(60), None, None).await, (40, corrupt("here")));
        assert_eq!(counted(Some(60), Some(7), None).await, (7, Ok(())));
        let at = log(21).await.head().await.unwrap();
        assert_eq!(counted(Some(60), None, at).await, (20, corrupt("each")));
        assert_eq!(counted(Some(90), None, at).await, (10, corrupt("here")));
    }

    #[tokio::test]
    #[should_panic]
    async fn a_thread_that_panics_keeps_no_other_waiting() {
        let each = |page: StoredPage| {
            assert!(page.iter().all(|event| event.revision != Revision(50)));
            dawdle(page)
        };
        let next = |_: &Position| Ok(ControlFlow::Continue(()));
        hundred(None).await.in_turn(each, next).unwrap();
    }

    #[tokio::test]
    async fn a_log_that_is_far_away_is_read_by_itself_and_its_failure_told() {
        let log = log(2_500).await;
        let mut whole = WholeLog::of(&log).unwrap();
        let read = tokio::task::spawn_blocking(move || {
            let pages = std::iter::from_fn(|| Some(whole.page().unwrap().len()));
            pages.take_while(|events| *events > 0).sum::<usize>()
        });
        assert_eq!(read.await.unwrap(), 2_500);
        let log: Arc<dyn EventLog> = Arc::new(Failing(MemoryLog::default(), false.into()));
        let mut whole = WholeLog::of(&log).unwrap();
        let read = tokio::task::spawn_blocking(move || whole.page());
        assert!(matches!(read.await.unwrap(), Err(LogError::Corrupt(_))));
    }
}
