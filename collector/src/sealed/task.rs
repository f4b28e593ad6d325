use super::batch::Batch;
use super::credentials::Credentials;
use crate::store::Sums;
use crate::surveys::Surveys;
use janus_collector::{Collector, Error, ExponentialBackoff, PollResult, PrivateCollectorCredential};
use janus_messages::query_type::TimeInterval;
use janus_messages::{CollectionJobId, Duration, Interval, Query, TaskId, Time};
use prio::vdaf;
use prio::vdaf::prio3::{Prio3, Prio3Histogram, Prio3SumVec};
use puls_analysis::received::Received;
use puls_analysis::versions::Shared;
use puls_core::definition::{self, Definition, LineIndex, Mechanism, Sealed, Summed};
use puls_core::privacy::{Layout, TaskLayout, TaskSums};
use puls_core::wave::{Period, Wave};
use puls_sealed::chunk_length;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time;
use url::Url;

/// How long a leader that doesn't answer is tried in one round.
const PATIENCE: time::Duration = time::Duration::from_secs(30);

/// Why a survey's tasks can't be collected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TasksError {
    /// The definition and the credentials don't make a usable task.
    #[error("survey {survey}, task {task}: {cause}")]
    Unusable {
        /// The survey's id.
        survey: String,
        /// The task's id.
        task: String,
        /// What is wrong with them.
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Two lines share a task, or two versions of a line whose answers differ. All joint lines together have one task.
    #[error("survey {survey}: task {task} counts other answers in {other}; give it a new task")]
    Shared {
        /// The survey's id.
        survey: String,
        /// The task's id.
        task: String,
        /// The other survey, and its version.
        other: String,
    },
}

/// Why a batch can't be collected now.
#[derive(Debug, thiserror::Error)]
pub(super) enum AskError {
    #[error(transparent)]
    Leader(#[from] Error),
    #[error(transparent)]
    Interval(#[from] janus_messages::Error),
    #[error(
        "it sent sums that no answers can have: its parameters aren't what `puls-collector tasks` prints, or reports were \
         made up"
    )]
    Sums,
}

/// A task, with all that is needed to ask for its sums.
pub(super) struct Task {
    id: TaskId,
    pub(super) leader_url: String,
    leader: Leader,
    layout: Layout,
    /// The id of its line, or the joint lines' ids joined with +.
    name: String,
    /// The parts of its sums that are known beforehand.
    sums: Received,
    /// The versions of the survey that have this task.
    versions: Vec<u32>,
    pub(super) period: Period,
    pub(super) precision_s: u64,
}

/// The client for the leader, by what the task adds up.
enum Leader {
    Histogram(Collector<Prio3Histogram>),
    SumVec(Collector<Prio3SumVec>),
}

/// All tasks of all versions of the surveys that there are credentials for.
pub(super) fn all(surveys: &Surveys, credentials: &Credentials) -> Result<Vec<Task>, TasksError> {
    let mut newest: BTreeMap<&str, (&Definition, Summed)> = BTreeMap::new();
    let mut versions: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut tasks = BTreeMap::new();
    for definition in surveys.every_version() {
        let Mechanism::Sealed(sealed) = &definition.privacy else { continue };
        let Some(credential) = credentials.of(&definition.id) else { continue };
        for task in &sealed.tasks {
            if let Some((other, summed)) = newest.insert(&task.id, (definition, task.item)) {
                same_answers(definition, task, other, summed)?;
            }
            let versions = versions.entry(&task.id).or_default();
            versions.push(definition.version);
            let versions = versions.clone();
            tasks.insert(&task.id, Task { versions, ..Task::new(definition, sealed, task, credential)? });
        }
    }
    Ok(tasks.into_values().collect())
}

/// Refuses a task that counts something else in an earlier version or another survey.
fn same_answers(
    definition: &Definition,
    task: &definition::Task,
    other: &Definition,
    summed: Summed,
) -> Result<(), TasksError> {
    let shared = Shared::of(definition, other);
    let id_of = |definition: &Definition, line: LineIndex| {
        line.of(&definition.counted()).map(|line| line.id.to_owned())
    };
    let is_same = match (task.item, summed) {
        (Summed::Line(here), Summed::Line(there)) => {
            let here = id_of(definition, here);
            here == id_of(other, there) && here.is_some_and(|line| shared.lines.contains(&line))
        }
        (Summed::Joint, Summed::Joint) => shared.joint,
        _ => false,
    };
    if definition.id == other.id && is_same {
        return Ok(());
    }
    let other = format!("survey {} version {}", other.id, other.version);
    Err(TasksError::Shared { survey: definition.id.clone(), task: task.id.clone(), other })
}

