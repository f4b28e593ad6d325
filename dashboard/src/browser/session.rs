//! Storage that lasts as long as the tab. If the browser refuses it, nothing is kept past a reload.

use crate::token::Token;
use web_sys::Storage;

const TOKEN: &str = "puls-results-token";
const DRAFT: &str = "puls-preview";

/// The token of this tab.
pub(crate) fn token() -> Option<Token> {
    Token::parse(&storage()?.get_item(TOKEN).ok()??)
}

/// Keeps or forgets the token.
pub(crate) fn keep(token: Option<&Token>) {
    if let Some(storage) = storage() {
        // If storage is full or forbidden, the reader only has to sign in again after a reload.
        let _ = match token {
            Some(token) => storage.set_item(TOKEN, token.as_str()),
            None => storage.remove_item(TOKEN),
        };
    }
}

/// The definition that was being written in this tab.
pub(crate) fn draft() -> Option<String> {
    storage()?.get_item(DRAFT).ok()?
}

/// Keeps a definition.
pub(crate) fn keep_draft(text: &str) {
    if let Some(storage) = storage() {
        // If storage refuses, only a reload loses the draft.
        let _ = storage.set_item(DRAFT, text);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
