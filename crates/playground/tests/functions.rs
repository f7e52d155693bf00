//! Functions and file systems: on the page, in documents, imports and scripts, called from the command line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_core::model::function::Interfaces;
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{Scenario, Scene, import, load, save};
use eni_playground::script::script;
use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell, complete};
use eni_playground::view::menu::{MenuDoes, MenuEntry};
use serde_json::{Value, json};

const SUBNET: &str = "subnet-00000000000000001";
const GROUP: &str = "sg-00000000000000001";
const ENI: &str = "eni-00000000000000001";

fn call(account: &mut Account, service: &str, action: &str, parameters: Value) -> Result<Value, String> {
    account.call(service, action, parameters.as_object().unwrap()).map_err(|error| error.code)
}

fn create(name: &str) -> String {
    format!(
        "aws lambda create-function --function-name {name} --role arn:aws:iam::123456789012:role/l --code ZipFile=x \
         --vpc-config SubnetIds={SUBNET},SecurityGroupIds={GROUP} --query State\n"
    )
}

fn run(host: &mut Lone, shell: &mut Shell, script: &str) -> String {
    shell.run(host, script).into_iter().map(|(_, text)| text).collect()
}

fn entries(session: &Session, thing: &str) -> Vec<MenuEntry> {
    session.menu(thing).map(|menu| menu.entries).unwrap_or_default()
}

fn acts(entry: &MenuEntry) -> Vec<Act> {
    let MenuDoes::Acts(acts) = &entry.does else { panic!("{entry:?}") };
    acts.clone()
}

// rules: P28 P43 R92
#[test]
fn on_the_page_they_are_in_the_menus_and_undo_takes_them_back() {
    let mut session = Session::open("fresh-account").unwrap();
    let before = session.document();
    let services = |session: &Session| {
        let all = entries(session, &format!("subnet:{SUBNET}"));
        let more = all.into_iter().find(|entry| entry.text == "A service takes it…").unwrap();
        let MenuDoes::More(more) = more.does else { panic!() };
        more
    };
    // The second entry makes a file system, and its mount target once there is one.
    for at in [0, 1, 1] {
        session.execute(&acts(&services(&session)[at])[0]).result.unwrap();
        session.advance(60_000_000);
    }
    // The next mount target is of another file system, the next function has another name.
    let next: Vec<String> = services(&session)[..2].iter().flat_map(acts).map(|act| act.echo()).collect();
    assert!(next[0].contains("--function-name function-2") && next[1].contains("create-file-system"), "{next:?}");
    let menu = entries(&session, &format!("eni:{ENI}"));
    let own: Vec<&str> = menu.iter().rev().take(3).rev().map(|entry| entry.text.as_str()).collect();
    let then = "Give each execution environment of function its own network interface, as before 2019";
    assert_eq!(own, ["Call function", then, "Delete function"]);
    let details = session.details(&format!("eni:{ENI}")).unwrap();
    assert!(details.facts.iter().any(|fact| (fact.name.as_str(), fact.value.as_str()) == ("Used by", "function")));
    session.execute(&acts(&menu[menu.len() - 1])[0]).result.unwrap();
    assert!(session.details(&format!("eni:{ENI}")).unwrap().facts.iter().any(|fact| fact.value.starts_with("no function any more")));
    let target = entries(&session, "eni:eni-00000000000000002").into_iter().find(|entry| entry.text == "The service goes").unwrap();
    session.execute(&acts(&target)[0]).result.unwrap();
    session.advance(60_000_000);
    assert!(session.details("eni:eni-00000000000000002").is_none());
    while session.undo() {}
    assert_eq!(session.document(), before);
}

// rules: P27 J17 C1
#[test]
fn documents_and_imports_keep_them_and_a_script_brings_them_back() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    let lines = [
        create("orders"),
        create("prices"),
        create("old"),
        "lambda old then\naws lambda invoke --function-name old --invocation-type Event out.json --query StatusCode\n".to_owned(),
        "aws lambda create-function --function-name mail --role arn:aws:iam::123456789012:role/l --code ZipFile=x --query VpcConfig\n"
            .to_owned(),
        "aws efs create-file-system --creation-token one --tags Key=Name,Value=files --query FileSystemId\n".to_owned(),
        format!("aws efs create-mount-target --file-system-id fs-00000000000000001 --subnet-id {SUBNET} --query IpAddress\n"),
    ];
    let printed = run(&mut host, &mut shell, &lines.concat());
    assert!(!printed.contains("error"), "{printed}");
    let text = host.save();
    let (read, _) = load(text.as_bytes()).unwrap();
    assert_eq!(save(&read), text);
    // What was still to go is gone: the environment, and not the interface that two functions share.
    let count = |kind: &str| read.network.enis().filter(|eni| eni.kind.as_str() == kind).count();
    assert_eq!((count("lambda"), count("efs"), read.network.function_enis().count()), (1, 1, 1));
    let left_out = script(&read).left_out;
    assert!(left_out.len() == 1 && left_out[0].starts_with("old: has a network interface for each execution environment"), "{left_out:?}");
    let mut account = Account::holding(read.network, read.clock, read.epoch);
    let asks = |account: &mut Account| {
        [("lambda", "ListFunctions", json!({})), ("efs", "DescribeFileSystems", json!({}))]
            .into_iter()
            .chain([("efs", "DescribeMountTargets", json!({"FileSystemId": "fs-00000000000000001"}))])
            .map(|(service, action, parameters)| call(account, service, action, parameters).unwrap())
            .collect::<Vec<Value>>()
    };
    let told = asks(&mut account);
    let mut files = Vec::new();
    for list in ["Vpcs", "Subnets", "SecurityGroups", "RouteTables", "NetworkAcls", "NetworkInterfaces"] {
        let answer = call(&mut account, "ec2", &format!("Describe{list}"), json!({})).unwrap();
        files.push((format!("{list}.json"), answer.to_string().into_bytes()));
    }
    files.extend(told.iter().enumerate().map(|(number, answer)| (format!("{number}.json"), answer.to_string().into_bytes())));
    let (read, _) = import(&files).unwrap();
    assert_eq!(read.network.function_enis().count(), 1);
    let again = Scenario { scene: Scene::default(), ..read };
    let mut account = Account::holding(again.network, again.clock, again.epoch);
    assert_eq!(asks(&mut account), told);
}

