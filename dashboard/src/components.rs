//! From a state to markup. Nothing here touches a browser object, so every component renders natively too.

pub mod caution;
pub mod chart;
pub mod distribution;
pub mod empty;
pub mod failed;
pub mod favourable;
pub mod footer;
pub mod header;
pub mod icon;
pub mod item;
pub mod overview;
pub mod page;
pub mod pickers;
pub mod protection;
pub mod report;
pub mod revisions;
pub mod score;
pub mod select;
pub mod sign_in;
pub mod skeleton;
pub mod withheld;
