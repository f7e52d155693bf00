//! What the terminal's shell says of its own: faults of lines, answers of its own commands. What bash, jq and the AWS command line say, word for word,
//! stands with their grammar, where the shell is.

use eni_core::dataplane::internet::PUBLIC_HOSTS;

/// A line with a byte that no text has.
pub const NUL: &str = "the line has a NUL byte";
/// `$((…))`.
pub const NO_ARITHMETIC: &str = "the playground's shell does not calculate: $((…)) is not known";
/// No call was made yet.
pub const NOTHING_TO_EXPECT: &str = "expect: no aws command came before it";
/// How `expect` is used.
pub const EXPECT_USAGE: &str = "usage: expect ok
       expect refused [CODE]
       expect trace FROM TO tcp|udp|icmp [PORT] [bytes N] DELIVERED|DENIED|…
       expect open FROM TO tcp PORT
       expect cut FROM TO tcp PORT";
/// How `trace` is used.
pub const TRACE_USAGE: &str = "usage: trace FROM TO [tcp|udp|icmp|NUMBER] [PORT] [bytes N]";
/// How `connect` is used.
pub const CONNECT_USAGE: &str = "usage: connect FROM TO tcp|udp PORT";
/// A place where connections are not kept.
pub const NO_CONNECTIONS: &str = "connections are not kept here";
/// A place without traffic.
pub const NO_TRAFFIC: &str = "nothing is sent here";
/// The AWS command line on an instance: it has no role, and nobody configured it.
pub const NO_CREDENTIALS: &str = "Unable to locate credentials. You can configure credentials by running \"aws configure\".";
/// How `wait` and `sleep` are used.
pub const WAIT_USAGE: &str = "usage: wait SPAN, such as 5s, 500ms, 2m, 1h";

/// How `flow-logs` is used.
pub const FLOW_LOGS_USAGE: &str = "usage: flow-logs [FLOW-LOG|ENI]";
/// No flow log has written anything.
pub const NO_RECORDS: &str = "flow-logs: nothing is written yet. A flow log (aws ec2 create-flow-logs) writes when its window is over: \
    wait 60s, or 600s";
/// How `dig` is used.
pub const DIG_USAGE: &str = "usage: dig [@SERVER] NAME [TYPE] [+short]
       dig -x ADDRESS [+short]";
/// How `ping` is used.
pub const PING_USAGE: &str = "usage: ping [-c COUNT] [-i SECONDS] [-W SECONDS] [-I OWN-ADDRESS] [-q]
            [-s BYTES] [-M do|want|dont] NAME|ADDRESS";
