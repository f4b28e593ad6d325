use axum::http::{HeaderMap, header};

/// Whether a request's `Accept-Encoding` allows a coding (RFC 9110, section 12.5.3). A coding that it doesn't mention
/// is refused, so a client that sends no such header gets the plain file.
pub(super) fn accepts(request: &HeaderMap, coding: &str) -> bool {
    let lists = request.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|list| list.to_str().ok());
    let codings: Vec<&str> = lists.flat_map(|list| list.split(',')).collect();
    let weight = |name: &str| {
        codings.iter().find_map(|entry| {
            let (found, parameter) = entry.split_once(';').unwrap_or((entry, "q=1"));
            found.trim().eq_ignore_ascii_case(name).then(|| is_above_zero(parameter))
        })
    };
    weight(coding).or_else(|| weight("*")).unwrap_or(false)
}

fn is_above_zero(parameter: &str) -> bool {
    let quality = parameter.trim().trim_start_matches(['q', 'Q']).trim_start_matches('=');
    quality.parse::<f32>().is_ok_and(|quality| quality > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(accept: &'static str, coding: &str) -> bool {
        accepts(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, accept.parse().unwrap())]), coding)
    }

    #[test]
    fn follows_names_weights_and_the_wildcard() {
        assert!(takes("gzip, deflate, br", "br"));
        assert!(takes("gzip;q=0.5,BR;q=0.1", "br"));
        assert!(takes("*", "gzip"));
        assert!(!takes("br;q=0, *", "br"));
        assert!(!takes("gzip", "br"));
        assert!(!takes("br;q=much", "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }
}
