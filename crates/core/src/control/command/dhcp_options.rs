//! What CreateDhcpOptions asks for.

use crate::model::Tags;

/// CreateDhcpOptions.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateDhcpOptions {
    /// The options by AWS's words, with their values; any words, so that wrong ones can be refused.
    pub options: Vec<(String, Vec<String>)>,
    /// Its tags.
    pub tags: Tags,
}
