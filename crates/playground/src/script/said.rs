//! What a script says of itself in its comments.

/// The head of every script.
pub(super) fn head(title: &str, region: &str) -> String {
    let title: String = title.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(200).collect();
    let title = if title.trim().is_empty() { "A network".to_owned() } else { title };
    format!(
        "\
#!/usr/bin/env bash
# {title}, region {region}, as commands of the AWS command line.
# Written by the ENI Playground, a model that is not affiliated with AWS. Run it with
#   bash THIS-FILE        on an account of yours: it costs what AWS charges for it
#   eni run --empty THIS-FILE        in the playground
# What no script brings back: ids, MAC addresses, public addresses (those of
# Elastic IPs too), times, and what was set up inside of instances.
"
    )
}

/// Before the list of what does not come back.
pub(super) const LEFT_OUT: &str = "\
# Not as it was:
";

/// At the head of a script that has a default VPC in it.
pub(super) const DEFAULT_VPC: &str = "\
#
# A default VPC that is there already is taken as it is: the script counts on its
# being as AWS makes it. Where there is none, one is made.
";

/// A function with a network interface for each execution environment: no call of AWS makes such a one any more.
pub(super) fn function_of_then(name: &str) -> String {
    format!(
        "{name}: has a network interface for each execution environment, as before 2019; AWS makes it with shared ones (in the playground, lambda {name} then)"
    )
}

/// A function of which a subnet or group is gone.
pub(super) fn function_without_place(name: &str) -> String {
    format!("{name}: a subnet or group of this function is gone")
}

/// Before what asks for a prefix list to be complete.
pub(super) const UNTIL_COMPLETE: &str = "until the prefix list is complete: no waiter waits for that";

/// Before peering connections are accepted.
pub(super) const UNTIL_PENDING: &str = "until they can be accepted: no waiter waits for that";

/// After peering connections were accepted.
pub(super) const UNTIL_ACTIVE: &str = "until they are active: no waiter waits for that";

/// After transit gateways, or attachments to them, were asked for.
pub(super) const UNTIL_TRANSIT: &str = "until they are available: no waiter waits for that, and on AWS it may take minutes";

/// The ENI of a transit gateway has another address.
pub(super) fn free_address(eni: &str) -> String {
    format!("{eni}: the transit gateway takes an address that is free, here another one")
}

/// A prefix list whose last change failed.
pub(super) fn failed_change(list: &str) -> String {
    format!("{list}: its last change failed; here it is not tried again")
}

/// An alarm on something that no script brings back.
pub(super) fn alarm_of_nothing(alarm: &str) -> String {
    format!("{alarm}: what it watches is gone")
}

/// The DHCP option set that every region begins with, where it was deleted.
pub(super) fn own_options(set: &str) -> String {
    format!("{set}: was deleted; a region begins with such a DHCP option set, and keeps it")
}

/// A prefix list whose earlier versions nobody knows.
pub(super) fn earlier_versions(list: &str) -> String {
    format!("{list}: its earlier versions are not known; its versions are counted anew")
}

/// Before the quotas.
pub(super) const QUOTAS: &str = "Quotas above those that an account begins with; AWS may take days to grant them";

/// Before the images.
pub(super) const IMAGES: &str = "\
# Images of the playground; on an account of yours put images of its region here.
";

/// What an image of the playground is.
pub(super) fn image(number: Option<u64>) -> &'static str {
    match number {
        Some(1) => "a Linux that routes by source address",
        Some(2) => "a Linux with one routing table",
        Some(3) => "a Linux that forwards and masquerades",
        _ => "",
    }
}

/// What a service made.
pub(super) fn of_a_service(id: &str, description: &str) -> String {
    let description: String = description.chars().filter(|letter| !letter.is_control()).take(100).collect();
    let description = if description.is_empty() { String::new() } else { format!(" ({description})") };
    format!("{id}{description}: made by a service, which makes it again when it is set up")
}

/// A peering connection that has ended, or whose other side is elsewhere.
pub(super) fn not_here(id: &str) -> String {
    format!("{id}: it has ended, or one of its VPCs is not here")
}

/// A route without a place to go.
pub(super) fn target_is_gone(table: &str, to: &str) -> String {
    format!("{table}: the route to {to} leads to something that is gone")
}

