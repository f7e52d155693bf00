//! What waits on the ports of an instance: secure shell on a fresh one, a web server where somebody started it.
#![allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Lone, Shell};

/// What a line prints, and how it ends.
fn asked(host: &mut Lone, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

/// `a` and `web` in the default VPC, whose group lets everything of its own in.
fn region(more: &str) -> Lone {
    let mut host = Lone::new("us-east-1", false).unwrap();
    for (name, more) in [("a", ""), ("web", more)] {
        let launch = format!(
            "aws ec2 run-instances --image-id ami-00000000000000001 {more} --tag-specifications \
             'ResourceType=instance,Tags=[{{Key=Name,Value={name}}}]'"
        );
        assert_eq!(asked(&mut host, &launch).1, 0, "{launch}");
    }
    host
}

/// How `curl` on `a` fares with `web`.
fn curl(host: &mut Lone) -> (String, u8) {
    let ip = asked(host, "aws ec2 describe-instances --filters Name=tag:Name,Values=web --query 'Reservations[0].Instances[0].PrivateIpAddress' --output text").0;
    asked(host, &format!("ssh a curl -sS {}", ip.trim_end()))
}

// rules: G13
#[test]
fn a_fresh_instance_serves_secure_shell_alone_until_a_server_is_started() {
    let mut host = region("");
    let (text, exit) = curl(&mut host);
    assert!(text.starts_with("curl: (7) Failed to connect to 172.31.") && text.ends_with("Could not connect to server\n"), "{text}");
    assert_eq!(exit, 7);
    assert_eq!(asked(&mut host, "ssh a nc -z web.example 22").1, 2);
    for (line, answers) in [
        ("ssh web sudo systemctl start httpd", true),
        ("ssh web sudo systemctl stop httpd.service", false),
        ("ssh web sudo systemctl enable --now nginx", true),
        ("ssh web 'sudo systemctl disable --now nginx'", false),
        ("ssh web sudo service apache2 start", true),
        ("ssh web unlisten tcp 80", false),
        ("ssh web listen tcp 80", true),
    ] {
        assert_eq!(asked(&mut host, line), (String::new(), 0), "{line}");
        assert_eq!(curl(&mut host).1 == 0, answers, "{line}");
    }
    assert_eq!(asked(&mut host, "ssh web systemctl start postgresql").1, 1);
    // A trace asks about the way: it takes for granted that a service waits, and says so.
    asked(&mut host, "ssh web unlisten tcp 80");
    assert_eq!(asked(&mut host, "expect trace a web tcp 80 DELIVERED").1, 0);
}

// rules: G13
#[test]
fn a_first_script_that_starts_a_server_makes_the_instance_serve() {
    let script = "#!/bin/bash\nyum install -y httpd\nsystemctl enable --now httpd\n";
    let packed = "IyEvYmluL2Jhc2gKYXB0LWdldCBpbnN0YWxsIC15IG5naW54Cg==";
    for (script, answers) in [(script, true), (packed, true), ("#!/bin/bash\necho hello\n", false)] {
        let mut host = region(&format!("--user-data '{script}'"));
        assert_eq!(curl(&mut host).1 == 0, answers, "{script}");
        assert_eq!(asked(&mut host, "ssh web ss -tlnH").0.lines().count(), 2 + usize::from(answers), "SSH over both families");
    }
}
