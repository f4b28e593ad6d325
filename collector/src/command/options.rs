//! How options and variables are read. Variables come out of files and templates, so that some are empty, and some end in a newline.

use clap::builder::{PathBufValueParser, Resettable, TypedValueParser};
use clap::{Arg, Command};
use std::path::PathBuf;

const PREFIX: &str = "PULS_";

/// A command whose variables count as not set where there is nothing in them.
pub fn without_empty_variables(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        let is_empty = value.is_some_and(|value| value.to_string_lossy().trim().is_empty());
        if is_empty { arg.env(Resettable::Reset) } else { arg }
    });
    command.mut_subcommands(without_empty_variables)
}

/// Variables whose names begin as those of this command do, and that it doesn't have: mistyped ones, as a rule.
pub fn unknown_variables(command: &Command) -> Vec<String> {
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    set.filter(|name| name.starts_with(PREFIX) && !has_variable(command, name)).collect()
}

fn has_variable(command: &Command, name: &str) -> bool {
    let of_argument = |argument: &Arg| argument.get_env().is_some_and(|variable| variable == name);
    command.get_arguments().any(of_argument)
        || command.get_subcommands().any(|subcommand| has_variable(subcommand, name))
}

/// A path, without white space at its ends.
pub(super) fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new()
        .map(|path| path.to_str().map_or_else(|| path.clone(), |text| text.trim().into()))
}