/// A private hosted zone, some of whose VPCs were deleted, or all of them.
pub(super) fn vpcs_are_gone(zone: &str) -> String {
    format!("{zone}: it names a VPC that is gone; a private hosted zone is made for VPCs that are there")
}

/// A key pair whose key was made elsewhere.
pub(super) fn another_key(pair: &str) -> String {
    format!("{pair}: its key was made elsewhere; here a new one is made, with another fingerprint")
}

/// A spot instance whose request was taken back.
pub(super) fn cancelled_request(instance: &str) -> String {
    format!(
        "{instance}: its spot request has been taken back; the one that is made lives, until cancel-spot-instance-requests takes it back"
    )
}

/// An instance whose key pair was deleted, or not told of.
pub(super) fn key_is_gone(instance: &str) -> String {
    format!("{instance}: the key pair that it was launched with is not here; it is launched without one")
}

/// An instance whose user data is no text.
pub(super) fn no_text(instance: &str) -> String {
    format!("{instance}: its user data is no text that a line can hold; it is launched without it")
}

/// A public address that went away when an Elastic IP came.
pub(super) fn lost_public_address(eni: &str) -> String {
    format!("{eni}: it wishes for a public address and lost the one it had; here it does not wish for one")
}

/// An instance whose tracked connections are limited.
pub(super) fn limited(instance: &str) -> String {
    format!("{instance}: somebody limited how many connections it tracks; here nothing limits them")
}

/// An instance on which something is broken.
pub(super) fn broken(instance: &str) -> String {
    format!("{instance}: it hangs or loses packets; here nothing is broken on it")
}

/// Several instances of one launch.
pub(super) const LAUNCHES: &str = "instances that were launched together are launched one by one";

/// Tags that only AWS's services may set.
pub(super) const TAGS_OF_AWS: &str = "tags whose keys begin with aws: are set by services of AWS alone";

/// Something that is not the same when the script has run.
pub(super) fn different(what: &str, members: &[String]) -> String {
    if members.is_empty() { format!("{what}: it is not made, or not made like this") } else { format!("{what}: {}", members.join(", ")) }
}

/// Beside the beginning of an IPv6 block.
pub(super) const BEGINNING: &str = "its beginning; numbers inside of it go on from here";

/// A line that is left out.
pub(super) fn refused(code: &str) -> String {
    format!("# left out, because it is refused on an empty region ({code}):\n")
}

/// A rule of a group that is not made.
pub(super) fn rule(direction: &str, protocol: &str, ports: (Option<i64>, Option<i64>), other: &str) -> String {
    let traffic = match (protocol, ports) {
        ("-1", _) => "all traffic".to_owned(),
        (_, (Some(from), Some(to))) if from == to => format!("{protocol} {from}"),
        (_, (Some(from), Some(to))) => format!("{protocol} {from}-{to}"),
        _ => format!("protocol {protocol}"),
    };
    format!("its {direction} rule for {traffic} and {other} is not made")
}

/// Why not: what it names is in a VPC that is not joined any more.
pub(super) fn nothing_joins(group: &str) -> String {
    format!("no active peering connection joins its VPC with that of {group}")
}

/// Why not: what it names is a prefix list that accounts may have, and the playground does not.
pub(super) fn list_elsewhere(list: &str) -> String {
    format!("the playground does not have {list}; its line stands as a comment, for an account that has it")
}

/// Why not: what it names is a group of another account, or was not told of.
pub(super) fn group_elsewhere(group: &str) -> String {
    format!("{group} is not here")
}

/// Of a load balancer that faces the internet.
pub(super) fn own_choice(name: &str) -> String {
    format!("the load balancer {name} chooses the private addresses of its network interfaces itself")
}

/// Why not: what AWS answers.
pub(super) fn is_refused(code: &str) -> String {
    format!("it is refused on an empty region ({code})")
}

/// Above the line of a rule whose prefix list is not in the playground.
pub(super) fn line_elsewhere(list: &str) -> String {
    format!(
        "# left out, because {list} is not in the playground; on an account that has it, as all have those of AWS,\n\
         # take the # away from the next line:\n"
    )
}
