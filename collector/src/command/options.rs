//! How options and environment variables are read. Variables come from files and templates, so some are empty and some
//! end in a newline.

use clap::Command;
use clap::builder::{PathBufValueParser, Resettable, TypedValueParser};
use std::collections::BTreeSet;
use std::path::PathBuf;
use strsim::damerau_levenshtein;

/// The most letters that may be wrong, missing, extra or swapped in a mistyped name.
const MOST_MISTAKES: usize = 2;

/// Makes a command ignore those of its variables that are empty.
pub fn without_empty_variables(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        let is_empty = value.is_some_and(|value| value.to_string_lossy().trim().is_empty());
        if is_empty { arg.env(Resettable::Reset) } else { arg }
    });
    command.mut_subcommands(without_empty_variables)
}

/// The environment variables that this command doesn't know but that are named almost like one that it knows; each with
/// the known name.
pub fn mistyped_variables(command: &Command) -> Vec<(String, String)> {
    let known = variables(command);
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = set.filter(|name| !known.contains(name));
    let nearly = |name: String| {
        let meant = known.iter().find(|known| damerau_levenshtein(known, &name) <= MOST_MISTAKES)?;
        Some((name, meant.clone()))
    };
    unknown.filter_map(nearly).collect()
}

/// The variables of a command and of its subcommands.
fn variables(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|argument| argument.get_env()?.to_str().map(str::to_owned));
    own.chain(command.get_subcommands().flat_map(variables)).collect()
}

/// Reads a path, without white space at its ends.
pub(super) fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new()
        .map(|path| path.to_str().map_or_else(|| path.clone(), |text| text.trim().into()))
}