/// How `curl` is used.
pub const CURL_USAGE: &str =
    "usage: curl [-s] [-S] [-f] [-i] [-I] [-v] [-X METHOD] [-H 'NAME: VALUE'] [-m SECONDS] [--connect-timeout SECONDS]
            [--interface OWN-ADDRESS] [-o /dev/null] [-w '%{http_code}'] [http://]NAME|ADDRESS[:PORT][/PATH]";
/// How `ip` is used.
pub const IP_USAGE: &str = "usage: ip [-4|-6] [-br] addr|link [INTERFACE]
       ip [-6] route [table NUMBER|dev INTERFACE]
       ip route get ADDRESS [from OWN-ADDRESS]
       ip rule
       ip neigh
       ip addr add|del ADDRESS dev INTERFACE|ENI
       ip route add|replace|del BLOCK|default [via ROUTER] [dev INTERFACE]
          [src OWN-ADDRESS] [metric NUMBER] [table NUMBER]
       ip rule add|del [from BLOCK] [to BLOCK] [table NUMBER] [pref NUMBER]
       ip link set dev INTERFACE mtu NUMBER";
/// A primary address is not taken from a system that gets it by DHCP.
pub const PRIMARY_STAYS: &str =
    "The primary address stays here: the system gets it by DHCP, and without it nothing of the interface would work.";
/// A route by another host of the subnet than its router.
pub const OTHER_ROUTER: &str = "Routes of a guest lead by the router of the subnet here, its first address: another host of the subnet as the next hop is not played. Put an ENI as the target into the subnet's route table.";
/// How `sysctl` is used to look.
pub const SYSCTL_USAGE: &str = "usage: sysctl [-n] net.ipv4.ip_forward|net.ipv4.conf.all|INTERFACE.rp_filter
       sysctl -a
       sysctl -w net.ipv4.ip_forward=0|1
       sysctl -w net.ipv4.conf.all|INTERFACE.rp_filter=0|1|2";
/// How `iptables` is used.
pub const IPTABLES_USAGE: &str = "usage: iptables -t nat -S
       iptables -t nat -A|-D POSTROUTING [-s BLOCK] [-o INTERFACE] -j MASQUERADE
       iptables -t nat -F";
/// How `ss` is used.
pub const SS_USAGE: &str = "usage: ss -l[t][u][n][H]";
/// How `ethtool` is used.
pub const ETHTOOL_USAGE: &str = "usage: ethtool -S INTERFACE";
/// How `iperf3` is used.
pub const IPERF_USAGE: &str = "usage: iperf3 -s -D [-p PORT]
       iperf3 -c NAME|ADDRESS [-p PORT] [-t SECONDS] [-i SECONDS] [-P STREAMS] [-b BITS[K|M|G]] [-u [-l BYTES]]";

/// How `hping3` is used.
pub const HPING_USAGE: &str = "usage: hping3 --udp -p PORT -d BYTES -c COUNT [-i SECONDS|uMICROSECONDS] [-q] ADDRESS";
/// A load of it for somebody else than a service of the host.
pub const HPING_ELSEWHERE: &str = "hping3: datagrams without end are played for the services of the host alone: 169.254.169.253 (names), .254 (metadata), .123 (time). A load for others is sent by iperf3.";

/// So many datagrams that they would take too long.
pub fn hping_too_long(most: u64) -> String {
    format!("hping3: {most} seconds are the most that is played here: fewer datagrams (-c), or a shorter interval (-i)")
}

/// A load that is longer than what is kept of one.
pub fn iperf_too_long(most: u64) -> String {
    format!("iperf3: parameter error - with so many streams {most} seconds are the most that is played here (-t)")
}

/// How `hostname` is used.
pub const HOSTNAME_USAGE: &str = "usage: hostname [-f|-s|-i|-I]";
/// How `traceroute` is used.
pub const TRACEROUTE_USAGE: &str = "usage: traceroute [-n] [-I|-T] [-p PORT] [-m HOPS] NAME|ADDRESS";
/// How `nc` is used.
pub const NC_USAGE: &str = "usage: nc -zv [-u] [-w SECONDS] NAME|ADDRESS PORT";
/// A packet that is longer than any interface takes.
pub fn no_such_length(from: &str, bytes: u16, most: u16) -> String {
    format!("{from} sends no packet of {bytes} bytes: expected at most {most}")
}

/// An id that is neither of a flow log nor of an ENI.
pub fn no_log_or_interface(id: &str) -> String {
    format!("there is no flow log or network interface {id} in this network: ids are expected here, such as fl-… or eni-…")
}

/// An ENI that is not there.
pub fn no_interface(id: &str) -> String {
    format!("there is no network interface {id} in this network")
}

/// How `tcpdump` is used.
pub const TCPDUMP_USAGE: &str =
    "usage: tcpdump [-n] [-e] [-t] [-i INTERFACE|any] [-c COUNT] [FILTER], such as: tcpdump -ni any tcp port 443 and host 10.0.1.20
       It listens to COUNT packets, at most 60 seconds; without -c to 10 packets or for 10 seconds.
       `eni capture` and the page's menu give whole packets as a file for Wireshark.";
/// How `timeout` is used.
pub const TIMEOUT_USAGE: &str = "usage: timeout SECONDS tcpdump …";

/// A filter of `tcpdump` that cannot be read, at this word.
pub fn tcpdump_filter(word: &str) -> String {
    let what = if word.is_empty() { "at its end".to_owned() } else { format!("at “{word}”") };
    format!("tcpdump: can't parse filter expression: syntax error\n({what})\n{TCPDUMP_USAGE}")
}

/// An interface that a guest does not have.
pub fn tcpdump_no_device(name: &str) -> String {
    format!("tcpdump: {name}: No such device exists (`ip link` lists the interfaces)")
}

/// What `tcpdump` says beside the packets.
pub fn tcpdump_said(link: &str, any: bool, count: usize) -> String {
    let (head, kind) =
        if any { ("tcpdump: data link type LINUX_SLL2\n", "LINUX_SLL2 (Linux cooked v2)") } else { ("", "EN10MB (Ethernet)") };
    let packets = |what: &str| format!("{count} packet{} {what}\n", if count == 1 { "" } else { "s" });
    format!(
        "{head}tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\nlistening on {link}, link-type {kind}, snapshot length 262144 bytes\n{}{}0 packets dropped by kernel\n",
        packets("captured"),
        packets("received by filter")
    )
}

/// How `host` is used.
pub const HOST_USAGE: &str = "usage: host NAME";
/// How `getent` is used.
pub const GETENT_USAGE: &str = "usage: getent hosts NAME";

/// Which names of the internet are known.
pub fn names_known() -> String {
    let names: Vec<&str> = PUBLIC_HOSTS.iter().map(|host| host.name).collect();
    format!("(the playground's internet has the names of AWS's services in this region, and these: {})", names.join(", "))
}

/// An instance that is not there.
pub fn no_host(name: &str) -> String {
    format!("ssh: Could not resolve hostname {name}: there is no instance of this name, id or address")
}

/// An instance that does not run.
pub fn host_is_down(name: &str) -> String {
    format!("ssh: connect to host {name} port 22: Connection timed out")
}

/// A wait in which too much would happen.
pub fn too_busy(questions: u64) -> String {
    format!("wait: clients would ask {questions} times in this time; pause some of them (ask --pause CLIENT), or wait for a shorter time")
}

/// A number that no rule has.
pub fn no_rule(number: &str) -> String {
    let number: String = number.chars().take(20).collect();
    format!("rules: there is no rule {number}; refusals and answers name theirs, such as E15")
}

/// The commands of the shell, for `help`.
pub const HELP: &str = "\
aws ec2 COMMAND [options]   what the AWS command line does; aws ec2 help lists the commands
NAME=value, NAME=$(aws …)   variables; $NAME stands for the value
for NAME in a b; do …; done
                            the same commands for each of several values
wait 5s, sleep 5            lets virtual time pass
echo TEXT                   prints
> FILE, >> FILE, << END, 2>&1, >/dev/null
                            where what a command prints goes, and what it reads; the files are the
                            shell's own: cat, ls, rm FILE, and file://FILE as an option's value
aws … | jq -r .Vpcs[0].VpcId
                            a plain path of jq; --query can do more
expect ok                   the aws command before was accepted
expect refused CODE         it was refused, with this code
expect trace A B tcp 443 DELIVERED
                            a packet from A to B has this fate; A and B are names, ids, addresses or internet
trace A B tcp 443           the way of a packet from A to B and of its answer, check by check
connect A B tcp 22          opens a connection and keeps it
expect open A B tcp 22      packets of that connection still get through, both ways
expect cut A B tcp 22       they do not any more
ssh I ping B, ssh I curl B  a program on the instance I asks; it prints what real ones print, and time passes; also
                            nc -zv B PORT, dig NAME, host NAME, getent hosts NAME
ssh I COMMAND               types a command on an instance: listen tcp 443, ip addr add …, sysctl …
ssh -i KEY ec2-user@ADDRESS COMMAND
                            the same; no key is asked for
ask A B tcp 443             one question; with --every 500ms over and over, ask --pause, --resume, --stop CLIENT
flow-logs, flow-logs fl-…   what flow logs have written; aws logs filter-log-events reads it as on AWS
move ENI INSTANCE INDEX     an ENI goes to an instance, off another one first
fault hang I                the system on the instance I hangs: it answers nothing, and AWS still calls it running
fault loss I --per-mille 200
                            of a thousand packets that reach or leave I, 200 are lost, by chance
fault connections I --at-most 20
                            security groups track 20 connections of I at a time, and drop what would begin more: rules S45
fault hang I --mend, fault loss I --mend, fault connections I --mend
                            it does not any more; what a reboot mends, and what a stop, is in: rules L17, rules L18
fault spot-notice I         AWS tells the spot instance I that it takes it back in two minutes
service takes lambda SUBNET a service of AWS takes a subnet and prints the id of its network interface, which
                            it manages itself; also rds, efs, alb, nlb; --name NAME, --groups GROUP …
service leaves ENI          it gives the subnet up, and its network interface goes
rules                       what the playground does not do, and why; rules E15 says that rule
set -e                      the first failure ends the script
exit, exit 1                ends the script with this exit code
help                        this
";

/// The commands of a page's terminal beside them.
pub const PAGE_HELP: &str = "\
name ID NAME, title TITLE   names on the board, the title of it all
undo, redo                  takes the last line back, does it again
clear                       takes the lines off the page
Lines that are pasted together wait for one another as a script does; a line alone takes no time.
";

/// What a script's help says beside them.
pub const RUN_HELP: &str = "\
Between two aws lines everything that is under way is done, so nothing has to be waited for;
with eni run --no-settle it takes its time: wait 5s and aws ec2 wait let it pass.
";

/// How `seq` is used.
pub const SEQ_USAGE: &str = "usage: seq [FIRST [STEP]] LAST, whole numbers, 4096 of them at most";

/// A word that braces make too many words of.
pub fn too_many_words(limit: usize) -> String {
    format!("braces make more than {limit} words of one")
}

/// A word with very many braces outside of quotes.
pub fn too_many_braces(limit: usize) -> String {
    format!("more than {limit} braces open in one word; in quotes they mean nothing")
}

/// Braces in braces in braces.
pub fn braces_too_deep(limit: usize) -> String {
    format!("braces stand deeper than {limit} in each other; in quotes they mean nothing")
}

/// A word that braces make too long.
pub fn braces_too_long(limit: usize) -> String {
    format!("braces make more than {limit} letters of one word")
}

/// A line that is longer than may be.
pub fn line_too_long(limit: usize) -> String {
    format!("the line is longer than {limit} bytes")
}

/// Scripts in scripts in scripts.
pub fn too_deep(limit: usize) -> String {
    format!("$(…) nests deeper than {limit}")
}

/// Loops in loops in loops.
pub fn loops_too_deep(limit: usize) -> String {
    format!("loops stand deeper than {limit} in each other")
}

/// How faults begin that something more could mend.
const UNCLOSED: &str = "unexpected EOF while looking for matching";

/// A quote or bracket that nothing closes.
pub fn unclosed(sign: char) -> String {
    format!("{UNCLOSED} `{sign}'")
}

/// A construct whose last word does not come.
pub fn unclosed_word(word: &str) -> String {
    format!("{UNCLOSED} `{word}'")
}

/// A branch, loop or function.
pub fn no_construct(construct: &str) -> String {
    let instead = match construct.split(' ').next() {
        Some("if" | "case") => "write its commands out, with && and ||: aws … && aws … || exit 1",
        Some("for" | "select") => {
            "for NAME in a b c; do …; done is known, without anything behind it; others are written out, once for each turn"
        }
        Some("while" | "until") => {
            "to wait until something is so there are aws ec2 wait and wait 5s; other commands are written out, once for each turn"
        }
        Some("f()") => "write its commands where it is called",
        Some("[" | "[[" | "test" | "((") => "what is so is known while a script is written; aws ec2 wait waits until something is so",
        Some("!") => "write a || b in the place of ! a && b",
        Some("read" | "eval" | "source" | ".") => "write out what it would take in",
        _ => "write its commands in lines of their own",
    };
    format!("the playground's shell has no `{construct}': nothing of it ran, and the script ends here; {instead}")
}

/// `break` and `continue`.
pub fn no_break(name: &str) -> String {
    format!("the playground's shell has no `{name}': a loop does all of its turns, and the script ends here")
}

/// Loops that go on for too long.
pub fn too_many_turns(limit: usize) -> String {
    format!("loops of a script have {limit} turns together at most: the script ends here")
}

/// An array, or an element of one.
pub fn no_array(text: &str) -> String {
    let text: String = text.chars().take(100).collect();
    format!(
        "the playground's shell has no arrays: `{text}' is not known, and {NOTHING_RAN}; several words in one variable do: A='a b', and $A \
         without quotes is split into them"
    )
}

/// A status that is no number.
pub fn no_status(word: &str) -> String {
    let word: String = word.chars().take(100).collect();
    format!("exit: {word}: numeric argument required")
}

/// Whether a fault is one of [`unclosed`].
pub fn is_unclosed(fault: &str) -> bool {
    fault.starts_with(UNCLOSED)
}

/// A sign where none may stand.
pub fn near(sign: &str) -> String {
    format!("syntax error near unexpected token `{sign}'")
}

/// A sign of bash that is not known.
pub fn no_operator(sign: char) -> String {
    format!("the playground's shell has no jobs and no brackets: `{sign}' is not known here; put it in quotes if it is text")
}

/// What is said of every line of which nothing ran.
const NOTHING_RAN: &str = "nothing of this line ran";

/// A stream that nothing here has.
pub fn no_stream(name: &str) -> String {
    let name: String = name.chars().take(100).collect();
    format!("the playground's shell has the streams 1 and 2: `{name}' is not known, and {NOTHING_RAN}; >FILE, 2>FILE, &>FILE and 2>&1 are")
}

/// A text in the lines below whose end does not come.
pub fn no_end_below(end: &str) -> String {
    let end: String = end.chars().take(100).collect();
    format!("the text below goes on to a line with `{end}' alone, which does not come: {NOTHING_RAN}")
}

/// More than the shell's files hold.
pub fn no_room(files: usize, kilobytes: usize) -> String {
    format!("the playground's shell keeps {files} files, {kilobytes} kB in all of them together; rm FILE makes room, --query prints less")
}

/// How `ssh` is used.
pub const SSH_USAGE: &str = "usage: ssh [-i KEY] [USER@]INSTANCE|ADDRESS COMMAND";

/// `ssh` without a command.
pub fn no_login(name: &str) -> String {
    let name: String = name.chars().take(100).collect();
    format!(
        "ssh: nobody logs in here, and no key is asked for; a command behind it is done on the instance: ssh {name} ping ADDRESS, or curl, nc, dig, host, \
         getent, listen tcp 443, ip addr add …, sysctl …"
    )
}

/// A pipe to something that is not here.
pub fn no_pipe(name: &str) -> String {
    let name: String = name.chars().take(100).collect();
    format!(
        "the playground's shell has no `{name}' behind `|': {NOTHING_RAN}; --filters and --query choose what is printed, --output text prints it \
         bare: aws ec2 describe-vpcs --query 'Vpcs[].VpcId' --output text"
    )
}

/// A program of jq that is more than a path.
pub fn no_jq(program: &str) -> String {
    let program: String = program.chars().take(100).collect();
    format!(
        "the playground's jq knows plain paths, .A.B[0] or .A[].B, and -r: `{program}' is more, and {NOTHING_RAN}; --query can do it: \
         aws ec2 describe-vpcs --query 'Vpcs[?IsDefault].VpcId' --output text"
    )
}

/// A pipe behind a pipe.
pub fn no_second_pipe() -> String {
    format!("the playground's shell has one `|' in a command, to jq or cat: {NOTHING_RAN}")
}

/// What jq says where a value is not what a path wants.
pub fn jq_error(line: usize, why: &str) -> String {
    format!("jq: error (at <stdin>:{line}): {why}\n")
}

/// What jq says of what is no JSON.
pub const JQ_NOT_JSON: &str = "jq: parse error: what comes in is not JSON, which aws prints with --output json\n";

/// A `${…}` that is more than a name.
pub fn bad_substitution(name: &str) -> String {
    let name: String = name.chars().take(100).collect();
    if name.contains('[') { no_array(&format!("${{{name}}}")) } else { format!("${{{name}}}: bad substitution") }
}

/// A command that is none.
pub fn not_found(name: &str) -> String {
    let name: String = name.chars().take(100).collect();
    if name.split_once("]=").is_some_and(|(head, _)| head.contains('[')) { no_array(&name) } else { format!("{name}: command not found") }
}

/// What was expected happened.
pub fn as_expected(got: &str) -> String {
    format!("as expected: {got}\n")
}

/// What was expected and what was.
pub fn expected(wanted: &str, got: &str) -> String {
    format!("expect: wanted {wanted}, got {got}")
}

/// What `aws --version` prints: a version that scripts look for, and what it is here.
pub fn version() -> String {
    format!("aws-cli/2 (ENI Playground {}: it reads aws lines as version 2 does, and reaches no account)\n", env!("CARGO_PKG_VERSION"))
}

/// `--cli-input-yaml`.
pub const NO_YAML_INPUT: &str = "--cli-input-yaml is not read here; --cli-input-json takes the same members as JSON, and \
    --generate-cli-skeleton prints them.";
/// `aws logs tail --follow`.
pub const NO_FOLLOW: &str = "--follow goes on until somebody stops it; here time passes only while a line waits. Let some pass (wait 60s), then \
    ask again without --follow.";

/// A moment that cannot be read.
pub fn no_moment(text: &str) -> String {
    let text: String = text.chars().take(100).collect();
    format!("Invalid timestamp \"{text}\": it is a number with s, m, h, d or w behind it, or a moment such as 2026-01-01T00:00:00Z")
}

/// What `wait` is, in the list of commands.
pub const WAIT_LINE: &str = "waits until something is so; aws ec2 wait help lists what";

/// What a waiter does: by which call it asks, where it looks, what all must be there, and what ends it.
pub fn waiter(call: &str, states: &str, wanted: &str, ends: &[&str], (attempts, seconds): (u64, u64)) -> String {
    let until = match (states, wanted) {
        ("", _) => format!("{call} is not refused"),
        (states, "") => format!("{states} of {call} has something in it"),
        _ => format!("all of {states} of {call} is {wanted}"),
    };
    let ends = if ends.is_empty() { String::new() } else { format!("; gives up where one is {}", ends.join(" or ")) };
    format!("waits until {until}{ends}. Asks every {seconds} seconds, {attempts} times at most; then the exit code is 255")
}

/// A command that is none of a service's, where there are many.
pub fn none_of(given: &str, count: usize, help: &str) -> String {
    format!(
        "'{given}' is none of the {count} that are here; AWS may well have it.\n{help} lists what is here, and rules (without aws) what is left out, and why.\n"
    )
}

/// How a service stands in the list of services: what it is, and where its commands are listed.
pub fn service_line(what: &str, name: &str) -> String {
    format!("{what}; aws {name} help lists its commands")
}

/// An expression of `--query` that is too much.
pub fn query_limits(bytes: usize, deep: usize) -> String {
    format!("It is longer than {bytes} bytes or nests deeper than {deep}.")
}

/// A value of an option that is too much.
pub fn value_limit(deep: usize) -> String {
    format!("It nests deeper than {deep}.")
}

/// A skeleton that is not made here.
pub fn no_skeleton(kind: &str) -> String {
    format!(
        "The playground does not have --generate-cli-skeleton {kind}; AWS has it. --generate-cli-skeleton prints what a request may have, as JSON."
    )
}

/// An object in the command line's own notation that has a key twice, with the place of the second.
pub fn key_twice(key: &str, place: &str) -> String {
    let key: String = key.chars().take(100).collect();
    let why = "This is often because there is a preceding \",\" instead of a space.";
    format!("Second instance of key \"{key}\" encountered for input:\n{place}\n{why}")
}

/// A region that is not here.
pub fn other_region(asked: &str, here: &str) -> String {
    let asked: String = asked.chars().take(100).collect();
    format!("Could not connect to {asked}: the playground holds one region, {here}")
}

/// A payload that says where to connect, but not whom and on which port.
pub const NO_TARGET: &str = "connect: expected HOST:PORT, as 10.0.1.5:443";

/// A function in a VPC without a network interface there.
pub const NO_INTERFACE: &str = "The function has no network interface in its VPC";

/// What a function's program says of a name that nobody knows.
pub const NO_SUCH_NAME: &str = "[Errno -2] Name or service not known";

/// What it says where nobody answers for names.
pub const NAME_NOT_TOLD: &str = "[Errno -3] Temporary failure in name resolution";

/// What it says of a port where nobody waits.
pub const NOT_TAKEN: &str = "[Errno 111] Connection refused";
