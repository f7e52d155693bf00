//! A terminal on a session: what lines do is done, undone, written down and refused as all acts are.

use super::*;
use crate::act::{Act, Asking, Fault, SceneAct, WorldAct};
use crate::session::EchoView;
use serde_json::Value;

mod asks;
mod moves;

/// An owner that writes down into a list.
struct Owner {
    session: Session,
    journal: Vec<String>,
    readonly: bool,
}

impl Desk for Owner {
    fn session(&self) -> &Session {
        &self.session
    }
    fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }
    fn closed(&self) -> Option<String> {
        self.readonly.then(|| "for reading".to_owned())
    }
    fn write_down(&mut self, entry: String) {
        self.journal.push(entry);
    }
    fn turn(&mut self, back: bool) -> bool {
        self.journal.push(if back { self.session.journal_undo() } else { self.session.journal_redo() });
        if back { self.session.undo() } else { self.session.redo() }
    }
}

fn owner(scene: &str) -> Owner {
    Owner { session: Session::open(scene).unwrap(), journal: Vec::new(), readonly: false }
}

/// Runs all of a text; how many lines were left out.
fn run(terminal: &mut Terminal, owner: &mut Owner, text: &str) -> usize {
    terminal.take(text, Language::English).unwrap();
    let mut left_out = 0;
    while terminal.is_busy() {
        left_out += terminal.run_next(owner).unwrap().left_out;
    }
    left_out
}

fn typed(owner: &mut Owner, text: &str) -> EchoView {
    run(&mut Terminal::default(), owner, text);
    owner.session.echo().pop().unwrap()
}

fn state(session: &Session) -> Value {
    serde_json::from_str::<Value>(&session.document()).unwrap().get("state").unwrap().clone()
}

/// What a line printed, on one stream or the other.
fn printed(line: &EchoView, error: bool) -> String {
    line.printed.iter().filter(|piece| piece.error == error).map(|piece| piece.text.as_str()).collect()
}

const TUTORIAL: &str = r#"# A VPC with a public subnet
VPC=$(aws ec2 create-vpc --cidr-block 10.9.0.0/16 \
  --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.9.1.0/24 --query Subnet.SubnetId --output text)

# Two of them at once
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text); aws ec2 attach-internet-gateway \
  --internet-gateway-id "$IGW" --vpc-id "$VPC"
aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.9.1.0/24
aws ec2 describe-subnets --subnet-ids $SUBNET --query 'Subnets[0].CidrBlock' --output text
"#;

#[test]
fn a_pasted_script_runs_line_by_line_and_a_refusal_does_not_stop_it() {
    let mut owner = owner("fresh-account");
    let mut terminal = Terminal::default();
    assert_eq!(run(&mut terminal, &mut owner, TUTORIAL), 0);
    let lines = owner.session.echo();
    let firsts: Vec<(&str, bool)> = lines.iter().map(|line| (line.line.split(' ').next().unwrap(), line.accepted)).collect();
    assert_eq!(firsts.len(), 5, "{firsts:?}");
    assert!(lines[0].line.starts_with("# A VPC with") && lines[0].line.ends_with("--output text)"), "{}", lines[0].line);
    assert_eq!(lines.iter().map(|line| line.accepted).collect::<Vec<_>>(), [true, true, true, false, true]);
    assert!(lines.iter().all(|line| line.typed));
    let refused = &lines[3];
    assert!(
        printed(refused, true).starts_with("\nAn error occurred (InvalidSubnet.Conflict) when calling the CreateSubnet operation: "),
        "{refused:?}"
    );
    let why = refused.printed[0].refusal.as_ref().expect("what is known of it");
    assert!(!why.reason.is_empty() && !why.remedy.is_empty(), "{why:?}");
    assert_eq!(printed(&lines[4], false), "10.9.1.0/24\n");
    assert!(state(&owner.session).to_string().contains("10.9.0.0/16"));
}