impl Task {
    fn new(
        definition: &Definition,
        sealed: &Sealed,
        task: &definition::Task,
        credential: &PrivateCollectorCredential,
    ) -> Result<Self, TasksError> {
        let unusable =
            |cause| TasksError::Unusable { survey: definition.id.clone(), task: task.id.clone(), cause };
        let id = TaskId::from_str(&task.id).map_err(|error| unusable(error.into()))?;
        let TaskLayout { name, layout, .. } = Layout::all(definition)
            .into_iter()
            .find(|layout| layout.summed == task.item)
            .ok_or_else(|| unusable("there is no such line".into()))?;
        let leader = Leader::new(id, &sealed.leader, &layout, credential).map_err(unusable)?;
        let sums = Received {
            id: String::new(),
            survey: definition.id.clone(),
            version: definition.version,
            wave: Wave::default(),
            segment: task.segment.clone(),
            mechanism: definition.privacy.clone(),
            respondents: 0,
            items: Vec::new(),
            joint: None,
        };
        let precision_s = sealed.time_precision_s.into();
        let versions = vec![definition.version];
        let (leader_url, period) = (sealed.leader.clone(), definition.wave);
        Ok(Self { id, leader_url, leader, layout, name, sums, versions, period, precision_s })
    }

    /// The id of the task's survey.
    pub(super) fn survey(&self) -> &str {
        &self.sums.survey
    }

    /// The id of a batch's sums in the database.
    pub(super) fn collection_id(&self, batch: &Batch) -> String {
        batch.id(self.id.as_ref()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A batch's sums as the store looks them up, under `id`.
    pub(super) fn sums_of<'a>(&'a self, batch: &Batch, id: &'a str) -> Sums<'a> {
        Sums {
            id,
            survey: &self.sums.survey,
            versions: &self.versions,
            wave: batch.wave,
            segment: &self.sums.segment,
            line: &self.name,
        }
    }

    /// Asks for a batch's sums; `None` while the aggregators aren't finished, or have too few reports.
    pub(super) async fn ask(&self, batch: &Batch) -> Result<Option<Received>, AskError> {
        let job = CollectionJobId::try_from(&batch.id(self.id.as_ref())[..])?;
        let Some((respondents, sums)) = self.leader.ask(job, batch).await? else { return Ok(None) };
        let (items, joint) = match self.layout.sums(&sums, respondents).ok_or(AskError::Sums)? {
            TaskSums::Line(counts) => (vec![(self.name.clone(), counts)], None),
            TaskSums::Joint(sums) => (Vec::new(), Some(sums)),
        };
        Ok(Some(Received {
            id: self.collection_id(batch),
            wave: batch.wave,
            respondents,
            items,
            joint,
            ..self.sums.clone()
        }))
    }
}

/// The task's name in the log. It says nothing of the answers.
impl fmt::Display for Task {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Received { survey, segment, .. } = &self.sums;
        write!(formatter, "survey {survey}, item {}, segment {segment}", self.name)
    }
}

impl Leader {
    fn new(
        task: TaskId,
        leader: &str,
        layout: &Layout,
        credential: &PrivateCollectorCredential,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (length, leader) = (layout.length(), Url::parse(leader)?);
        let chunk_length = chunk_length(length, layout.bits().unwrap_or(1));
        Ok(if let Some(bits) = layout.bits() {
            let vdaf = Prio3::new_sum_vec(2, bits as usize, length, chunk_length)?;
            Self::SumVec(collector(task, leader, vdaf, credential)?)
        } else {
            let vdaf = Prio3::new_histogram(2, length, chunk_length)?;
            Self::Histogram(collector(task, leader, vdaf, credential)?)
        })
    }

    async fn ask(&self, job: CollectionJobId, batch: &Batch) -> Result<Option<(u64, Vec<u128>)>, AskError> {
        let start = Time::from_seconds_since_epoch(batch.times_s.start);
        let duration = Duration::from_seconds(batch.times_s.end - batch.times_s.start);
        let query = Query::new_time_interval(Interval::new(start, duration)?);
        Ok(match self {
            Self::Histogram(collector) => ask(collector, job, query).await?,
            Self::SumVec(collector) => ask(collector, job, query).await?,
        })
    }
}

fn collector<V: vdaf::Collector>(
    task: TaskId,
    leader: Url,
    vdaf: V,
    credential: &PrivateCollectorCredential,
) -> Result<Collector<V>, Error> {
    let retries = ExponentialBackoff { max_elapsed_time: Some(PATIENCE), ..ExponentialBackoff::default() };
    Collector::builder(task, leader, credential.authentication_token(), credential.hpke_keypair(), vdaf)
        .with_http_request_backoff(retries)
        .build()
}

/// Asks for the sums of a query. The same `job` always gets the same sums, however often they are asked for.
async fn ask<V>(
    collector: &Collector<V>,
    job: CollectionJobId,
    query: Query<TimeInterval>,
) -> Result<Option<(u64, Vec<u128>)>, Error>
where
    V: vdaf::Collector<AggregationParam = (), AggregateResult = Vec<u128>>,
{
    let job = collector.start_collection_with_id(job, query, &()).await?;
    Ok(match collector.poll_once(&job).await? {
        PollResult::CollectionResult(batch) => Some((batch.report_count(), batch.aggregate_result().clone())),
        PollResult::NotReady(_) => None,
    })
}
