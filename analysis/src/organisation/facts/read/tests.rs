use super::*;
use proptest::prelude::*;

const HEADER: &str = "unit,wave,measure,value";

fn wrong(csv: impl AsRef<[u8]>) -> String {
    parse(csv.as_ref()).unwrap_err().to_string()
}

#[test]
fn a_file_is_read_however_programs_write_it() {
    let plain = format!("{HEADER}\nbilling,2026-Q2,headcount,14\nSales_2,2026-W47,margin,-0.5");
    let facts = parse(plain.as_bytes()).unwrap();
    assert_eq!(facts.value("Sales_2", Wave::parse("2026-W47").unwrap(), "margin"), Some(-0.5));
    // With a byte order mark, as Excel saves it; with lines of Windows; in quotes; with an empty line; as R and
    // pandas write numbers.
    for other in [
        format!("\u{feff}{plain}\n"),
        plain.replace('\n', "\r\n"),
        format!(
            "{}\n",
            plain.replace("billing,2026-Q2,headcount,14", "\"billing\",\"2026-Q2\",\"headcount\",\"14\"")
        ),
        plain.replace("\nSales", "\n\n\nSales"),
        plain.replace(",14", ",1.4e+01"),
        plain.replace(",14", ",14.0"),
    ] {
        assert_eq!(parse(other.as_bytes()).as_ref(), Ok(&facts), "{other:?}");
    }
}

#[test]
fn each_mistake_has_its_line() {
    let lines = [
        HEADER,
        "billing,2026-Q2,headcount,14",
        "billing,2026-Q2,margin",
        "billing,2026-Q2,margin,12,5",
        "billing,2026-Q3,margin,\"1,200.5\"",
        "billing,2026-Q5,headcount,3.5",
        "bill ing,spring,Margin,",
        "billing,2026-Q2,headcount,15",
        "billing,2026-Q2,headcount,-1",
        "billing,2026-Q2,absence,NaN",
        "billing,2026-Q2,absence,1e999",
        "billing,2026-Q2,absence,twelve, or so",
        "this is a line that somebody has written at the end of the file",
    ];
    let problems = wrong(lines.join("\n"));
    insta::assert_snapshot!(problems);
    assert_eq!(wrong(lines.join("\r\n")), problems);
    // Empty lines count, though nothing is read there.
    let unit = |line: &str| format!("{HEADER}\n{line}*,2026-Q2,margin,1");
    let told = |line: u32| format!("line {line}: \"*\" can't be a unit; use {UNIT_FORM}");
    assert_eq!([wrong(unit("\n\n")), wrong(unit("\r\n"))], [told(4), told(3)]);
    assert_eq!(wrong(format!("\u{feff}{}", lines.join("\n"))), problems);
}

#[test]
fn another_header_is_told_by_itself() {
    for (header, found) in [
        ("", ""),
        ("unit;wave;measure;value\nbilling;2026-Q2;margin;12,5", "unit;wave;measure;value"),
        ("wave,unit,measure,value\n1,2,3", "wave,unit,measure,value"),
        ("unit,wave,mea", "unit,wave,mea"),
        ("billing,2026-Q2,headcount,14\nb", "billing,2026-Q2,headcount,14"),
    ] {
        let told = "it has to be unit,wave,measure,value, with commas in between";
        assert_eq!(wrong(header), format!("line 1: the header is {found:?}; {told}"));
    }
    assert_eq!(wrong(HEADER), "line 1: is the last one; there have to be lines below the header");
    let utf_16: Vec<u8> = "\u{feff}unit,wave".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(wrong(utf_16), "line 1: isn't UTF-8; save the file as CSV in UTF-8");
    let latin_1 =
        [HEADER.as_bytes(), b"\nbilling,2026-Q2,headcount,14\nstr\xf6m,2026-Q2,headcount,14"].concat();
    assert_eq!(wrong(latin_1), "line 3: isn't UTF-8; save the file as CSV in UTF-8");
}

#[test]
fn a_file_that_was_cut_off_is_refused_where_that_can_be_seen() {
    let quoted =
        format!("{HEADER}\n\"a\",\"2026-Q2\",\"headcount\",\"14\"\n\"b\",\"2026-Q2\",\"headcount\",\"15\"");
    let whole = quoted.find("\n\"b").unwrap();
    for end in 0..quoted.len() {
        let is_whole = end == whole || end == whole + 1;
        assert_eq!(parse(&quoted.as_bytes()[..end]).is_ok(), is_whole, "{:?}", &quoted[..end]);
    }
    let unclosed = "line 3: has a quotation mark without a second one; the file may have been cut off";
    assert_eq!(wrong(&quoted[..quoted.len() - 1]), unclosed);
}

#[test]
fn the_first_mistakes_are_told_and_the_others_counted() {
    let line = |number: usize| format!("unit{},2026-Q2,headcount,{number}", number % 10_000);
    let lines = |count: usize, wave: &dyn Fn(usize) -> String| {
        let lines: Vec<String> = (0..count).map(|number| line(number).replace("Q2", &wave(number))).collect();
        format!("{HEADER}\n{}", lines.join("\n"))
    };
    let of_month = |number: usize| format!("{:02}", 1 + number / 10_000);
    assert_eq!(parse(lines(MOST_LINES, &of_month).as_bytes()).unwrap().iter().count(), MOST_LINES);
    let too_many =
        "line 100002: is one too many; a file may have 100000 lines below its header; import it in parts";
    assert_eq!(wrong(lines(MOST_LINES + 5, &of_month)), too_many);
    let problems = wrong(lines(MOST_LINES, &|_| "Q5".to_owned()));
    assert_eq!(problems.lines().count(), 21);
    assert!(problems.ends_with("\nand 99980 more mistakes"), "{problems}");
    assert!(wrong(lines(21, &|_| "Q5".to_owned())).ends_with("\nand 1 more mistake"));
    let swallowed = lines(MOST_LINES, &of_month).replacen("unit0", "\"unit0", 1);
    assert!(wrong(swallowed).len() < 1_000, "a message repeats only the beginning of what it found");
}

proptest! {
    #[test]
    fn whatever_stands_there_is_read_or_refused(csv in r#"(unit,wave,measure,value\n)?([ab,"\n\r;.ö0-9-]|2026-Q2|headcount){0,60}"#) {
        match parse(csv.as_bytes()) {
            Ok(facts) => prop_assert!(facts.iter().all(|fact| fact.value.is_finite())),
            Err(problems) => prop_assert!(problems.iter().count() > 0),
        }
    }
}
