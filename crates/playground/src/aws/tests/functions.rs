//! Every act of AWS Lambda and Amazon EFS that is a call.

use super::tags;
use eni_core::control::command::{Command, EfsAct, LambdaAct, NewFunction};
use eni_core::id::{FileSystemId, GroupId, MountTargetId, ResourceId, SubnetId};
use eni_core::model::Tags;

pub fn function_commands() -> Vec<Command> {
    let (subnet, group) = (SubnetId::from_number(1), GroupId::from_number(1));
    let (file_system, target) = (FileSystemId::from_number(1), MountTargetId::from_number(1));
    let new = |subnets, groups| {
        LambdaAct::Create(NewFunction {
            name: "orders".to_owned(),
            runtime: "python3.13".to_owned(),
            role: "arn:aws:iam::123456789012:role/lambda".to_owned(),
            handler: "app.handler".to_owned(),
            description: "asks".to_owned(),
            timeout: 30,
            memory: 256,
            subnets,
            groups,
        })
    };
    let text = |text: &str| Some(text.to_owned());
    let update = |some: bool, vpc| LambdaAct::Update {
        function: "orders".to_owned(),
        runtime: text("python3.13").filter(|_| some),
        role: text("arn:aws:iam::123456789012:role/other").filter(|_| some),
        handler: text("app.other").filter(|_| some),
        description: text("").filter(|_| some),
        timeout: some.then_some(900),
        memory: some.then_some(512),
        vpc,
    };
    let lambda = [
        new(vec![subnet], vec![group]),
        new(vec![], vec![]),
        update(true, Some((vec![subnet], vec![group]))),
        update(false, Some((vec![], vec![]))),
        update(false, None),
        LambdaAct::Delete("orders".to_owned()),
        LambdaAct::Invoke { function: "orders".to_owned(), seconds: 60, event: true },
        LambdaAct::Invoke { function: "orders".to_owned(), seconds: 1, event: false },
    ];
    let efs = [
        EfsAct::CreateFileSystem { token: "one".to_owned(), tags: tags() },
        EfsAct::CreateFileSystem { token: String::new(), tags: Tags::new() },
        EfsAct::DeleteFileSystem(file_system),
        EfsAct::CreateMountTarget { file_system, subnet, address: "10.0.1.9".parse().ok(), groups: vec![group] },
        EfsAct::CreateMountTarget { file_system, subnet, address: None, groups: vec![] },
        EfsAct::DeleteMountTarget(target),
        EfsAct::ModifyMountTargetGroups(target, vec![group]),
        EfsAct::ModifyMountTargetGroups(target, vec![]),
    ];
    let lambda = lambda.into_iter().map(|act| Command::Lambda(Box::new(act)));
    lambda.chain(efs.into_iter().map(|act| Command::Efs(Box::new(act)))).collect()
}