#[test]
fn what_one_line_does_is_one_step_of_undo_and_redo() {
    let mut owner = owner("fresh-account");
    let start = state(&owner.session);
    run(&mut Terminal::default(), &mut owner, TUTORIAL);
    let end = state(&owner.session);
    let mut states = vec![end.clone()];
    while owner.session.undo() {
        states.push(state(&owner.session));
    }
    assert_eq!(states.len(), 4, "a VPC, a subnet, a gateway with its attachment");
    assert_eq!(*states.last().unwrap(), start);
    for expected in states.iter().rev().skip(1) {
        assert!(owner.session.redo());
        assert_eq!(state(&owner.session), *expected);
    }
    assert!(!owner.session.redo());
}

#[test]
fn what_was_written_down_leads_to_the_same_world_with_the_same_steps() {
    let mut owner = owner("low-budget-ha");
    let script = "aws ec2 allocate-address; aws ec2 allocate-address\nwait 1500ms\naws ec2 stop-instances --instance-ids \\\n $(aws ec2 describe-instances --query 'Reservations[0].Instances[0].InstanceId' --output text)\naws ec2 wait instance-stopped --filters Name=instance-state-name,Values=stopping,stopped\nundo\nredo\nsleep 2";
    let mut terminal = Terminal::default();
    assert_eq!(run(&mut terminal, &mut owner, script), 0);
    assert!(owner.session.echo().iter().all(|line| line.accepted), "{:#?}", owner.session.echo());
    let (mut recovered, left_out) = Session::recover("low-budget-ha", &owner.journal).unwrap();
    assert_eq!((left_out, recovered.now()), (0, owner.session.now()));
    assert_eq!(recovered.document(), owner.session.document());
    let steps = |session: &mut Session| {
        let mut texts = Vec::new();
        while let Some(text) = session.undo_text() {
            session.undo();
            texts.push(text);
        }
        texts
    };
    let texts = steps(&mut owner.session);
    assert_eq!(texts.len(), 2, "two addresses of one line, and the stop: {texts:?}");
    assert_eq!(steps(&mut recovered), texts);
}

#[test]
fn a_line_alone_takes_no_time_and_a_script_waits_for_what_it_began() {
    let mut owner = owner("low-budget-ha");
    let stop = "aws ec2 stop-instances --instance-ids web-1\n";
    let ask = "aws ec2 describe-instances --instance-ids web-1 --query 'Reservations[0].Instances[0].State.Name' --output text\n";
    let web = printed(
        &typed(
            &mut owner,
            "aws ec2 describe-instances --filters Name=tag:Name,Values=web-1 --query 'Reservations[0].Instances[0].InstanceId' --output text",
        ),
        false,
    );
    let with = |text: &str| text.replace("web-1", web.trim());
    owner.session.advance(700_000);
    let before = owner.session.now();
    typed(&mut owner, &with(stop));
    assert_eq!(owner.session.now(), before);
    assert_eq!(printed(&typed(&mut owner, &with(ask)), false), "stopping\n");
    assert_eq!(owner.session.now(), before);
    assert!(owner.session.undo());
    let line = typed(&mut owner, &with(&format!("{stop}{ask}")));
    assert_eq!(printed(&line, false), "stopped\n");
    assert!(owner.session.now() > before);
    // A waiter waits no longer than it takes.
    assert!(owner.session.undo());
    run(&mut Terminal::default(), &mut owner, &with(stop));
    let (begun, waited) = (owner.session.now(), with("aws ec2 wait instance-stopped --instance-ids web-1"));
    assert!(typed(&mut owner, &waited).accepted);
    assert!(owner.session.now() > begun && owner.session.now() - begun < 15_000_000, "{}", owner.session.now() - begun);
    assert_eq!(printed(&typed(&mut owner, &with(ask)), false), "stopped\n");
}