// rules: P27 P29 R91 R93 R94
#[test]
fn what_a_call_does_is_told_in_its_payload_and_its_answer_is_the_file() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    run(&mut host, &mut shell, &create("orders"));
    let mut invoke = |payload: &str| {
        let line = format!(
            "aws lambda invoke --function-name orders --payload '{payload}' out.json --query FunctionError --output text; cat out.json"
        );
        run(&mut host, &mut shell, &line)
    };
    for (payload, printed) in [
        ("{}", "None\nnull"),
        ("eyJzZWNvbmRzIjogMn0=", "None\n{\"worked\":2}"),
        (r#"{"seconds": 3}"#, "None\n{\"worked\":3}"),
        (r#"{"seconds": 4}"#, "Unhandled\n{\"errorMessage\":\"Task timed out after 3.00 seconds\",\"errorType\":\"Sandbox.Timedout\"}"),
        (
            r#"{"connect": "10.0.0.1"}"#,
            "Unhandled\n{\"errorMessage\":\"connect: expected HOST:PORT, as 10.0.1.5:443\",\"errorType\":\"ValueError\"}",
        ),
        (
            r#"{"connect": "db.corp.internal:5432"}"#,
            "Unhandled\n{\"errorMessage\":\"[Errno -2] Name or service not known\",\"errorType\":\"gaierror\"}",
        ),
    ] {
        assert_eq!(invoke(payload), printed, "{payload}");
    }
    assert!(invoke("{").contains("(InvalidRequestContentException) when calling the Invoke operation"));
    let mut account = Account::fresh("us-east-1").unwrap();
    let new = json!({"FunctionName": "one", "Role": "r", "Code": {}, "VpcConfig": {"SubnetIds": [SUBNET], "SecurityGroupIds": [GROUP]}});
    assert_eq!(call(&mut account, "lambda", "CreateFunction", new).unwrap()["State"], "Pending");
    assert_eq!(call(&mut account, "lambda", "Invoke", json!({"FunctionName": "one"})), Err("ResourceConflictException".to_owned()));
    call(&mut account, "world", "Wait", json!({"Seconds": 10})).unwrap();
    let then = json!({"FunctionName": "one", "Then": true});
    call(&mut account, "world", "Lambda", then).unwrap();
    let answer = call(&mut account, "lambda", "Invoke", json!({"FunctionName": "one", "InvocationType": "Event"})).unwrap();
    assert_eq!(answer, json!({"StatusCode": 202}));
    assert_eq!(call(&mut account, "world", "Lambda", json!({"FunctionName": "two"})), Err("ResourceNotFoundException".to_owned()));
    assert_eq!(call(&mut account, "lambda", "Invoke", json!({"FunctionName": "a b"})), Err("InvalidParameterValueException".to_owned()));
}

// rules: R94
#[test]
fn then_a_call_of_more_seconds_than_any_function_may_run_kept_its_environment_busy_until_the_timeout() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    run(&mut host, &mut shell, &create("old"));
    run(&mut host, &mut shell, "aws lambda update-function-configuration --function-name old --timeout 900\nlambda old then");
    // Twelve seconds later it has started, and works still: the second call finds no environment that waits.
    for (interfaces, waits) in [("1", 12), ("2", 1_000), ("2", 1)] {
        let call = "aws lambda invoke --function-name old --invocation-type Event --payload '{\"seconds\": 70000}' out.json";
        run(&mut host, &mut shell, call);
        let counted = "aws ec2 describe-network-interfaces --filters Name=interface-type,Values=lambda --query 'length(NetworkInterfaces)'";
        assert_eq!(run(&mut host, &mut shell, counted).trim(), interfaces);
        run(&mut host, &mut shell, &format!("wait {waits}s"));
    }
}

#[test]
fn its_words_are_completed_and_say_how_they_are_written() {
    assert_eq!(complete("lambda one ", &[]), ["now", "then"]);
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    assert!(run(&mut host, &mut shell, "lambda one").starts_with("usage: lambda FUNCTION then|now"));
    assert_eq!(
        run(&mut host, &mut shell, "lambda one then"),
        "lambda: ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:123456789012:function:one\n"
    );
    let act = Act::from_json(&json!({"kind": "world", "act": "lambda", "function": "one", "then": true})).unwrap();
    assert_eq!((act.echo().as_str(), Act::from_json(&act.to_json()).unwrap()), ("lambda one then", act.clone()));
}

// rules: P27
#[test]
fn whose_the_interfaces_of_a_function_are_is_said_and_taken_back() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    run(&mut host, &mut shell, &create("one"));
    let kept = |host: &Lone| host.network().functions().next().unwrap().interfaces;
    assert_eq!(kept(&host), Interfaces::Shared);
    for (word, expected) in [("then", Interfaces::OfEnvironments), ("now", Interfaces::Shared)] {
        assert_eq!(run(&mut host, &mut shell, &format!("lambda one {word}")), "");
        assert_eq!(kept(&host), expected);
    }
}
