//! Low-budget high availability: a service ENI on one instance, a standby beside it, and one in another zone that cannot help.

use super::build::{Builder, Built, Launch, block, icmp, tcp};
use crate::act::Asking;
use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::id::{GroupId, SubnetId};
use eni_core::model::instance::GuestFlavour;

/// The service's own address.
const SERVICE: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 20);

/// Builds the scene with the systems of the usual image.
pub fn build(builder: &mut Builder) -> Built<Vec<Asking>> {
    build_with(builder, GuestFlavour::PolicyRouting)
}

/// Builds the scene; the guest decides whether answers leave by the ENI that the questions came in by.
pub fn build_with(builder: &mut Builder, guest: GuestFlavour) -> Built<Vec<Asking>> {
    let (vpc, gateway) = builder.vpc("shop", block(10, 0, 0, 16), "igw-main")?;
    let public = builder.public_table(vpc, gateway)?;
    let public_a = builder.subnet(vpc, "public-a", block(10, 0, 1, 24), "us-east-1a", Some(public))?;
    let public_b = builder.subnet(vpc, "public-b", block(10, 0, 2, 24), "us-east-1b", Some(public))?;
    let private_b = builder.subnet(vpc, "private-b", block(10, 0, 12, 24), "us-east-1b", None)?;
    let everywhere = Ipv4Net::default();
    let web = builder.group(vpc, "web", "What the service offers", &[(tcp(443), everywhere)])?;
    let base =
        builder.group(vpc, "base", "What every web server needs", &[(icmp(), block(10, 0, 1, 24)), (tcp(443), block(10, 0, 2, 24))])?;
    let ops = builder.group(vpc, "ops", "The machine of the operators", &[])?;

    let mut run = |name: &str, kind: &str, subnet: SubnetId, ip: [u8; 2], group: GroupId| {
        let ip = Ipv4Addr::new(10, 0, ip[0], ip[1]);
        let serves: &[u16] = if group == base { &[443] } else { &[] };
        builder.instance(Launch { name, kind, subnet, ip, groups: vec![group], guest, serves })
    };
    let web_1 = run("web-1", "t3.small", public_a, [1, 11], base)?;
    run("web-2", "t3.small", public_a, [1, 12], base)?;
    run("web-3", "t3.small", public_b, [2, 13], base)?;
    run("ops-1", "t3.micro", private_b, [12, 40], ops)?;

    let service = builder.interface("svc", public_a, SERVICE, vec![web, base])?;
    let default = builder.network.vpc(vpc).map(|vpc| vpc.default_group);
    builder.interface("spare", public_a, Ipv4Addr::new(10, 0, 1, 31), default.into_iter().collect())?;
    builder.attach(service, web_1, 1)?;
    builder.elastic_ip(24, Some(service))?;
    builder.elastic_ip(43, None)?;

    let asking = |name: &str, from: &str, to: String| Asking {
        name: name.to_owned(),
        from: from.to_owned(),
        to,
        protocol: "tcp".to_owned(),
        port: 443,
        every_ms: 200,
        ..Asking::default()
    };
    let public_ip = builder.network.eni(service).and_then(|eni| eni.addresses.first()?.public);
    let public_ip = public_ip.map(|public| public.ip.to_string()).unwrap_or_default();
    Ok(vec![asking("client", "198.51.100.7", public_ip), asking("ops-1", "ops-1", SERVICE.to_string())])
}
