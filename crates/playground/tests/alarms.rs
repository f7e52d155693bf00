//! CloudWatch's calls: what is refused, what is described, and what documents and scripts keep.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use eni_playground::account::Account;
use eni_playground::scenario::load;
use eni_playground::shell::{Lone, Shell};
use serde_json::{Value, json};

const ALARM: &str = "aws cloudwatch put-metric-alarm --alarm-name hangs --alarm-description 'to see' --namespace AWS/EC2 \
    --metric-name StatusCheckFailed_System --dimensions Name=InstanceId,Value=$WEB --statistic Maximum --period 60 --evaluation-periods 3 \
    --datapoints-to-alarm 2 --threshold 0.5 --comparison-operator GreaterThanThreshold --treat-missing-data breaching --unit Count \
    --ok-actions arn:aws:sns:us-east-1:123456789012:mail --alarm-actions arn:aws:automate:us-east-1:ec2:recover";

const LAUNCH: &str = "SUBNET=$(aws ec2 describe-subnets --query 'Subnets[0].SubnetId' --output text)
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query 'Instances[0].InstanceId' --output text)";

fn played(lines: &str) -> (Lone, String) {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    let said = shell.run(&mut host, &format!("{LAUNCH}\n{lines}\n")).into_iter().map(|(_, said)| said).collect();
    (host, said)
}

fn alarms(host: &Lone) -> Value {
    serde_json::from_str::<Value>(&host.save()).unwrap()["state"]["MetricAlarms"].clone()
}

// rules: W11 W17
#[test]
fn a_document_keeps_alarms_with_their_states_and_what_they_did() {
    let (host, said) = played(&format!("{ALARM}\nwait 5m\nfault loss $WEB --per-mille 1000\nwait 10m"));
    assert_eq!(said, "");
    let kept = alarms(&host);
    assert_eq!((kept[0]["StateValue"].as_str(), kept[0]["Threshold"].as_f64()), (Some("OK"), Some(0.5)));
    assert!(kept[0]["AlarmHistoryItems"].as_array().unwrap().len() >= 5, "{kept}");
    let (loaded, _) = load(host.save().as_bytes()).unwrap();
    assert_eq!(loaded.network.alarm("hangs"), host.network().alarm("hangs"));
    assert_eq!(alarms(&Lone::of(loaded)), kept);
}

// rules: W20 C1
#[test]
fn a_script_sets_alarms_up_again_for_the_new_instance() {
    let (host, _) = played(ALARM);
    let text = eni_playground::script::script(&load(host.save().as_bytes()).unwrap().0).text;
    let joined = text.replace(" \\\n", " ");
    let line = joined.lines().find(|line| line.contains("put-metric-alarm")).unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("--alarm-name hangs"), "{line}");
    assert!(line.contains("Value=$INSTANCE_1"), "the instance is a variable: {line}");
    assert!(text.contains("# Alarms: they begin anew"), "{text}");
}

fn refused(parameters: Value) -> String {
    let mut account = Account::fresh("us-east-1").unwrap();
    let mut all = json!({
        "AlarmName": "one", "Namespace": "AWS/EC2", "MetricName": "NetworkIn", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 2,
        "Threshold": 1, "ComparisonOperator": "LessThanThreshold", "Dimensions": [{"Name": "InstanceId", "Value": "i-00000000000000001"}],
    });
    for (name, value) in parameters.as_object().unwrap() {
        match value {
            Value::Null => drop(all.as_object_mut().unwrap().remove(name)),
            value => all[name] = value.clone(),
        }
    }
    let answer = account.call("cloudwatch", "PutMetricAlarm", all.as_object().unwrap());
    answer.map_or_else(|error| format!("{}: {}", error.code, error.message), |done| done.to_string())
}

