//! How options and variables are read. Variables come out of files and templates, so that some are empty, and some end in a newline.

use clap::Command;
use clap::builder::{PathBufValueParser, Resettable, TypedValueParser};
use std::path::PathBuf;

/// A command whose variables count as not set where there is nothing in them.
pub fn without_empty_variables(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        let is_empty = value.is_some_and(|value| value.to_string_lossy().trim().is_empty());
        if is_empty { arg.env(Resettable::Reset) } else { arg }
    });
    command.mut_subcommands(without_empty_variables)
}

/// A path, without white space at its ends.
pub(super) fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new()
        .map(|path| path.to_str().map_or_else(|| path.clone(), |text| text.trim().into()))
}
