//! Files of the shell's own: written, read, listed, kept within bounds; texts in the lines below; `file://`.

use super::super::*;
use super::shown;

#[test]
fn what_is_sent_into_a_file_is_read_from_it() {
    let cases = [
        ("echo a > f; cat f", "a\n"),
        ("echo a >f; echo b >> f; cat f f", "a\nb\na\nb\n"),
        ("echo a > f; echo b > ./f; cat f", "b\n"),
        ("> f; cat f; ls", "f\n"),
        ("F='a b.txt'; echo x > \"$F\"; echo y > ~/.ssh/$(echo k); ls; cat 'a b.txt'", "a b.txt\n~/.ssh/k\nx\n"),
        ("aws ec2 describe-vpcs --query 'Vpcs[0].CidrBlock' --output text > f; cat f", "172.31.0.0/16\n"),
        ("no-such 2> f; cat f", "no-such: command not found\n"),
        ("no-such > f 2>&1; cat f", "no-such: command not found\n"),
        ("no-such 2>&1 > f; cat f", "no-such: command not found\n"),
        ("no-such &> f; echo $?; cat f", "127\nno-such: command not found\n"),
        ("no-such &>> f; no-such &>> f; cat f", "no-such: command not found\nno-such: command not found\n"),
        ("no-such > f; cat f; ls", "no-such: command not found\nf\n"),
        ("echo '{\"A\":[1]}' > f; cat f | jq .A[0]; cat < f", "1\n{\"A\":[1]}\n"),
        ("echo '{\"A\":1}' | jq .A > f; cat f", "1\n"),
        ("cat <<< \"a $(echo b)\"; cat < /dev/null; echo x | cat", "a b\nx\n"),
        ("X=$(echo a > f; cat f; Y=1); echo \"$X $Y\"; cat f", "a \na\n"),
        ("echo a > f; unset ./f f; cat f", "a\n"),
        ("echo a > f; rm f; rm -f f; ls; rm f; echo $?", "rm: cannot remove 'f': No such file or directory\n1\n"),
        (
            "echo a > k.pem; chmod 400 k.pem && echo ok; chmod 400 none; echo $?",
            "ok\nchmod: cannot access 'none': No such file or directory\n1\n",
        ),
        ("echo a > f; cat none f; echo $?", "a\ncat: none: No such file or directory\n1\n"),
        ("cat < none; echo $?", "none: No such file or directory\n1\n"),
        ("echo a > f; ls -l f; ls none; echo $?", "f\nls: cannot access 'none': No such file or directory\n2\n"),
        ("rm; chmod", "rm: missing operand\nchmod: missing operand\n"),
        ("A=1 > f; ls; echo $A", "f\n1\n"),
    ];
    for (script, expected) in cases {
        assert_eq!(shown(script).0, expected, "{script}");
    }
}

#[test]
fn texts_stand_in_the_lines_below() {
    let cases = [
        ("A=1; cat <<EOF\nit's \"$A\" \\$A `echo b` $(echo c) \\\\ \\\n\\\"d\nEOF\necho next", "it's \"1\" $A b c \\ \\\"d\nnext\n"),
        ("cat <<'EOF'\n$A \\$A $(no-such)\nEOF\n", "$A \\$A $(no-such)\n"),
        ("cat <<\"E O F\"\n$A\nE O F", "$A\n"),
        ("cat <<-END\n\ta\n\t\tb\n\tEND\necho next", "a\nb\nnext\n"),
        ("cat <<A; cat <<B\na\nA\nb\nB\necho next", "a\nb\nnext\n"),
        ("cat > f <<EOF && cat f\na\nEOF\necho next", "a\nnext\n"),
        ("cat <<EOF \\\n  > f\na\nEOF\ncat f", "a\n"),
        ("cat <<EOF | jq .A\n{\"A\": 2}\nEOF\n", "2\n"),
        ("cat <<EOF |\n{\"A\": 2}\nEOF\njq .A\n", "2\n"),
        ("cat <<EOF\nEOF\necho next", "next\n"),
        ("X=$(cat <<EOF\na\nEOF\n); echo $X", "a\n"),
        ("cat <<EOF\r\na\r\nEOF\r\necho next\r\n", "a\nnext\n"),
        ("echo a <<EOF\nnever\nEOF\n", "a\n"),
    ];
    for (script, expected) in cases {
        assert_eq!(shown(script), (expected.to_owned(), 0), "{script}");
        assert!(!wants_more(script), "{script}");
    }
    let (text, exit) = shown("echo a\ncat <<EOF\necho never\n");
    assert!(text.starts_with("a\nline 2: the text below goes on to a line with `EOF' alone") && exit == 2, "{text}");
    // A fault in a line, or below it, has the line of the script.
    assert!(shown("cat <<EOF\na\nEOF\necho a | b").0.contains("line 4: "));
}

