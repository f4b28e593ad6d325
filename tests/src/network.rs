//! What a browser fetched, as its developer tools tell.

use serde_json::Value;
use std::collections::BTreeMap;

/// One request, with what is known of its answer.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// The request's method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// What was posted, if anything.
    pub body: Option<String>,
    /// Request headers with names in lower case, as they went out.
    pub headers: BTreeMap<String, String>,
    /// When it was sent, in seconds of the browser's clock.
    pub sent_s: f64,
    /// The answer's status; 0 while there is none.
    pub status: u64,
    /// The answer's headers, with names in lower case.
    pub answered: BTreeMap<String, String>,
    /// When it was over, in seconds of the browser's clock.
    pub finished_s: Option<f64>,
    /// Bytes of the answer as they came over the wire, headers included.
    pub received_bytes: f64,
}

/// All requests since the browser was started, in their order.
#[derive(Debug, Clone, Default)]
pub struct Network {
    ids: Vec<String>,
    exchanges: Vec<Exchange>,
}

impl Network {
    /// All of them.
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// The bodies that were posted.
    pub fn posted(&self) -> Vec<&str> {
        let posts = self.exchanges.iter().filter(|exchange| exchange.method == "POST");
        posts.filter_map(|exchange| exchange.body.as_deref()).collect()
    }

    /// The one request whose address has this part and ends like this.
    ///
    /// # Panics
    ///
    /// When there is none, or more than one.
    pub fn only(&self, part: &str, ending: &str) -> &Exchange {
        let fits = |exchange: &&Exchange| exchange.url.contains(part) && exchange.url.ends_with(ending);
        let found: Vec<_> = self.exchanges.iter().filter(fits).collect();
        let [only] = found[..] else { panic!("{} of {:?} are {part}…{ending}", found.len(), self.urls()) };
        only
    }

    /// The addresses of all requests.
    pub fn urls(&self) -> Vec<&str> {
        self.exchanges.iter().map(|exchange| exchange.url.as_str()).collect()
    }

    /// Takes note of one event of the protocol's `Network` domain.
    pub(crate) fn note(&mut self, method: &str, params: &Value) {
        const NOTED: [&str; 4] =
            ["requestWillBeSent", "requestWillBeSentExtraInfo", "responseReceived", "loadingFinished"];
        let (Some(event), Some(id)) = (method.strip_prefix("Network."), params["requestId"].as_str()) else {
            return;
        };
        if !NOTED.contains(&event) {
            return;
        }
        let exchange = self.exchange(id);
        let seconds = params["timestamp"].as_f64();
        match event {
            "requestWillBeSent" => {
                let request = &params["request"];
                exchange.method = text(&request["method"]);
                exchange.url = text(&request["url"]);
                exchange.body = request["postData"].as_str().map(str::to_owned);
                exchange.headers.extend(headers(&request["headers"]));
                exchange.sent_s = seconds.unwrap_or_default();
            }
            "requestWillBeSentExtraInfo" => exchange.headers.extend(headers(&params["headers"])),
            "responseReceived" => {
                exchange.status = params["response"]["status"].as_u64().unwrap_or_default();
                exchange.answered.extend(headers(&params["response"]["headers"]));
            }
            "loadingFinished" => {
                exchange.finished_s = seconds;
                exchange.received_bytes = params["encodedDataLength"].as_f64().unwrap_or_default();
            }
            _ => {}
        }
    }

    fn exchange(&mut self, id: &str) -> &mut Exchange {
        let index = self.ids.iter().position(|known| known == id).unwrap_or_else(|| {
            self.ids.push(id.to_owned());
            self.exchanges.push(Exchange::default());
            self.ids.len() - 1
        });
        &mut self.exchanges[index]
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn headers(value: &Value) -> BTreeMap<String, String> {
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(name, value)| (name.to_lowercase(), text(value))).collect()
}
