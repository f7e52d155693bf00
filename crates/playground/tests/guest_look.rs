//! Commands on instances that only look: what they print, and that they change nothing.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::scenario::load;
use eni_playground::shell::{Lone, Shell, Stream, complete};
use serde_json::{Value, json};

/// What a line prints, and how it ends.
fn shown(host: &mut Lone, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

/// A region in whose default VPC `web` runs, and `corp.internal` is seen.
fn region() -> Lone {
    let mut host = Lone::new("us-east-1", false).unwrap();
    let made = "VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]')
ZONE=$(aws route53 create-hosted-zone --name corp.internal --vpc VPCRegion=us-east-1,VPCId=$VPC --caller-reference one --query HostedZone.Id --output text)
ONE='{Action=CREATE,ResourceRecordSet={Name=db.corp.internal,Type=A,TTL=60,ResourceRecords=[{Value=172.31.0.10},{Value=172.31.0.11}]}}'
TWO='{Action=CREATE,ResourceRecordSet={Name=www.corp.internal,Type=CNAME,TTL=60,ResourceRecords=[{Value=db.corp.internal}]}}'
X=$(aws route53 change-resource-record-sets --hosted-zone-id $ZONE --change-batch \"Changes=[$ONE,$TWO]\")
";
    let printed = Shell::new().run(&mut host, made);
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Out), "{printed:?}");
    host
}

/// Puts what is on device 1 onto the last device of the last network card that a number can say.
fn put_far(document: &mut Value) {
    match document {
        Value::Object(object) if object.get("DeviceIndex") == Some(&json!(1)) => {
            object.insert("DeviceIndex".to_owned(), json!(u16::MAX));
            object.insert("NetworkCardIndex".to_owned(), json!(u16::MAX));
        }
        Value::Object(object) => object.values_mut().for_each(put_far),
        Value::Array(list) => list.iter_mut().for_each(put_far),
        _ => {}
    }
}