// rules: W12 W14 W15 W16 W20
#[test]
fn what_an_alarm_cannot_be_is_refused() {
    let recover = json!(["arn:aws:automate:us-east-1:ec2:recover"]);
    let (long, longer) = ("x".repeat(256), "x".repeat(1_025));
    let cases = [
        (json!({}), "{}"),
        (json!({"Period": 30}), "ValidationError: Period 30 is for metrics of high resolution"),
        (json!({"Period": 90}), "ValidationError: Period must be"),
        (json!({"Period": 3600, "EvaluationPeriods": 168}), "{}"),
        (json!({"Period": 3600, "EvaluationPeriods": 169}), "ValidationError: Metrics cannot be checked across more than 604800"),
        (json!({"Period": 60, "EvaluationPeriods": 1440}), "{}"),
        (json!({"Period": 60, "EvaluationPeriods": 1441}), "ValidationError: Metrics cannot be checked across more than 86400"),
        (json!({"DatapointsToAlarm": 2}), "{}"),
        (json!({"DatapointsToAlarm": 3}), "ValidationError: DatapointsToAlarm"),
        (json!({"Threshold": 1e40}), "ValidationError: Threshold"),
        (json!({"Threshold": null}), "ValidationError: The parameter Threshold is required"),
        (json!({"MetricName": null}), "ValidationError: The parameter MetricName is required"),
        (json!({"AlarmActions": ["mail"]}), "ValidationError: Invalid arn syntax: mail"),
        (json!({"AlarmActions": recover}), "ValidationError: The EC2 action recover needs the metric StatusCheckFailed_System"),
        (json!({"AlarmActions": recover, "MetricName": "StatusCheckFailed_System"}), "{}"),
        (json!({"AlarmActions": recover, "Dimensions": []}), "ValidationError: The EC2 action recover needs a metric of AWS/EC2"),
        (json!({"Namespace": long}), "ValidationError: Namespace must have length less than or equal to 255"),
        (json!({"MetricName": long}), "ValidationError: MetricName must have length less than or equal to 255"),
        (json!({"Unit": long}), "ValidationError: Unit must have length less than or equal to 255"),
        (json!({"Dimensions": [{"Name": long, "Value": "x"}]}), "ValidationError: Name must have length less than or equal to 255"),
        (json!({"Dimensions": [{"Name": "x", "Value": longer}]}), "ValidationError: Value must have length less than or equal to 1024"),
        (json!({"Dimensions": vec![json!({"Name": "x", "Value": "y"}); 31]}), "ValidationError: Dimensions must have at most 30 members"),
        (json!({"Metrics": []}), "UnknownParameter"),
    ];
    for (parameters, expected) in cases {
        let answer = refused(parameters.clone());
        assert!(answer.starts_with(expected), "{parameters}: {answer}");
    }
}

// rules: W9
#[test]
fn what_metrics_are_asked_for_is_looked_at() {
    let (mut host, said) = played("wait 11m");
    assert_eq!(said, "");
    let mut shell = Shell::new();
    let mut run = |options: &str| {
        let line = format!(
            "aws cloudwatch get-metric-statistics --namespace AWS/EC2 --dimensions Name=InstanceId,Value=i-00000000000000001 \
             --start-time 2026-01-01T00:00:00 --end-time 2026-01-01T00:10:00Z {options}\n"
        );
        shell.run(&mut host, &line).into_iter().map(|(_, said)| said).collect::<String>()
    };
    let points = |said: &str| serde_json::from_str::<Value>(said).map(|answer| answer["Datapoints"].as_array().unwrap().len());
    let cases = [
        ("--metric-name StatusCheckFailed --period 60 --statistics Sum", 10),
        ("--metric-name StatusCheckFailed --period 300 --statistics Sum Average", 2),
        ("--metric-name NetworkIn --period 60 --statistics Sum", 2),
        ("--metric-name NetworkIn --period 60 --statistics Sum --unit Count", 0),
        ("--metric-name CPUUtilization --period 60 --statistics Sum", 0),
    ];
    for (options, count) in cases {
        let said = run(options);
        assert_eq!(points(&said).unwrap_or_else(|_| panic!("{options}: {said}")), count, "{options}");
    }
    assert!(run("--metric-name NetworkIn --period 60").contains("InvalidParameterCombination"));
}
