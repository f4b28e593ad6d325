use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A program that is started with a test and ends with it.
pub(crate) struct Process(Child);

impl Process {
    /// Starts a program and waits for the line of its output from which `read` takes something.
    pub(crate) fn start<T>(command: &mut Command, read: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut process = Self(child.unwrap_or_else(|error| panic!("{name} can't be started: {error}")));
        let output = process.0.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let found = lines.find_map(|line| read(&line));
        // It must not find its output closed when it has more to say.
        std::thread::spawn(move || lines.for_each(drop));
        let found = found.unwrap_or_else(|| panic!("{name} ended before it was ready"));
        (process, found)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
