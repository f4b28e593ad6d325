//! Whether a survey is shown where the clock is wrong, or was when somebody answered: nobody is asked again too soon, as far as
//! that can be known, and no clock keeps a survey away for years.

use crate::asked;
use crate::clock::CLOCK;
use crate::seen::{started, stays_away};
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::{Host, script_tag};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The day on which everything happens, by a clock that is right, and its number.
const RIGHT: &str = "2027-01-14";
const DAY: f64 = 20_832.0;

/// What a clock shows: so many days after this one.
type Clock = (&'static str, u32);

/// What this browser has noted of surveys, and then by each of these clocks whether the survey is to be shown.
type Case<'a> = (Value, &'a [(Clock, bool)]);

/// A clock that is right, some days later.
const fn later(days: u32) -> Clock {
    (RIGHT, days)
}

/// Clocks that are wrong: not set since the device was made, a month ahead, and set back by forty days.
const UNSET: Clock = ("1970-01-20", 0);
const AHEAD: Clock = ("2027-02-14", 0);
const BACK: Clock = ("2026-12-05", 0);

/// The number of a day in 1970 that a clock shows which was never set.
const DAY_OF_UNSET: f64 = 12.0;

/// A page with the survey `asked`, which is shown by these rules.
async fn site(rules: &Value) -> (Collector, Host, Browser) {
    let collector = Collector::with_surveys(&[&asked::survey("asked", rules)]);
    let host = Host::page(&script_tag(&collector, "data-survey='asked'")).await;
    let browser = started().await;
    browser.before_each_page(CLOCK).await;
    (collector, host, browser)
}

/// Comes to the page with a clock that shows this day.
async fn visit(browser: &Browser, host: &Host, (day, later): Clock) {
    browser.open(&format!("{}/?silent&at={day}T12:00Z&later={later}", host.origin())).await;
}

/// The days that this browser has noted, by survey.
async fn ledger(browser: &Browser) -> BTreeMap<String, f64> {
    let days = browser.run("return JSON.parse(localStorage['puls.seen'])", &[]).await;
    serde_json::from_value(days).unwrap()
}

async fn note(browser: &Browser, days: &BTreeMap<String, f64>) {
    browser.run("localStorage['puls.seen'] = JSON.stringify(arguments[0])", &[json!(days)]).await;
}

