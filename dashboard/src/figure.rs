//! Writes figures for people.

use puls_analysis::estimates::Estimate;

/// A count with a comma between thousands, such as `1,204`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of people, such as `1 respondent` or `1,204 respondents`.
pub(crate) fn respondents(number: u64) -> String {
    if number == 1 { "1 respondent".to_owned() } else { format!("{} respondents", count(number)) }
}

/// A figure with this number of decimals, with a minus sign rather than a hyphen, and without a negative zero.
pub(crate) fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.contains(|digit: char| ('1'..='9').contains(&digit)) => format!("−{rest}"),
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// A share of 0 to 1 in percent, such as `42 %`, with a space that doesn't break.
pub(crate) fn percent(share: f64) -> String {
    format!("{}\u{a0}%", decimal(100.0 * share, 0))
}

/// A share's interval in percent, such as `38 to 46 %`.
pub(crate) fn percent_range(share: Estimate) -> String {
    format!("{} to {}", decimal(100.0 * share.low, 0), percent(share.high))
}

/// A figure's interval in words, to be written after the figure.
pub(crate) fn certainty(estimate: Estimate, decimals: usize) -> String {
    let (low, high) = (decimal(estimate.low, decimals), decimal(estimate.high, decimals));
    format!("and with 95\u{a0}% certainty between {low} and {high}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let found = [0, 12, 999, 1_000, 12_345, 1_234_567].map(count);
        assert_eq!(found, ["0", "12", "999", "1,000", "12,345", "1,234,567"]);
        assert_eq!(respondents(1), "1 respondent");
    }

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        let found = [-0.4, -0.6, 33.5, -100.0].map(|value| decimal(value, 0));
        assert_eq!(found, ["0", "−1", "34", "−100"]);
        assert_eq!(decimal(3.849, 1), "3.8");
    }

    #[test]
    fn intervals_in_words() {
        let score = Estimate { value: 4.0, low: -2.0, high: 10.0 };
        assert_eq!(certainty(score, 0), "and with 95\u{a0}% certainty between −2 and 10");
        let share = Estimate { value: 0.42, low: 0.384, high: 0.456 };
        assert_eq!(percent_range(share), "38 to 46\u{a0}%");
    }
}
