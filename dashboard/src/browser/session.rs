//! The token, kept as long as the tab is open. Where storage is refused, it lives in memory alone.

use crate::token::Token;
use web_sys::Storage;

const KEY: &str = "puls-results-token";

/// The token of this tab.
pub fn token() -> Option<Token> {
    Token::parse(&storage()?.get_item(KEY).ok()??)
}

/// Keeps or forgets the token.
pub fn keep(token: Option<&Token>) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs a new sign-in after a reload, nothing else.
        let _ = match token {
            Some(token) => storage.set_item(KEY, token.as_str()),
            None => storage.remove_item(KEY),
        };
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