#[test]
fn a_page_for_reading_answers_questions_and_refuses_acts() {
    let mut owner = owner("fresh-account");
    owner.readonly = true;
    let before = owner.session.document();
    for act in ["aws ec2 create-vpc --cidr-block 10.0.0.0/16", "undo", "ssh web-1 listen tcp 80"] {
        let line = typed(&mut owner, act);
        assert!(!line.accepted && printed(&line, true).contains("for reading"), "{line:?}");
    }
    assert!(printed(&typed(&mut owner, "aws ec2 describe-vpcs --output text"), false).contains("172.31.0.0/16"));
    let rehearsal = typed(&mut owner, "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --dry-run");
    assert!(printed(&rehearsal, true).contains("(DryRunOperation)"));
    assert_eq!(owner.session.document(), before);
}

#[test]
fn what_describes_or_is_refused_before_it_is_an_act_is_not_written_down() {
    let mut owner = owner("fresh-account");
    for text in [
        "aws ec2 describe-vpcs",
        "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --dry-run",
        "aws ec2 create-vpc --cidr",
        "echo hello",
        "# nothing",
    ] {
        run(&mut Terminal::default(), &mut owner, text);
        assert_eq!(owner.journal, Vec::<String>::new(), "{text}");
    }
    assert_eq!(owner.session.undo_text(), None);
}

#[test]
fn what_ends_a_script_says_how_much_was_left_out() {
    let mut owner = owner("fresh-account");
    let mut terminal = Terminal::default();
    let script = "set -e\naws ec2 delete-vpc --vpc-id vpc-0123456789abcdef0\necho one\n\necho two\n";
    assert_eq!(run(&mut terminal, &mut owner, script), 2);
    assert_eq!(owner.session.echo().len(), 2);
    for (ends, left_out) in [("exit", 1), ("if true\nthen\n  echo one\n  echo two\nfi", 1), ("$(exit)", 0)] {
        assert_eq!(run(&mut Terminal::default(), &mut self::owner("fresh-account"), &format!("{ends}\necho two\n")), left_out, "{ends}");
    }
    assert_eq!(run(&mut terminal, &mut owner, "echo three"), 0);
    assert_eq!(printed(&owner.session.echo()[2], false), "three\n");
}

#[test]
fn variables_live_as_long_as_the_terminal() {
    let mut owner = owner("fresh-account");
    let mut terminal = Terminal::default();
    run(&mut terminal, &mut owner, "A='a  b'");
    run(&mut terminal, &mut owner, "echo \"$A\"");
    assert_eq!(printed(&owner.session.echo()[1], false), "a  b\n");
}

#[test]
fn files_come_back_where_variables_do() {
    let mut owner = owner("fresh-account");
    let mut terminal = Terminal::default();
    run(&mut terminal, &mut owner, "cat > rules.json <<EOF\n[]\nEOF\nA=1; echo a > f; echo b > g");
    run(&mut terminal, &mut owner, "rm f; cat rules.json");
    let line = owner.session.echo().pop().unwrap();
    assert_eq!(printed(&line, false), "[]\n");
    assert_eq!(owner.session.echo()[0].line, "cat > rules.json <<EOF\n[]\nEOF");
    assert!(!owner.session.undo(), "a file is no part of the world");
    let (session, left_out) = Session::recover("fresh-account", &owner.journal).unwrap();
    owner.session = session;
    run(&mut Terminal::default(), &mut owner, "ls; echo $A");
    let line = owner.session.echo().pop().unwrap();
    assert_eq!((printed(&line, false).as_str(), left_out), ("g\nrules.json\n1\n", 0));
    // A journal that begins anew has them, too.
    let (session, _) = Session::recover("fresh-account", &owner.session.journal_terminal().into_iter().collect::<Vec<String>>()).unwrap();
    assert_eq!(session.variables(), owner.session.variables());
}

