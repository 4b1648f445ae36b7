//! Which part of the work is done here, where several machines share it.
//!
//! Input: `K/N` as typed, or `auto`, and then what Slurm or Kubernetes tell a task in its
//! environment. Output: the number of the part, from 1, and of how many.

/// What engines tell each task: its number and the number of tasks, and the number of the
/// first one, or where that is told.
const ENGINES: [(&str, &str, First); 3] = [
    ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", First::Is(0)),
    (
        "SLURM_ARRAY_TASK_ID",
        "SLURM_ARRAY_TASK_COUNT",
        First::In("SLURM_ARRAY_TASK_MIN"),
    ),
    ("CI_NODE_INDEX", "CI_NODE_TOTAL", First::Is(1)),
];

enum First {
    Is(usize),
    In(&'static str),
}

/// So many parts at most.
const MOST: usize = 100_000;

/// Returns the part that is meant; nothing where none is asked for, or none is meant.
pub(crate) fn of(typed: Option<&str>) -> Option<(usize, usize)> {
    part(typed?, &|name| std::env::var(name).ok())
}

fn part(typed: &str, environment: &dyn Fn(&str) -> Option<String>) -> Option<(usize, usize)> {
    let number = |text: &str| -> Option<usize> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let told = |name: &str| number(&environment(name)?);
    let (index, of) = match typed {
        "auto" => {
            let mut engines = ENGINES.iter();
            let (index, count, first) = engines.find(|(index, ..)| environment(index).is_some())?;
            let first = match first {
                First::Is(first) => *first,
                First::In(name) => told(name)?,
            };
            (told(index)?.checked_sub(first)?, told(count)?)
        }
        typed => {
            let (index, of) = typed.split_once('/')?;
            (number(index)?.checked_sub(1)?, number(of)?)
        }
    };
    (index < of && of <= MOST).then_some((index + 1, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_the_engine() {
        let none = |_: &str| None;
        assert_eq!(part("2/3", &none), Some((2, 3)));
        for wrong in ["0/3", "4/3", "1", "/", "1/0", "+1/3", "1/3/4", "auto", ""] {
            assert_eq!(part(wrong, &none), None, "{wrong}");
        }
        let engine = |set: &[(&str, &str)], right| {
            let set = |name: &str| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(part("auto", &set), right);
        };
        engine(
            &[("JOB_COMPLETION_INDEX", "0"), ("JOB_COMPLETIONS", "4")],
            Some((1, 4)),
        );
        engine(
            &[("CI_NODE_INDEX", "4"), ("CI_NODE_TOTAL", "4")],
            Some((4, 4)),
        );
        let slurm = [
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_COUNT", "4"),
        ];
        engine(&slurm, None);
        let slurm = [slurm[0], slurm[1], ("SLURM_ARRAY_TASK_MIN", "5")];
        engine(&slurm, Some((3, 4)));
        engine(
            &[("JOB_COMPLETION_INDEX", "4"), ("JOB_COMPLETIONS", "4")],
            None,
        );
    }
}