#[test]
fn an_interface_of_an_import_is_named_by_its_place_however_far_that_is() {
    let mut host = region();
    let second = "I=$(aws ec2 describe-instances --query 'Reservations[0].Instances[0].InstanceId' --output text)
Z=$(aws ec2 describe-instances --query 'Reservations[0].Instances[0].SubnetId' --output text)
E=$(aws ec2 create-network-interface --subnet-id $Z --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1";
    shown(&mut host, second);
    assert!(shown(&mut host, "ssh web ip addr").0.contains(" eth1: "));
    let mut document: Value = serde_json::from_str(&host.save()).unwrap();
    put_far(&mut document);
    let mut far = Lone::of(load(document.to_string().as_bytes()).unwrap().0);
    let told = shown(&mut far, "ssh web ip addr").0;
    assert!(told.contains(" eth2162655: "), "65,535 + 32 * 65,535: {told}");
}

// rules: L12 L13
#[test]
fn names_are_looked_up_as_on_a_real_instance() {
    let mut host = region();
    let before = host.save();
    for (line, wanted, exit) in [
        ("ssh web dig +short www.corp.internal", "db.corp.internal.\n172.31.0.10\n172.31.0.11\n", 0),
        ("ssh web dig www.corp.internal CNAME +short", "db.corp.internal.\n", 0),
        ("ssh web dig TXT www.corp.internal +short", "db.corp.internal.\n", 0),
        ("ssh web dig +short no.corp.internal", "", 0),
        ("ssh web dig +short db.corp.internal @172.31.0.2", "172.31.0.10\n172.31.0.11\n", 0),
        ("ssh web dig +short -x 172.31.0.4", "ip-172-31-0-4.ec2.internal.\n", 0),
        (
            "ssh web host www.corp.internal",
            "www.corp.internal is an alias for db.corp.internal.\ndb.corp.internal has address 172.31.0.10\ndb.corp.internal has address 172.31.0.11\n",
            0,
        ),
        ("ssh web host 172.31.0.4", "4.0.31.172.in-addr.arpa domain name pointer ip-172-31-0-4.ec2.internal.\n", 0),
        ("ssh web host 172.31.0.99", "Host 99.0.31.172.in-addr.arpa. not found: 3(NXDOMAIN)\n", 1),
        ("ssh web host no.corp.internal", "Host no.corp.internal not found: 3(NXDOMAIN)\n", 1),
        (
            "ssh web getent hosts www.corp.internal",
            "172.31.0.10     db.corp.internal www.corp.internal\n172.31.0.11     db.corp.internal www.corp.internal\n",
            0,
        ),
        ("ssh web getent hosts no.corp.internal", "", 2),
        ("ssh web dig", "usage: dig [@SERVER] NAME [TYPE] [+short]\n       dig -x ADDRESS [+short]\n", 1),
        ("ssh web dig a +trace", "usage: dig [@SERVER] NAME [TYPE] [+short]\n       dig -x ADDRESS [+short]\n", 1),
        ("ssh web host", "usage: host NAME\n", 1),
        ("ssh web getent passwd root", "usage: getent hosts NAME\n", 1),
        ("ssh moon dig a", "ssh: Could not resolve hostname moon: there is no instance of this name, id or address\n", 255),
        (
            "ssh web emacs",
            "ssh: expected one of: listen, unlisten, systemctl, ip addr|route|rule add|del, ip link set, iptables, sysctl, masquerade, policy-routing, shutdown; cat, curl, dig, ethtool, getent, \
             host, hostname, hping3, ip, iperf3, nc, nslookup, ping, ss, tcpdump, tracepath, traceroute, wget\n",
            1,
        ),
    ] {
        assert_eq!(shown(&mut host, line), (wanted.to_owned(), exit), "{line}");
    }
    let (text, exit) = shown(&mut host, "ssh web dig db.corp.internal @8.8.8.8 +short");
    assert!(exit == 9 && text.ends_with("no servers could be reached\n"), "{text}");
    assert_eq!(host.save(), before);
}

// rules: L12
#[test]
fn dig_prints_what_the_real_one_prints() {
    let mut host = region();
    let (text, exit) = shown(&mut host, "ssh web dig www.corp.internal");
    let wanted = "\n; <<>> DiG 9.18.33 <<>> www.corp.internal\n;; global options: +cmd\n;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: NUMBER
;; flags: qr rd ra; QUERY: 1, ANSWER: 3, AUTHORITY: 0, ADDITIONAL: 1

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 4096
;; QUESTION SECTION:
;www.corp.internal.\t\tIN\tA

;; ANSWER SECTION:
www.corp.internal.\t60\tIN\tCNAME\tdb.corp.internal.
db.corp.internal.\t60\tIN\tA\t172.31.0.10
db.corp.internal.\t60\tIN\tA\t172.31.0.11

;; Query time: 0 msec
;; SERVER: 172.31.0.2#53(172.31.0.2) (UDP)
";
    let number = text.split("id: ").nth(1).and_then(|rest| rest.split('\n').next()).unwrap();
    assert!(exit == 0 && text.starts_with(&wanted.replace("NUMBER", number)), "{text}");
    assert!(text.contains(";; WHEN: Thu Jan 01 00:00:0") && text.contains(" UTC 2026\n;; MSG SIZE  rcvd: "), "{text}");
    assert_eq!(shown(&mut host, "ssh web dig www.corp.internal").0, text);
}

// rules: L12
#[test]
fn an_instance_that_does_not_run_is_not_reached() {
    let mut host = region();
    let stop = "aws ec2 stop-instances --instance-ids $(aws ec2 describe-instances --query 'Reservations[0].Instances[0].InstanceId' --output text)";
    assert_eq!(shown(&mut host, stop).1, 0);
    let down = "ssh: connect to host web port 22: Connection timed out\n".to_owned();
    assert_eq!(shown(&mut host, "ssh web dig +short db.corp.internal"), (down, 255));
}

// rules: C1
#[test]
fn commands_on_instances_are_completed() {
    let ids = ["i-00000000000000001".to_owned(), "vpc-00000000000000001".to_owned()];
    assert_eq!(complete("ssh ", &ids), ["i-00000000000000001"]);
    assert_eq!(complete("ssh web d", &ids), ["dig"]);
    assert_eq!(complete("ssh web dig +", &ids), ["+short"]);
    assert_eq!(complete("ssh web getent ", &ids), ["hosts"]);
    assert_eq!(complete("aws route53 get-h", &ids), ["get-hosted-zone"]);
}
