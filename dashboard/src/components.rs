//! Components that turn a state into markup. None touches a browser object, so all of them render natively too.

pub(crate) mod caution;
pub(crate) mod chart;
pub(crate) mod distribution;
pub(crate) mod empty;
pub(crate) mod failed;
pub(crate) mod favourable;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod icon;
pub(crate) mod item;
pub(crate) mod overview;
pub(crate) mod page;
pub(crate) mod pickers;
pub(crate) mod protection;
pub(crate) mod report;
pub(crate) mod revisions;
pub(crate) mod score;
pub(crate) mod select;
pub(crate) mod sign_in;
pub(crate) mod skeleton;
pub(crate) mod withheld;
