//! What is kept as long as the tab is open. Where storage is refused, it lives in memory alone.

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
        // A full or forbidden storage costs a new sign-in after a reload, nothing else.
        let _ = match token {
            Some(token) => storage.set_item(TOKEN, token.as_str()),
            None => storage.remove_item(TOKEN),
        };
    }
}

/// The definition that this tab's author was at.
pub(crate) fn draft() -> Option<String> {
    storage()?.get_item(DRAFT).ok()?
}

/// Keeps a definition.
pub(crate) fn keep_draft(text: &str) {
    if let Some(storage) = storage() {
        // As above, a reload begins anew.
        let _ = storage.set_item(DRAFT, text);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
