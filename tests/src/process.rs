use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A program that is started with a test and ends with it.
pub(crate) struct Process(Child);

impl Process {
    /// Starts a program and waits for the line of its output from which `read` takes something.
    pub(crate) fn start<T>(command: &mut Command, read: impl Fn(&str) -> Option<T>) -> (Self, T) {
        // A port that was picked as a free one may be another program's before it is taken, which ends the first try.
        let mut tries = (0..3).filter_map(|_| Self::try_start(command, &read));
        tries.next().unwrap_or_else(|| panic!("{command:?} ends before it is ready"))
    }

    fn try_start<T>(command: &mut Command, read: impl Fn(&str) -> Option<T>) -> Option<(Self, T)> {
        let mut process = Self::spawn(command.stdout(Stdio::piped()));
        let output = process.0.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let found = lines.find_map(|line| read(&line))?;
        // It must not find its output closed when it has more to say.
        std::thread::spawn(move || lines.for_each(drop));
        Some((process, found))
    }

    /// Starts a program that says nothing.
    pub(crate) fn start_silent(command: &mut Command) -> Self {
        Self::spawn(command.stdout(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn();
        let name = command.get_program().to_string_lossy();
        Self(child.unwrap_or_else(|error| panic!("{name} can't be started: {error}")))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
