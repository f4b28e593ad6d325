use super::known::Known;
use super::{Joint, Summed};
use crate::read::{Fault, Fields, Node};
use crate::segment::{Declared, Segment};

/// Where sealed reports go: two aggregators that speak DAP. Both have one task for each line and segment, and one for
/// each segment's joint lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Sealed {
    /// The leader's address, to which reports are sent.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = AGGREGATOR_PATTERN)))]
    pub leader: String,
    /// The helper's address, run by somebody else.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = AGGREGATOR_PATTERN)))]
    pub helper: String,
    /// To how many seconds the times of reports are rounded, the same as in the tasks: 60 to 604,800; an hour when left
    /// out.
    #[cfg_attr(feature = "schema", schemars(default = "an_hour", range(min = 60, max = 604_800)))]
    pub time_precision_s: u32,
    /// One task for each line and one for the joint lines. Where pages give segment values, one for each of these and
    /// each combination of values.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub tasks: Vec<Task>,
}

/// A task that both aggregators were set up with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Task {
    /// What the task adds up: the answers to an item, statement or derived measure, by its id; or the products of the
    /// joint lines, by their ids in order with + between them.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub item: Summed,
    /// The task is for pages that give exactly these segment values.
    #[cfg_attr(feature = "schema", schemars(default, with = "std::collections::BTreeMap<String, String>"))]
    pub segment: Segment,
    /// The task's id: 32 bytes in base64url, 43 of A-Z a-z 0-9 - _.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$")))]
    pub id: String,
}

const AN_HOUR: u32 = 3_600;

/// Where sealed reports go. The tasks aren't read yet, since they refer to what is counted.
pub(super) struct RawSealed<'a> {
    leader: String,
    helper: String,
    time_precision_s: u32,
    node: Node<'a>,
}

impl<'a> RawSealed<'a> {
    pub(super) fn read(node: &Node<'a>) -> Self {
        let fields = node.fields(&["kind", "leader", "helper", "time_precision_s", "tasks"]);
        let sealed = Self {
            leader: fields.required("leader", read_aggregator),
            helper: fields.required("helper", read_aggregator),
            time_precision_s: fields
                .optional("time_precision_s", AN_HOUR, |seconds| seconds.integer(60..=604_800)),
            node: *node,
        };
        if !sealed.leader.is_empty() && host(&sealed.leader) == host(&sealed.helper) {
            node.unfit("needs a helper that isn't the leader: together they can read every answer");
        }
        sealed
    }

    /// Reads the tasks.
    pub(super) fn resolve(self, known: &Known<'_>, joint: &Joint) -> Sealed {
        let tasks = read_tasks(&self.node.members(), known, joint);
        self.with(tasks)
    }

    /// Adds tasks that have been read.
    pub(super) fn with(self, tasks: Vec<Task>) -> Sealed {
        let Self { leader, helper, time_precision_s, .. } = self;
        Sealed { leader, helper, time_precision_s, tasks }
    }
}

impl Sealed {
    /// The task that adds up `item` for a segment.
    pub fn task(&self, item: Summed, segment: &Segment) -> Option<&Task> {
        self.tasks.iter().find(|task| task.item == item && task.segment == *segment)
    }
}

impl Task {
    fn read(node: &Node<'_>, summed: &[(String, Summed)], segments: &Declared) -> Self {
        let fields = node.fields(&["item", "segment", "id"]);
        let names: Vec<&str> = summed.iter().map(|(name, _)| name.as_str()).collect();
        let read = |item: &Node<'_>| summed.get(item.one_of(&names)).map(|(_, summed)| *summed);
        Self {
            item: fields.required("item", read).unwrap_or_default(),
            segment: fields.optional("segment", Segment::default(), |node| Segment::read(node, segments)),
            id: fields.required("id", |id| id.form("43 of A-Z a-z 0-9 - _", is_task_id)),
        }
    }
}

fn read_tasks(fields: &Fields<'_>, known: &Known<'_>, joint: &Joint) -> Vec<Task> {
    let (mut tasks, summed): (Vec<Task>, _) = (Vec::new(), known.summed(joint));
    fields.required("tasks", |list| {
        list.entries(1..=1000, |node| {
            let task = Task::read(node, &summed, known.segments);
            let is_taken = |known: &Task| {
                known.id == task.id || (known.item, &known.segment) == (task.item, &task.segment)
            };
            if tasks.iter().any(is_taken) {
                node.fault(Fault::Duplicate { found: task.id.clone() });
            }
            tasks.push(task);
        });
        let mut all = summed.iter().map(|(_, summed)| *summed);
        match all.find(|summed| !is_covered(&tasks, *summed)) {
            Some(Summed::Line(_)) => {
                list.unfit("needs a task for every line, for each segment that one of them has");
            }
            Some(Summed::Joint) => {
                list.unfit("needs a task for the joint lines, named by their ids with + between them, for each segment");
            }
            None => {}
        }
    });
    tasks
}

/// Whether `item` has a task for every segment that any task is for.
fn is_covered(tasks: &[Task], item: Summed) -> bool {
    let has = |segment: &Segment| tasks.iter().any(|task| task.item == item && task.segment == *segment);
    tasks.iter().all(|task| has(&task.segment))
}

/// Reads an aggregator's address.
fn read_aggregator(node: &Node<'_>) -> String {
    node.form("https://… without a / at its end", is_aggregator)
}

fn is_aggregator(url: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'?' | b'#');
    // Plain HTTP is for trying it out, with both aggregators on one's own machine.
    let begins = url.starts_with("https://") || url.starts_with("http://127.0.0.1:");
    begins && url.len() <= 500 && url.bytes().all(is_plain) && !url.ends_with('/')
}

#[cfg(feature = "schema")]
const AGGREGATOR_PATTERN: &str = r#"^(https://|http://127\.0\.0\.1:)[!-~]*[^/]$"#;

/// The host of an address.
fn host(url: &str) -> &str {
    url.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default()
}

fn is_task_id(id: &str) -> bool {
    id.len() == 43 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(feature = "schema")]
fn an_hour() -> u32 {
    AN_HOUR
}