#[test]
fn too_much_is_not_taken_and_too_long_an_answer_says_what_is_missing() {
    let mut owner = owner("fresh-account");
    let mut terminal = Terminal::default();
    let said = terminal.take(&"x".repeat(1 << 20), Language::English).unwrap_err();
    assert!(said.contains("1024 kB") && said.contains("256 kB"), "{said}");
    assert!(!terminal.is_busy());
    let long = "echo ".to_owned() + &"é ".repeat(60_000);
    run(&mut terminal, &mut owner, &long);
    let line = owner.session.echo().pop().unwrap();
    assert!(printed(&line, false).len() <= MOST_SHOWN && printed(&line, false).len() > MOST_SHOWN - 3);
    assert!(printed(&line, true).starts_with("… 112 kB more"), "{}", printed(&line, true));
    let many = "aws ec2 help\n".repeat(3);
    run(&mut terminal, &mut owner, &many);
    assert!(
        owner
            .session
            .echo()
            .iter()
            .all(|line| line.printed.iter().map(|piece| piece.text.lines().count()).sum::<usize>() <= MOST_LINES_SHOWN + 1)
    );
}

#[test]
fn what_was_done_on_the_board_can_be_recalled_like_what_was_typed() {
    let mut owner = owner("low-budget-ha");
    assert!(owner.session.execute(&Act::ec2("AllocateAddress", serde_json::json!({ "Domain": "vpc" }))).result.is_ok());
    typed(&mut owner, "echo one");
    typed(&mut owner, "echo one");
    let lines = owner.session.echo();
    assert_eq!((recalled(&lines, 0), recalled(&lines, 1)), (None, Some("echo one")));
    assert!(recalled(&lines, 2).is_some_and(|line| line.starts_with("aws ec2 allocate-address")));
    assert_eq!(recalled(&lines, 3), None);
    let again = recalled(&lines, 2).unwrap().to_owned();
    assert!(typed(&mut owner, &again).accepted);
}

#[test]
fn completion_goes_on_as_far_as_all_words_do() {
    let ids = ["eni-00000000000000001", "eni-00000000000000002", "i-00000000000000001"].map(str::to_owned);
    let insert = |before: &str| completion(before, &ids).insert;
    assert_eq!(insert("aw"), "s ");
    assert_eq!(insert("aws ec2 detach-n"), "etwork-interface ");
    assert_eq!(insert("X=$(aws ec2 detach-n"), "etwork-interface ");
    assert_eq!(insert("echo a; aws ec2 detach-n"), "etwork-interface ");
    assert_eq!(insert("aws ec2 attach-network-interface \\\n  --inst"), "ance-id ");
    assert_eq!(insert("aws ec2 attach-network-interface --instance-id "), "i-00000000000000001 ");
    assert_eq!(insert("aws ec2 detach-network-interface --attachment-id i"), "-00000000000000001 ");
    for (typed, rest) in [("mov", "e "), ("und", "o "), ("conn", "ect "), ("echo $(mov", "e "), ("echo mov", "")] {
        assert_eq!(insert(typed), rest, "{typed}");
    }
    let several = completion("aws ec2 attach-network-interface --network-interface-id e", &ids);
    assert_eq!((several.insert.as_str(), several.words.len()), ("ni-0000000000000000", 2));
    assert_eq!(completion("moon ", &ids), Completion::default());
    let all = completion("aws ec2 ", &ids);
    assert!(all.insert.is_empty() && all.words.len() > 60);
}

#[test]
fn lines_that_go_on_are_told_from_whole_ones() {
    for open in ["aws ec2 describe-vpcs \\", "echo 'a", "A=$(aws ec2", "echo \"x", "echo `x", "echo ${A"] {
        assert!(wants_more(open), "{open}");
    }
    for whole in ["", "aws ec2 describe-vpcs", "echo 'a'", "echo a\\\\", "echo a | b", "# it's"] {
        assert!(!wants_more(whole), "{whole}");
    }
    assert_eq!(first_line("echo 'a\nb' # c\necho d"), "echo 'a\nb' # c\n".len());
    assert_eq!(first_line("\n\n  # x\necho a; echo b && echo c\necho d"), "\n\n  # x\necho a; echo b && echo c\n".len());
    assert_eq!(first_line("echo a | b\necho c"), "echo a | b\n".len());
}

