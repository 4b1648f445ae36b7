//! What a project's own templates make is tried in another process first, which
//! may use so much time and memory and no more.
//!
//! Input: agreements. Output: for each, that it can be made here, or a finding
//! that names the template which does not come to an end. The processes run this
//! program's verb `rehearse` and serve one agreement after the other: a line of
//! JSON is asked, and lines that say what is being done are answered.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use alternat::diagnostic::Diagnostic;
use alternat::source::Source;

use super::global::Global;
use super::limits::SECONDS;

/// What precedes the name of a template that is about to be used.
pub(crate) const AT: &str = "at ";
/// What is answered when all that was asked is done.
pub(crate) const DONE: &str = "done";

/// Processes in which agreements are tried.
pub(crate) struct Rehearsal {
    arguments: Vec<OsString>,
    /// The project's own templates, by their names below `templates/`.
    own: Vec<String>,
    idle: Mutex<Vec<Actor>>,
}

impl Rehearsal {
    /// Opens the project in another process.
    ///
    /// # Errors
    /// Its templates cannot be read within the limits.
    pub(crate) fn start(global: &Global, own: Vec<String>) -> Result<Self, Diagnostic> {
        let mut arguments = vec![
            "rehearse".into(),
            "--root".into(),
            global.root.clone().into(),
        ];
        for folder in &global.font_path {
            arguments.extend(["--font-path".into(), folder.clone().into()]);
        }
        if global.follow_links {
            arguments.push("--follow-links".into());
        }
        let rehearsal = Self {
            arguments,
            own,
            idle: Mutex::default(),
        };
        let first = Actor::start(&rehearsal.arguments);
        let first = first.map_err(|place| rehearsal.fault(&place, None))?;
        rehearsal.rest(first);
        Ok(rehearsal)
    }

    /// Tries all that is made of an agreement, with its pages if they are wanted.
    ///
    /// # Errors
    /// It cannot be made within the limits.
    pub(crate) fn of(
        &self,
        source: &Source,
        lock: Option<&Source>,
        pages: bool,
    ) -> Result<(), Diagnostic> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let actor = idle.map_or_else(|| Actor::start(&self.arguments), Ok);
        let lock = lock.map(|lock| (lock.name(), lock.text()));
        let asked = serde_json::json!([source.name(), source.text(), lock, pages]);
        let played = actor.and_then(|mut actor| actor.play(&asked.to_string()).map(|()| actor));
        let fault = |place: String| self.fault(&place, Some(source));
        self.rest(played.map_err(fault)?);
        Ok(())
    }

    fn rest(&self, actor: Actor) {
        let idle = self.idle.lock();
        idle.unwrap_or_else(PoisonError::into_inner).push(actor);
    }

    /// Says that the process ended at a template; where that is a built-in one,
    /// what it was given came from one of the project's own.
    fn fault(&self, place: &str, during: Option<&Source>) -> Diagnostic {
        let own = self.own.iter().any(|own| own == place);
        let files: Vec<String> = match own {
            true => vec![place.to_owned()],
            false => self.own.clone(),
        };
        let files: Vec<String> = files
            .iter()
            .map(|file| format!("templates/{file}"))
            .collect();
        let fault = Diagnostic::error("template-limits")
            .with("file", files.join(", "))
            .with("seconds", SECONDS.to_string())
            .hint("shorter");
        match during {
            Some(source) => fault.at(&source.span(0..0)),
            None => fault,
        }
    }
}

/// One process.
struct Actor {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Actor {
    /// Starts a process and waits until it has opened the project; fails with the
    /// template at which it ended.
    fn start(arguments: &[OsString]) -> Result<Self, String> {
        let mut actor = Self::spawn(arguments).map_err(|_| String::new())?;
        actor.listen()?;
        Ok(actor)
    }

    fn spawn(arguments: &[OsString]) -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(asked), Some(answers)) => Ok(Self {
                child,
                asked,
                answers: BufReader::new(answers),
            }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn play(&mut self, asked: &str) -> Result<(), String> {
        // A process that is gone is noticed when it is listened to.
        let _ = writeln!(self.asked, "{asked}").and_then(|()| self.asked.flush());
        self.listen()
    }

    /// Waits until all is done; fails with the last template that was used.
    fn listen(&mut self) -> Result<(), String> {
        let mut place = String::new();
        loop {
            let mut line = String::new();
            match self.answers.read_line(&mut line) {
                Ok(length) if length > 0 => {}
                _ => return Err(place),
            }
            match line.trim_end() {
                DONE => return Ok(()),
                line => place = line.strip_prefix(AT).unwrap_or_default().to_owned(),
            }
        }
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