#[test]
fn files_stand_in_the_place_of_values() {
    let rules = r#"[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]"#;
    let script = format!(
        "cat > rules.json <<EOF\n{rules}\nEOF\n\
         aws ec2 authorize-security-group-ingress --group-name default --ip-permissions file://rules.json --query Return\n\
         echo '{{\"CidrBlock\": \"10.0.0.0/16\"}}' > vpc.json\n\
         aws ec2 create-vpc --cli-input-json file://vpc.json --query Vpc.CidrBlock\n\
         aws ec2 create-vpc --cli-input-json=file://vpc.json --query Vpc.CidrBlock\n\
         aws ec2 create-vpc --cli-input-json file:///dev/stdin --query Vpc.CidrBlock < vpc.json\n\
         echo -n '  x y' > data; aws ec2 create-security-group --group-name g --description file://data --query GroupId >/dev/null\n\
         aws ec2 describe-security-groups --group-names g --query 'SecurityGroups[0].Description'\n\
         aws ec2 create-key-pair --key-name k --query KeyMaterial --output text > k.pem; chmod 400 k.pem; ls"
    );
    let expected = "true\n\"10.0.0.0/16\"\n\"10.0.0.0/16\"\n\"10.0.0.0/16\"\n\"  x y\"\ndata\nk.pem\nrules.json\nvpc.json\n";
    assert_eq!(shown(&script), (expected.to_owned(), 0));
    let missing = "Error parsing parameter '--cidr-block': Unable to load paramfile fileb://a: [Errno 2] No such file or directory: 'a'";
    assert!(shown("aws ec2 create-vpc --cidr-block fileb://a").0.contains(missing));
    assert_eq!(shown("aws ec2 create-vpc --cidr-block=fileb://a; expect ok").1, 1);
}

#[test]
fn files_are_few_and_short() {
    let many: String = (0..64).map(|number| format!("> f{number}\n")).collect();
    let (text, exit) = shown(&format!("{many}echo a > f0\necho b > f64 || echo full\nrm f1; echo b > f64; cat f0 f64"));
    assert_eq!(
        text,
        "f64: the playground's shell keeps 64 files, 64 kB in all of them together; rm FILE makes room, --query prints less\nfull\na\nb\n"
    );
    assert_eq!(exit, 0);
    let half = "x".repeat(32 << 10);
    let (text, _) = shown(&format!(
        "echo {half} > a; echo {half} > b || echo full; cat b; echo c > b; echo {half} >> a; cat b; rm a; echo {half} > b; ls"
    ));
    assert_eq!(text.matches("in all of them together").count(), 2, "{text}");
    assert!(text.contains("full\n") && text.ends_with("c\nb\n"), "{text}");
    // The call was made; what it printed has no room.
    let made = "aws ec2 create-vpc --cidr-block 10.0.0.0/16 > b; echo $?; expect ok; aws ec2 describe-vpcs --query 'length(Vpcs)'";
    assert!(shown(&format!("echo -n {} > a; {made}", "x".repeat((64 << 10) - 20))).0.ends_with("\n1\nas expected: ok\n2\n"));
}

#[test]
fn an_instance_is_named_as_ssh_names_it() {
    let launch = "aws ec2 run-instances --image-id ami-00000000000000001 --associate-public-ip-address \
                  --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]' --query 'Instances[0].InstanceId' --output text";
    let told =
        "aws ec2 describe-instances --query 'Reservations[0].Instances[0].[PublicIpAddress,PublicDnsName,PrivateIpAddress]' --output text";
    let script = |line: &str| {
        format!(
            "ID=$({launch})\nfor_all=$({told})\nIP=$(aws ec2 describe-instances --query 'Reservations[0].Instances[0].PublicIpAddress' --output text)\n\
                 DNS=$(aws ec2 describe-instances --query 'Reservations[0].Instances[0].PublicDnsName' --output text)\n{line}"
        )
    };
    let host = "getent hosts 172.31.0.4.nip || echo asked";
    for place in ["web", "$ID", "$IP", "$DNS", "ec2-user@$IP", "-i key.pem ubuntu@$DNS", "-o StrictHostKeyChecking=no -A -p 22 -l root web"]
    {
        let (text, exit) = shown(&script(&format!("ssh {place} {host}")));
        assert_eq!((text.as_str(), exit), ("asked\n", 0), "{place}");
        let (text, exit) = shown(&script(&format!("ssh {place} listen tcp 8443 && echo on")));
        assert_eq!((text.as_str(), exit), ("on\n", 0), "{place}");
    }
    for (line, expected, exit) in [
        ("ssh", "usage: ssh [-i KEY] [USER@]INSTANCE|ADDRESS COMMAND", 2),
        ("ssh -i key.pem", "usage: ssh", 2),
        ("ssh -i key.pem ec2-user@web", "nobody logs in here, and no key is asked for", 2),
        ("ssh 203.0.113.250 dig a", "there is no instance of this name, id or address", 255),
        ("ssh moon dig a", "Could not resolve hostname moon", 255),
    ] {
        let (text, got) = shown(&script(line));
        assert!(text.contains(expected) && got == exit, "{line}: {got} {text}");
    }
}