/// An act of each kind that the board, its menus and its forms do and that is no call of AWS; ids and names are those of the first scene.
fn acts_of_the_board(session: &Session) -> Vec<Act> {
    let ids = session.ids();
    let id = |prefix: &str| ids.iter().find(|id| id.starts_with(prefix)).unwrap().clone();
    let asking = |every_ms, name: &str, protocol: &str, port| Asking {
        name: name.to_owned(),
        from: "ops-1".to_owned(),
        to: "web 2's".to_owned(),
        protocol: protocol.to_owned(),
        port,
        every_ms,
        timeout_ms: every_ms * 2,
        ..Asking::default()
    };
    let (eni, instance) = (id("eni-0"), id("i-"));
    let scene = [
        SceneAct::Title { title: "it's \"mine\"  $HOME".to_owned() },
        SceneAct::Title { title: String::new() },
        SceneAct::Name { id: eni.clone(), name: "a b".to_owned() },
        SceneAct::Name { id: eni.clone(), name: String::new() },
        SceneAct::Place { id: eni.clone(), x: -40, y: 12 },
        SceneAct::Move { eni: eni.clone(), instance: instance.clone(), card: 0, index: 3 },
        SceneAct::Move { eni, instance: instance.clone(), card: 1, index: 3 },
        SceneAct::Ask(asking(0, "", "tcp", 443)),
        SceneAct::Ask(asking(0, "", "icmp", 0)),
        SceneAct::AddClient(asking(250, "", "udp", 53)),
        SceneAct::AddClient(asking(250, "a client", "icmp", 0)),
        SceneAct::PauseClient { client: 1, paused: true },
        SceneAct::PauseClient { client: 1, paused: false },
        SceneAct::RemoveClient { client: 1 },
    ];
    let fault = |fault, broken| WorldAct::Fault { instance: instance.clone(), fault, broken };
    let faults = [Fault::Hang, Fault::Loss(200), Fault::Connections(10)];
    let breaks = faults.into_iter().map(|kind| fault(kind, true));
    let mends = [Fault::Hang, Fault::Loss(200), Fault::Connections(0)].into_iter().map(|kind| fault(kind, false));
    let world: Vec<_> = breaks.chain(mends).collect();
    let told = WorldAct::SpotNotice { instance: instance.clone() };
    let guest = Act::Guest { instance, command: "listen tcp 8443".to_owned() };
    scene.into_iter().map(Act::Scene).chain(world.into_iter().chain([told]).map(Act::World)).chain([guest]).collect()
}

#[test]
fn what_the_board_writes_can_be_typed() {
    let session = Session::open("low-budget-ha").unwrap();
    for act in acts_of_the_board(&session) {
        let mut owner = owner("low-budget-ha");
        let expected = owner.session.journal_line(&act);
        let line = typed(&mut owner, &act.echo());
        assert_eq!(owner.journal, [expected], "{}: {line:?}", act.echo());
        // On the board it comes to the same, and so does what is said of a refusal.
        let mut board = Session::open("low-budget-ha").unwrap();
        let done = board.execute(&act);
        assert_eq!(state(&owner.session), state(&board), "{}", act.echo());
        assert_eq!(line.accepted, done.result.is_ok(), "{}: {line:?}", act.echo());
    }
}

