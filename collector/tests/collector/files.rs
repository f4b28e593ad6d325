use crate::support::{Collector, NPS, PULSE, header};
use reqwest::{Method, Response};

const OPEN: [(&str, &str); 3] = [
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("x-content-type-options", "nosniff"),
];

async fn get_encoded(collector: &Collector, path: &str, accept: &str) -> Response {
    let request = collector.request(Method::GET, path).header("accept-encoding", accept);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response
}

fn assert_headers(response: &Response, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(header(response, name), *value, "{name} of {}", response.url());
    }
}

#[tokio::test]
async fn pages_may_read_what_day_it_is_here() {
    let collector = Collector::serving(&[NPS]).await;
    let posted = collector.post(crate::support::nps_release(1)).await;
    assert_eq!(header(&posted, "access-control-expose-headers"), "retry-after,date");
    for response in [
        posted,
        collector.post("{}").await,
        collector.get("/v1/surveys/nps").await,
        collector.get("/v1/surveys/other").await,
        collector.get("/v1/surveys/nps/screen").await,
        collector.get("/v1/surveys/nps/screen?lang=ar").await,
    ] {
        let status = response.status();
        assert!(header(&response, "access-control-expose-headers").ends_with("date"), "{status}");
        assert!(header(&response, "date").ends_with(" GMT"), "{status}");
    }
}

#[tokio::test]
async fn the_loader_knows_the_show_rules() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let plain = get_encoded(&collector, "/puls.js", "identity").await;
    assert_headers(&plain, &OPEN);
    assert_headers(
        &plain,
        &[
            ("content-type", "text/javascript; charset=utf-8"),
            ("cache-control", "public, max-age=300"),
            ("vary", "accept-encoding"),
        ],
    );
    let plain = plain.text().await.unwrap();
    assert!(
        plain.contains(r#"const rules={"nps":{"plain":true},"pulse":{"trigger":["delay:5s","manual"],"recontact_days":0}};"#),
        "{plain}"
    );

    let brotli = get_encoded(&collector, "/puls.js", "gzip, br").await;
    assert_headers(&brotli, &[("content-encoding", "br")]);
    let (compressed, mut unpacked) = (brotli.bytes().await.unwrap(), Vec::new());
    brotli::BrotliDecompress(&mut &*compressed, &mut unpacked).unwrap();
    assert_eq!(String::from_utf8(unpacked).unwrap(), plain);

    let gzip = get_encoded(&collector, "/puls.js", "gzip").await;
    assert_headers(&gzip, &[("content-encoding", "gzip")]);
    let compressed = gzip.bytes().await.unwrap();
    assert_eq!(std::io::read_to_string(flate2::read::GzDecoder::new(&*compressed)).unwrap(), plain);
}

#[tokio::test]
async fn a_browser_that_has_a_file_gets_304() {
    let collector = Collector::serving(&[NPS]).await;
    for path in ["/puls.js", "/v1/surveys/nps", "/assets/widget-1a2b.wasm", "/results"] {
        let first = get_encoded(&collector, path, "br").await;
        let etag = header(&first, "etag").to_owned();
        assert!(etag.starts_with('"'), "{path} has the tag {etag:?}");
        for (tags, status) in [(etag.clone(), 304), (format!("\"x\", W/{etag}"), 304), ("\"x\"".into(), 200)]
        {
            let request = collector.request(Method::GET, path).header("accept-encoding", "br");
            let again = request.header("if-none-match", &tags).send().await.unwrap();
            assert_eq!(again.status(), status, "{path} with {tags}");
            assert_headers(&again, &[("etag", &etag), ("cache-control", header(&first, "cache-control"))]);
        }
        let plain = get_encoded(&collector, path, "identity").await;
        assert!(path == "/results" || header(&plain, "etag") != etag, "{path}: one tag for two forms");
    }
}

