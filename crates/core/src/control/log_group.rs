//! Log groups of CloudWatch Logs (`F24`).

use super::command::LogsAct;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::model::event::Event;
use crate::model::log_group::LogGroup;

/// An act of CloudWatch Logs.
pub(super) fn act(draft: &mut Draft, act: &LogsAct) -> Result<Reply, Refusal> {
    match act {
        LogsAct::Create(name) if draft.network.log_group(name).is_some() => return Err(Refusal::LogGroupExists {}),
        LogsAct::Create(name) => draft.push(Event::LogGroupSet(Box::new(LogGroup::new(name, draft.now)))),
        LogsAct::Delete(name) => {
            // One that is deleted while a flow log goes on writing to it is made again by the next record.
            let is_there = draft.network.log_group(name).is_some() || draft.network.flow_logs().any(|log| log.log_group() == Some(name));
            if !is_there {
                return Err(Refusal::LogGroupNotFound {});
            }
            draft.push(Event::LogGroupDeleted(name.clone()));
        }
        LogsAct::Retain(name, days) => {
            let mut group = draft.network.log_group(name).ok_or(Refusal::LogGroupNotFound {})?.clone();
            group.retention = *days;
            draft.push(Event::LogGroupSet(Box::new(group)));
        }
    }
    Ok(Reply::Nothing)
}
