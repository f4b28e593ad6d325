use std::time::{Duration, Instant};

/// Generous, since a busy machine is slow and a defect is not worth hurrying for.
const DEADLINE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(20);

/// Looks until there is something, and returns it; `look` says what it saw instead.
///
/// # Panics
///
/// After a minute, with what was waited for and what was seen last.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<T, String>) -> T {
    let begun = Instant::now();
    loop {
        match look().await {
            Ok(found) => return found,
            Err(seen) if begun.elapsed() > DEADLINE => {
                panic!("waited {} s for {what}; last seen: {seen}", DEADLINE.as_secs())
            }
            Err(_) => tokio::time::sleep(GLANCE).await,
        }
    }
}