#[tokio::test]
async fn assets_are_served_as_they_were_compressed() {
    let collector = Collector::serving(&[NPS]).await;
    let wasm = "/assets/widget-1a2b.wasm";
    for (accept, encoding, body) in [
        ("gzip, deflate, br, zstd", "br", "\0asm brotli"),
        ("gzip", "gzip", "\0asm gzip"),
        ("", "", "\0asm plain"),
    ] {
        let response = get_encoded(&collector, wasm, accept).await;
        assert_headers(&response, &OPEN);
        assert_headers(
            &response,
            &[
                ("content-type", "application/wasm"),
                ("content-encoding", encoding),
                ("cache-control", "public, max-age=31536000, immutable"),
                ("vary", "accept-encoding"),
            ],
        );
        assert_eq!(response.text().await.unwrap(), body);
    }
    let script = get_encoded(&collector, "/assets/widget-3c4d.js", "br").await;
    assert_headers(&script, &[("content-type", "text/javascript; charset=utf-8"), ("content-encoding", "")]);
    for path in ["/assets/none.js", "/assets/..%2Fresults.html", "/assets/widget-1a2b.wasm.br"] {
        assert_eq!(collector.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_definition_is_its_file_without_white_space() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let response = get_encoded(&collector, "/v1/surveys/nps", "identity").await;
    assert_headers(&response, &OPEN);
    assert_headers(
        &response,
        &[("content-type", "application/json"), ("cache-control", "public, max-age=60")],
    );
    let text = response.text().await.unwrap();
    assert!(
        text.starts_with(r#"{"id":"nps","version":1,"audience":"customer","languages":["en","sv"],"title""#)
    );
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value, serde_json::from_str::<serde_json::Value>(NPS).unwrap());

    let unknown = collector.get("/v1/surveys/other").await;
    assert_eq!(unknown.status(), 404);
    assert_headers(&unknown, &OPEN);
    insta::assert_snapshot!(unknown.text().await.unwrap());
}

#[tokio::test]
async fn pages_state_what_they_may_load() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    for (path, status, ancestors) in
        [("/results", 200, "'none'"), ("/embed/nps", 200, "*"), ("/embed/%3Cscript%3E", 404, "*")]
    {
        let response = collector.get(path).await;
        assert_eq!(response.status(), status, "{path}");
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
             img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
        );
        assert_headers(
            &response,
            &[
                ("content-security-policy", &policy),
                ("content-type", "text/html; charset=utf-8"),
                ("referrer-policy", "no-referrer"),
                ("x-content-type-options", "nosniff"),
            ],
        );
        assert!(!response.text().await.unwrap().contains("{{"));
    }
}

#[tokio::test]
async fn an_embedded_page_has_its_survey() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let page =
        collector.get("/embed/pulse?lang=sv&theme=d%22k&segment.unit=billing").await.text().await.unwrap();
    let options = r#"data-segment-unit="billing" data-theme="d&quot;k"></script>"#;
    for part in ["<html lang=\"en\">", "<title>Pulse</title>", "data-survey=\"pulse\"", options] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let collector = Collector::serving(&[NPS]).await;
    let mut answers = String::new();
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/v1"),
        (Method::GET, "/v1/releases"),
        (Method::DELETE, "/v1/surveys/nps"),
        (Method::POST, "/puls.js"),
        (Method::GET, "/v1/surveys/%ff"),
    ] {
        let response = collector.request(method.clone(), path).send().await.unwrap();
        assert_headers(&response, &[("content-type", "application/problem+json")]);
        let allow = header(&response, "allow").to_owned();
        answers += &format!("{method} {path} [{allow}]\n{}\n", response.text().await.unwrap());
    }
    insta::assert_snapshot!(answers);
}

#[tokio::test]
async fn health_is_stated() {
    let collector = Collector::serving(&[NPS]).await;
    let response = collector.get("/healthz").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.text().await.unwrap(), r#"{"status":"ok"}"#);
}