#[test]
fn filters_are_completed_by_name_and_then_by_value() {
    let ids = ["subnet-00000000000000001", "vpc-00000000000000001", "vpc-00000000000000002"].map(str::to_owned);
    let insert = |before: &str| completion(before, &ids).insert;
    let all = completion("aws ec2 describe-subnets --filters ", &ids);
    assert_eq!(all.insert, "Name=");
    assert!(all.words.contains(&"Name=vpc-id,Values=".to_owned()) && all.words.contains(&"Name=tag:Name,Values=".to_owned()), "{all:?}");
    assert_eq!(insert("aws ec2 describe-subnets --filters Name=vp"), "c-id,Values=");
    assert_eq!(insert("aws ec2 describe-subnets --filters Name=vpc-id,Values="), "vpc-0000000000000000");
    assert_eq!(insert("aws ec2 describe-subnets --filters Name=vpc-id,Values=vpc-00000000000000001,"), "vpc-00000000000000002 ");
    // The next filter, and of another call its own ones.
    assert_eq!(insert("aws ec2 describe-subnets --filters Name=state,Values=available Name=subnet-i"), "d,Values=");
    assert_eq!(insert("aws ec2 describe-instances --filters Name=instance-st"), "ate-");
    assert_eq!(insert("aws ec2 describe-vpcs --filters Name=moon,Values="), "");
    // What a name asks for is said by its end; what AWS has and the playground has not is not offered.
    assert_eq!(insert("aws ec2 describe-instances --filters Name=network-interface.subnet-id,Values="), "subnet-00000000000000001 ");
    let offered = completion("aws ec2 describe-instances --filters Name=", &ids).words;
    assert!(offered.iter().all(|word| !word.contains('!') && !word.contains("launch-index")), "{offered:?}");
}

#[test]
fn lines_open_connections_and_ask_after_them() {
    let mut owner = owner("low-budget-ha");
    let mut terminal = Terminal::default();
    for (line, accepted) in [
        ("connect internet svc tcp 443", true),
        ("expect open internet svc tcp 443", true),
        ("expect cut internet svc tcp 443", false),
        ("connect internet web-1 tcp 443", false),
        ("connect moon svc tcp 443", false),
    ] {
        run(&mut terminal, &mut owner, line);
        let line = owner.session.echo().pop().unwrap();
        assert_eq!(line.accepted, accepted, "{line:?}");
    }
    assert_eq!(owner.journal, Vec::<String>::new(), "it changes nothing");
}

#[test]
fn entries_of_the_terminal_that_are_not_as_written_change_nothing() {
    let (empty, sound) = (Session::open("empty").unwrap(), r#"{"at":0,"terminal":{"variables":{"A":"1"},"height":40}}"#);
    let recover = |line: &str| Session::recover("empty", &[sound.to_owned(), line.to_owned()]).unwrap();
    for (line, left_out, a, height) in [
        (r#"{"at":0,"terminal":{"variables":{"A":"2"}}}"#, 0, Some("2"), Some(40)),
        (r#"{"at":0,"terminal":{"variables":{"A":null},"height":10}}"#, 0, None, Some(10)),
        (r#"{"at":0,"terminal":{}}"#, 0, Some("1"), Some(40)),
        (r#"{"at":0,"terminal":{"variables":{"A":2}}}"#, 1, Some("1"), Some(40)),
        (r#"{"at":0,"terminal":{"variables":["A"]}}"#, 1, Some("1"), Some(40)),
        (r#"{"at":0,"terminal":{"height":101}}"#, 1, Some("1"), Some(40)),
        (r#"{"at":0,"terminal":{"height":"9"}}"#, 1, Some("1"), Some(40)),
        (r#"{"at":0,"terminal":{"width":9}}"#, 1, Some("1"), Some(40)),
        (r#"{"at":0,"terminal":7}"#, 1, Some("1"), Some(40)),
    ] {
        let (session, out) = recover(line);
        let found = session.variables().get("A").map(String::as_str);
        assert_eq!((out, found, session.terminal_height()), (left_out, a, height), "{line}");
        assert_eq!(session.document(), empty.document(), "it is no part of the world");
    }
}
