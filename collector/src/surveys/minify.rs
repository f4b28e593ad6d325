/// Removes the white space from valid JSON and changes nothing else. Parsing it and writing it again could reorder
/// fields and rewrite numbers.
pub(super) fn minify(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = |character: &char| {
        let keep = quoted || !character.is_ascii_whitespace();
        if *character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && *character == '\\' && !escaped;
        keep
    };
    json.chars().filter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_outside_strings_goes() {
        let json = "{\n  \"b\": [1.0, 2],\r\n\t\"a\": \"say \\\"hi, you\\\" \\\\\", \"c d\": \" \" }\n";
        assert_eq!(minify(json), r#"{"b":[1.0,2],"a":"say \"hi, you\" \\","c d":" "}"#);
    }
}
