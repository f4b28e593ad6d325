//! The npm package as its users have it: packed, installed, and bundled into the examples.

use crate::dist::{dist, told};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;

/// One for all tests that run at the same time; the last one takes it away.
static INSTALLED: Mutex<Weak<Package>> = Mutex::new(Weak::new());

/// A file of the libraries that `package-lock.json` fixes.
///
/// # Panics
///
/// When the tests weren't started by the command that installs them.
pub fn node_modules(below: &str) -> PathBuf {
    Path::new(&told("PULS_NODE_MODULES")).join(below)
}

/// The package, installed from its tarball in a folder of its own, with the libraries of the examples beside it.
pub struct Package {
    folder: TempDir,
}

impl Package {
    /// The one that is there, else a new one.
    ///
    /// # Panics
    ///
    /// When npm fails.
    pub fn installed() -> Arc<Self> {
        // A test that failed while it installed leaves nothing half done in here.
        let mut shared = INSTALLED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let package = Arc::new(Self::install());
            *shared = Arc::downgrade(&package);
            package
        })
    }

    fn install() -> Self {
        let package = Self { folder: TempDir::new().expect("a temporary folder") };
        let folder = package.folder.path();
        fs::write(folder.join("package.json"), r#"{"private": true, "type": "module"}"#).expect("a manifest");
        let packed = npm(folder, &["pack", &dist("npm").display().to_string(), "--silent"]);
        let tarball = format!("./{}", packed.trim());
        npm(folder, &["install", &tarball, "--offline", "--no-package-lock", "--no-audit", "--no-fund"]);
        // What package-lock.json fixes is there already.
        for entry in fs::read_dir(node_modules("")).expect("node_modules").map_while(Result::ok) {
            let to = folder.join("node_modules").join(entry.file_name());
            if !to.exists() {
                symlink(entry.path(), to).expect("a link");
            }
        }
        package
    }

    /// A folder that `import` finds the package from.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder to serve of a copy of an example, built as its `package.json` says.
    ///
    /// # Panics
    ///
    /// When it can't be copied or built.
    pub fn example(&self, name: &str) -> PathBuf {
        let folder = self.folder().join(name);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name), &folder);
        symlink("../node_modules", folder.join("node_modules")).expect("a link");
        if folder.join("package.json").exists() {
            npm(&folder, &["run", "build", "--if-present"]);
        }
        // Vite makes the whole site there; esbuild makes a script beside the page.
        let site = folder.join("dist");
        if site.exists() { site } else { folder }
    }

    /// Runs a program of the installed libraries here, and returns what it printed and whether it succeeded.
    pub fn run(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        run(Command::new(program).current_dir(self.folder()).args(arguments))
    }
}

fn npm(folder: &Path, arguments: &[&str]) -> String {
    let (succeeded, output) = run(Command::new("npm").current_dir(folder).args(arguments));
    assert!(succeeded, "npm {arguments:?} failed: {output}");
    output
}

fn run(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        printed.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    (output.status.success(), printed)
}

/// Copies a folder without what was installed and built in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
    for entry in fs::read_dir(from).expect("an example").map_while(Result::ok) {
        let name = entry.file_name();
        match entry.path() {
            _ if ["node_modules", "build", "dist"].iter().any(|made| name == *made) => {}
            path if path.is_dir() => copy(&path, &to.join(name)),
            path => drop(fs::copy(path, to.join(name)).expect("a copied file")),
        }
    }
}
