//! Names of waves for people.

use puls_core::wave::{Period, Wave};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Writes `2026-11` as "November 2026", `2026-W47` as "Week 47, 2026", `2026-Q4` as "Q4 2026", and anything else as it
/// is.
pub(crate) fn wave_name(wave: &str) -> String {
    named(wave).unwrap_or_else(|| wave.to_owned())
}

fn named(wave: &str) -> Option<String> {
    let period = Wave::parse(wave)?.period();
    let (year, rest) = wave.split_once('-')?;
    Some(match period {
        Period::Month => {
            let month = rest.parse::<usize>().ok()?.checked_sub(1)?;
            format!("{} {year}", MONTHS.get(month)?)
        }
        Period::Week => format!("Week {}, {year}", rest.trim_start_matches(['W', '0'])),
        Period::Quarter => format!("{rest} {year}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_period_has_its_own_wording() {
        assert_eq!(wave_name("2026-11"), "November 2026");
        assert_eq!(wave_name("2026-W07"), "Week 7, 2026");
        assert_eq!(wave_name("2026-Q4"), "Q4 2026");
        assert_eq!(wave_name("later"), "later");
    }
}