/// Visits the page with each clock of each case in turn.
async fn check(rules: &Value, cases: &[Case<'_>]) {
    let (_collector, host, browser) = site(rules).await;
    for (known, visits) in cases {
        visit(&browser, &host, later(0)).await;
        browser.run("localStorage['puls.seen'] = arguments[0]", &[json!(known.to_string())]).await;
        for (clock, is_shown) in *visits {
            visit(&browser, &host, *clock).await;
            eprintln!("{known} by {clock:?}: {is_shown}");
            if *is_shown {
                browser.survey("asked").heading("asked?").await;
            } else {
                stays_away(&browser, "asked").await;
            }
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
}

#[tokio::test]
async fn who_has_answered_is_asked_again_when_it_is_time() {
    check(
        &json!({ "recontact_days": 90 }),
        &[
            // Noted by a clock that was right.
            (json!({ "asked": DAY }), &[(later(89), false), (later(90), true)]),
            (json!({ "asked": DAY }), &[(UNSET, false), (later(89), false), (later(90), true)]),
            (json!({ "asked": DAY }), &[(AHEAD, false), (later(89), false), (later(90), true)]),
            // Which of two days that may both be right is, can't be known. The earlier one holds, so it is early by as much.
            (json!({ "asked": DAY }), &[(BACK, false), (later(49), false), (later(50), true)]),
            // Noted by one that was never set: it counts from when the clock is right.
            (json!({ "asked": DAY_OF_UNSET }), &[(later(0), false), (later(89), false), (later(91), true)]),
            // As long as it isn't set, at least it counts the days.
            (
                json!({ "asked": DAY_OF_UNSET }),
                &[(UNSET, false), (("1970-01-13", 89), false), (("1970-01-13", 90), true)],
            ),
            (json!({ "asked": DAY_OF_UNSET }), &[(("1970-01-01", 0), false)]),
            // Noted by one that was ahead, by a month and by decades.
            (json!({ "asked": DAY + 30.0 }), &[(later(0), false), (later(89), false), (later(91), true)]),
            (
                json!({ "asked": 3.0 * DAY }),
                &[(UNSET, false), (later(0), false), (later(89), false), (later(91), true)],
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn not_now_is_for_a_week_and_never_for_good() {
    check(
        &json!({ "recontact_days": 90 }),
        &[
            (json!({ "asked": DAY - 0.5 }), &[(UNSET, false), (later(6), false), (later(7), true)]),
            (json!({ "asked": DAY - 0.5 }), &[(AHEAD, true)]),
            (
                json!({ "asked": DAY_OF_UNSET - 0.5 }),
                &[(later(0), false), (later(6), false), (later(8), true)],
            ),
            (json!({ "asked": DAY + 29.5 }), &[(later(0), false), (later(6), false), (later(8), true)]),
            (
                json!({ "asked": -DAY }),
                &[(UNSET, false), (BACK, false), (AHEAD, false), (later(9000), false)],
            ),
            (json!({ "asked": -DAY_OF_UNSET }), &[(UNSET, false), (later(0), false), (later(9000), false)]),
            (json!({ "asked": -3.0 * DAY }), &[(UNSET, false), (later(0), false), (later(9000), false)]),
        ],
    )
    .await;
}

#[tokio::test]
async fn another_survey_keeps_it_away_for_its_cooldown() {
    check(
        &json!({ "cooldown_days": 7 }),
        &[
            (json!({ "other": DAY }), &[(UNSET, false), (later(6), false), (later(7), true)]),
            (json!({ "other": DAY }), &[(AHEAD, true)]),
            (json!({ "other": DAY_OF_UNSET }), &[(later(0), false), (later(6), false), (later(8), true)]),
            (json!({ "other": 3.0 * DAY }), &[(later(0), false), (later(6), false), (later(8), true)]),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_clock_that_is_wrong_now_changes_nothing_that_was_noted() {
    let (_collector, host, browser) = site(&json!({})).await;
    let days = |days: [(&str, f64); 4]| BTreeMap::from(days.map(|(survey, day)| (survey.to_owned(), day)));
    visit(&browser, &host, later(0)).await;
    let noted = days([("asked", DAY), ("second", DAY - 0.5), ("third", -DAY), ("fourth", DAY_OF_UNSET)]);
    note(&browser, &noted).await;
    visit(&browser, &host, UNSET).await;
    stays_away(&browser, "asked").await;
    assert_eq!(ledger(&browser).await, noted);
    // One that is right puts right all that others have noted, at the first look.
    note(
        &browser,
        &days([
            ("first", 3.0 * DAY),
            ("second", DAY_OF_UNSET - 0.5),
            ("third", -2.0 * DAY),
            ("fourth", DAY - 1.0),
        ]),
    )
    .await;
    visit(&browser, &host, later(0)).await;
    browser.survey("asked").heading("asked?").await;
    let put_right = days([("first", DAY), ("second", DAY - 0.5), ("third", -DAY), ("fourth", DAY - 1.0)]);
    assert_eq!(ledger(&browser).await, put_right);
}

#[tokio::test]
async fn a_schedule_goes_by_the_devices_clock() {
    let both = json!({ "from": "2027-01-10", "until": "2027-01-20" });
    let none = json!({});
    check(&both, &[(none.clone(), &[(UNSET, false), (BACK, false), (AHEAD, false), (later(0), true)])]).await;
    let until = json!({ "until": "2027-01-20" });
    check(&until, &[(none, &[(UNSET, true), (BACK, true), (AHEAD, false), (later(0), true)])]).await;
}

/// On the very first day that there is for a clock, a minus and half a day less are no numbers of their own.
#[tokio::test]
async fn on_the_first_day_of_1970_not_now_is_no_never_and_never_no_answer() {
    let (_collector, host, browser) = site(&json!({})).await;
    for (way, days, is_shown) in
        [("not-now", 6, false), ("not-now", 9, true), ("never", 91, false), ("close", 9, true)]
    {
        visit(&browser, &host, later(0)).await;
        browser.run("puls('forget')", &[]).await;
        visit(&browser, &host, ("1970-01-01", 0)).await;
        browser.survey("asked").click(&format!("[part='{way}']")).await;
        browser.told_of("puls-dismissed").await;
        browser.reload().await;
        stays_away(&browser, "asked").await;
        // By now the clock is right.
        visit(&browser, &host, later(0)).await;
        stays_away(&browser, "asked").await;
        visit(&browser, &host, later(days)).await;
        if is_shown {
            browser.survey("asked").heading("asked?").await;
        } else {
            stays_away(&browser, "asked").await;
        }
    }
    assert_eq!(browser.page_errors().await, json!([]));
}
