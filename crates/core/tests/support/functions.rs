//! Acts of AWS Lambda and of Amazon EFS.

use super::id;
use eni_core::control::command::{Command, EfsAct, LambdaAct, NewFunction};
use eni_core::id::{GroupId, SubnetId};
use eni_core::model::Tags;
use eni_core::model::function::Interfaces;

/// A new function.
pub fn function(name: &str, subnets: &[SubnetId], groups: &[GroupId]) -> Command {
    Command::Lambda(Box::new(LambdaAct::Create(NewFunction {
        name: name.to_owned(),
        runtime: "python3.13".to_owned(),
        role: "arn:aws:iam::123456789012:role/lambda".to_owned(),
        handler: "app.handler".to_owned(),
        description: String::new(),
        timeout: 60,
        memory: 128,
        subnets: subnets.to_vec(),
        groups: groups.to_vec(),
    })))
}

/// A call on which the function works for a minute.
pub fn call(name: &str) -> Command {
    Command::Lambda(Box::new(LambdaAct::Invoke { function: name.to_owned(), seconds: 60, event: true }))
}

/// It is as before 2019.
pub fn then(name: &str) -> Command {
    Command::Lambda(Box::new(LambdaAct::SetInterfaces(name.to_owned(), Interfaces::OfEnvironments)))
}

/// An act of EFS.
pub fn efs(act: EfsAct) -> Command {
    Command::Efs(Box::new(act))
}

/// A mount target of the first file system.
pub fn mount(subnet: SubnetId, address: Option<&str>, groups: &[GroupId]) -> Command {
    let address = address.map(|text| text.parse().unwrap());
    efs(EfsAct::CreateMountTarget { file_system: id(1), subnet, address, groups: groups.to_vec() })
}

/// A new file system.
pub fn files(token: &str) -> Command {
    efs(EfsAct::CreateFileSystem { token: token.to_owned(), tags: Tags::new() })
}
