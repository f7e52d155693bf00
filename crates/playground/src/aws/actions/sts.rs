//! The Security Token Service: who asks. Nobody signs in here, so there are no credentials to be had from it.

use super::{Action, Request};
use crate::aws::describe::Describe;
use crate::aws::kind::Kind;

pub(super) const ACTIONS: &[Action] = &[Action {
    name: "GetCallerIdentity",
    help: "shows the account, and whose calls these are",
    members: &[],
    build: |_| {
        let (ids, filters) = (Vec::new(), Vec::new());
        Ok(Request::Describe(Describe { kind: Kind::CallerIdentity, ids, filters, most: None, after: None, attribute: None }))
    },
}];
