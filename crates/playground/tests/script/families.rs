//! What each family of objects needs to come back: in which order, with what beside it.

use crate::compare::{after, check, check_by, rebuilt, rebuilt_in_time, runs_in_bash};
use eni_core::model::event::{Event, InstanceChange};
use eni_playground::scenario::import;
use eni_playground::script::script;
use eni_playground::shell::Host as _;

/// A VPC with a subnet, an internet gateway and three Elastic IPs.
const GROUND: &str = r#"set -e
    VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
    SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
    IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
    aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
    ONE=$(aws ec2 allocate-address --query AllocationId --output text)
    TWO=$(aws ec2 allocate-address --query AllocationId --output text)
    TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
    "#;

/// Checks the account that such lines make on that ground, and gives its script.
fn comes_back(lines: &str) -> String {
    let scenario = after(&format!("{GROUND}{lines}"));
    assert_eq!(check(&scenario), Vec::<String>::new());
    assert_eq!(check_by(&scenario, &rebuilt_in_time), Vec::<String>::new());
    let text = script(&scenario).text;
    runs_in_bash(&text);
    text
}

fn stand_in_order(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("{line} is missing, or too early, in\n{text}")).1;
    }
}

// rules: C1
#[test]
fn peering_connections_come_back_before_the_rules_and_routes_that_speak_of_them() {
    let text = comes_back(
        r#"
        OTHER=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
        THIRD=$(aws ec2 create-vpc --cidr-block 10.2.0.0/16 --query Vpc.VpcId --output text)
        aws ec2 create-vpc-peering-connection --vpc-id $OTHER --peer-vpc-id $THIRD
        PEER=$(aws ec2 create-vpc-peering-connection --vpc-id $VPC --peer-vpc-id $OTHER \
            --tag-specifications 'ResourceType=vpc-peering-connection,Tags=[{Key=Name,Value=to the shop}]' \
            --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
        aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PEER
        aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id $PEER \
            --accepter-peering-connection-options AllowDnsResolutionFromRemoteVpc=true
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id $PEER
        FAR=$(aws ec2 create-security-group --group-name far --description far --vpc-id $OTHER --query GroupId --output text)
        NEAR=$(aws ec2 create-security-group --group-name near --description near --vpc-id $VPC --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $NEAR --source-group $FAR --protocol tcp --port 443"#,
    );
    stand_in_order(
        &text,
        &[
            "PEERING_TO_THE_SHOP=$(aws ec2 create-vpc-peering-connection",
            "aws ec2 wait vpc-peering-connection-exists",
            "\nsleep 10  # until they can be accepted",
            "aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PEERING_TO_THE_SHOP\n",
            "sleep 10  # until they are active",
            "aws ec2 authorize-security-group-ingress",
            "--vpc-peering-connection-id $PEERING_TO_THE_SHOP\n",
            "aws ec2 modify-vpc-peering-connection-options",
        ],
    );
    assert_eq!(text.matches("accept-vpc-peering-connection").count(), 1, "{text}");
}

// rules: C1
#[test]
fn nat_gateways_come_back_with_their_addresses_and_are_waited_for() {
    let text = comes_back(
        r#"
        NAT=$(aws ec2 create-nat-gateway --subnet-id $SUBNET --allocation-id $TWO --secondary-allocation-ids $ONE \
            --private-ip-address 10.0.1.99 --secondary-private-ip-addresses 10.0.1.77 \
            --tag-specifications 'ResourceType=natgateway,Tags=[{Key=Name,Value=out}]' --query NatGateway.NatGatewayId --output text)
        aws ec2 wait nat-gateway-available --nat-gateway-ids $NAT
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT
        INNER=$(aws ec2 create-nat-gateway --subnet-id $SUBNET --connectivity-type private --query NatGateway.NatGatewayId --output text)
        aws ec2 wait nat-gateway-available --nat-gateway-ids $INNER
        aws ec2 assign-private-nat-gateway-address --nat-gateway-id $INNER --private-ip-address-count 2
        ENI=$(aws ec2 describe-nat-gateways --nat-gateway-ids $INNER \
            --query 'NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId' --output text)
        aws ec2 create-tags --resources $ENI --tags Key=Name,Value=inner"#,
    );
    stand_in_order(
        &text,
        &[
            "aws ec2 allocate-address",
            "NAT_OUT=$(aws ec2 create-nat-gateway",
            "aws ec2 wait nat-gateway-available",
            "--nat-gateway-id $NAT_OUT\n",
        ],
    );
    assert!(text.contains("NAT_ENI_1=$(aws ec2 describe-network-interfaces") && !text.contains("NAT_ENI_OUT"), "{text}");
}

// rules: C1
#[test]
fn numbers_inside_of_an_ipv6_block_follow_the_block_that_comes() {
    let text = comes_back(
        r#"
        aws ec2 associate-vpc-cidr-block --vpc-id $VPC --amazon-provided-ipv6-cidr-block
        SIX=$(aws ec2 create-vpc --cidr-block 10.6.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
        aws ec2 create-tags --resources $SIX --tags Key=Name,Value=six
        BLOCK=$(aws ec2 describe-vpcs --vpc-ids $SIX --query 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock' --output text)
        INNER=$(aws ec2 create-subnet --vpc-id $SIX --cidr-block 10.6.1.0/24 --ipv6-cidr-block ${BLOCK%00::/56}0a::/64 \
            --query Subnet.SubnetId --output text)
        aws ec2 modify-subnet-attribute --subnet-id $INNER --assign-ipv6-address-on-creation
        aws ec2 create-network-interface --subnet-id $INNER --ipv6-addresses Ipv6Address=${BLOCK%00::/56}0a::77 --enable-primary-ipv6
        aws ec2 create-network-interface --subnet-id $INNER --ipv6-prefixes Ipv6Prefix=${BLOCK%00::/56}0a:1::/80
        EIGW=$(aws ec2 create-egress-only-internet-gateway --vpc-id $SIX \
            --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)
        OUT=$(aws ec2 create-route-table --vpc-id $SIX --query RouteTable.RouteTableId --output text)
        aws ec2 create-route --route-table-id $OUT --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id $EIGW
        GROUP=$(aws ec2 create-security-group --group-name six --description six --vpc-id $SIX --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $GROUP \
            --ip-permissions "IpProtocol=tcp,FromPort=22,ToPort=22,Ipv6Ranges=[{CidrIpv6=${BLOCK%00::/56}0a::/64}]"
        ACL=$(aws ec2 describe-network-acls --filters Name=vpc-id,Values=$SIX --query 'NetworkAcls[0].NetworkAclId' --output text)
        aws ec2 delete-network-acl-entry --network-acl-id $ACL --egress --rule-number 101"#,
    );
    let lines = [
        "--amazon-provided-ipv6-cidr-block",
        "IPV6_SIX=$(aws ec2 describe-vpcs",
        "IPV6_SIX=${IPV6_SIX%00::/56}",
        "--ipv6-cidr-block ${IPV6_SIX}0a::/64",
        "EIGW_1=$(aws ec2 create-egress-only-internet-gateway",
        "${IPV6_SIX}0a::/64",
        "--egress-only-internet-gateway-id $EIGW_1",
    ];
    stand_in_order(&text, &lines);
    // Nobody needs to know the other one.
    assert!(!text.contains("IPV6_1=") && !text.contains("2001:db8"), "{text}");
}

// rules: C1
#[test]
fn endpoints_come_back_with_their_routes_and_addresses() {
    let text = comes_back(
        r#"
        NEAR=$(aws ec2 create-security-group --group-name near --description near --vpc-id $VPC --query GroupId --output text)
        aws ec2 create-network-interface --subnet-id $SUBNET --private-ip-address 10.0.1.4
        aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
        SSM=$(aws ec2 create-vpc-endpoint --vpc-id $VPC --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.ssm \
            --subnet-ids $SUBNET --security-group-ids $NEAR --private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text)
        aws ec2 modify-vpc-attribute --vpc-id $VPC --no-enable-dns-hostnames
        aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.s3 --route-table-ids $TABLE \
            --tag-specifications 'ResourceType=vpc-endpoint,Tags=[{Key=Name,Value=store}]'
        ENI=$(aws ec2 describe-vpc-endpoints --vpc-endpoint-ids $SSM --query 'VpcEndpoints[0].NetworkInterfaceIds[0]' --output text)
        aws ec2 create-tags --resources $ENI --tags Key=Name,Value=door"#,
    );
    let lines = [
        "ENDPOINT_SSM=$(aws ec2 create-vpc-endpoint",
        "Ipv4=10.0.1.5",
        "ENDPOINT_ENI_1=$(aws ec2 describe-network-interfaces",
        "TABLE_1=$(aws ec2 create-route-table",
        "ENDPOINT_STORE=$(aws ec2 create-vpc-endpoint",
        "--no-enable-dns-hostnames",
    ];
    stand_in_order(&text, &lines);
    assert!(!text.contains("create-route "), "{text}");
}

// rules: C1
#[test]
fn prefix_lists_come_back_with_their_versions() {
    let text = comes_back(
        r#"
        LIST=$(aws ec2 create-managed-prefix-list --prefix-list-name offices --address-family IPv4 --max-entries 3 \
            --entries Cidr=10.1.0.0/16,Description=one Cidr=10.2.0.0/16 --query PrefixList.PrefixListId --output text)
        aws ec2 modify-managed-prefix-list --prefix-list-id $LIST --current-version 1 --remove-entries Cidr=10.1.0.0/16 \
            --add-entries Cidr=10.3.0.0/16
        aws ec2 modify-managed-prefix-list --prefix-list-id $LIST --current-version 2 --add-entries Cidr=10.4.0.0/16
        aws ec2 restore-managed-prefix-list-version --prefix-list-id $LIST --current-version 3 --previous-version 1
        SMALL=$(aws ec2 create-managed-prefix-list --prefix-list-name small --address-family IPv4 --max-entries 7 \
            --query PrefixList.PrefixListId --output text)
        aws ec2 modify-managed-prefix-list --prefix-list-id $SMALL --max-entries 2"#,
    );
    stand_in_order(&text, &["PL_OFFICES=$(", "--current-version 1", "--current-version 2", "--previous-version 1", "PL_SMALL=$("]);
}

// rules: C1
#[test]
fn a_prefix_list_whose_last_change_failed_comes_back_without_it_and_says_so_once() {
    let changes = [
        "aws ec2 delete-managed-prefix-list --prefix-list-id $LIST",
        "aws ec2 modify-managed-prefix-list --prefix-list-id $LIST --max-entries 1000",
    ];
    for change in changes {
        let scenario = after(&format!(
            r#"set -e
            SG=$(aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' --output text)
            LIST=$(aws ec2 create-managed-prefix-list --prefix-list-name offices --address-family IPv4 --max-entries 3 \
                --query PrefixList.PrefixListId --output text)
            aws ec2 authorize-security-group-ingress --group-id $SG \
                --ip-permissions "IpProtocol=tcp,FromPort=22,ToPort=22,PrefixListIds=[{{PrefixListId=$LIST}}]"
            {change}"#,
        ));
        let list = scenario.network.prefix_lists().find(|list| !list.by_aws).unwrap().id;
        assert_eq!(check(&scenario), [format!("{list}: its last change failed; here it is not tried again")], "{change}");
    }
}

// rules: C1
#[test]
fn a_hosted_zone_comes_back_for_the_vpcs_that_are_left() {
    let zone = |others: &str| {
        let scenario = after(&format!(
            r#"set -e
            GONE=$(aws ec2 create-vpc --cidr-block 10.9.0.0/16 --query Vpc.VpcId --output text)
            VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
            ZONE=$(aws route53 create-hosted-zone --name corp.example --caller-reference 1 --vpc VPCRegion=us-east-1,VPCId=$GONE \
                --query HostedZone.Id --output text)
            {others}
            aws ec2 delete-vpc --vpc-id $GONE"#,
        ));
        let id = scenario.network.hosted_zones().next().unwrap().id;
        (check(&scenario), format!("/hostedzone/{id}: it names a VPC that is gone; a private hosted zone is made for VPCs that are there"))
    };
    let other = "aws route53 associate-vpc-with-hosted-zone --hosted-zone-id $ZONE --vpc VPCRegion=us-east-1,VPCId=$VPC";
    for others in ["", other] {
        let (left_out, said) = zone(others);
        assert_eq!(left_out, [said], "{others}");
    }
}

// rules: C1
#[test]
fn vpn_connections_come_back_with_both_ends_and_what_they_propagate() {
    let text = comes_back(
        r#"
        VGW=$(aws ec2 create-vpn-gateway --type ipsec.1 --amazon-side-asn 65001 --query VpnGateway.VpnGatewayId --output text)
        aws ec2 attach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC
        CGW=$(aws ec2 create-customer-gateway --type ipsec.1 --ip-address 203.0.113.9 --bgp-asn 65010 --device-name 'in the cellar' \
            --tag-specifications 'ResourceType=customer-gateway,Tags=[{Key=Name,Value=office}]' \
            --query CustomerGateway.CustomerGatewayId --output text)
        VPN=$(aws ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW \
            --options StaticRoutesOnly=true --query VpnConnection.VpnConnectionId --output text)
        aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 192.168.0.0/16
        aws ec2 enable-vgw-route-propagation --route-table-id $TABLE --gateway-id $VGW
        EDGE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
        aws ec2 associate-route-table --route-table-id $EDGE --gateway-id $VGW
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 172.20.0.0/16 --gateway-id $VGW"#,
    );
    let lines = [
        "aws ec2 attach-vpn-gateway",
        "CGW_OFFICE=$(aws ec2 create-customer-gateway",
        "VPN_1=$(aws ec2 create-vpn-connection",
        "aws ec2 wait vpn-connection-available",
        "aws ec2 create-vpn-connection-route",
        "aws ec2 enable-vgw-route-propagation",
    ];
    stand_in_order(&text, &lines);
    // What is propagated is not written.
    assert_eq!((text.matches("192.168.0.0/16").count(), text.matches("create-route ").count()), (1, 1), "{text}");
}

// rules: C1 S28
#[test]
fn one_rule_that_is_not_made_again_takes_no_other_one_with_it() {
    let scenario = after(
        r#"set -e
        V=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
        V2=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
        PC=$(aws ec2 create-vpc-peering-connection --vpc-id $V --peer-vpc-id $V2 --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
        aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PC
        A=$(aws ec2 create-security-group --group-name a --description a --vpc-id $V --query GroupId --output text)
        B=$(aws ec2 create-security-group --group-name b --description b --vpc-id $V2 --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $A --protocol tcp --port 22 --cidr 0.0.0.0/0
        aws ec2 authorize-security-group-ingress --group-id $A --protocol tcp --port 80-90 --source-group $B
        aws ec2 authorize-security-group-ingress --group-id $A --protocol tcp --port 443 --cidr 10.0.0.0/8
        aws ec2 authorize-security-group-egress --group-id $B --protocol all --source-group $A \
            --tag-specifications 'ResourceType=security-group-rule,Tags=[{Key=Name,Value=far}]'
        aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id $PC"#,
    );
    let left_out = check(&scenario);
    let peering = scenario.network.peerings().next().unwrap().id;
    let of = |name: &str| scenario.network.groups().find(|group| group.name == name).unwrap().id;
    let (a, b) = (of("a"), of("b"));
    let joins = "is not made: no active peering connection joins its VPC with that of";
    assert_eq!(
        left_out,
        [
            format!("{peering}: it has ended, or one of its VPCs is not here"),
            format!("{a}: its ingress rule for tcp 80-90 and {b} {joins} {b}"),
            format!("{b}: its egress rule for all traffic and {a} {joins} {a}"),
        ]
    );
    let text = script(&scenario).text;
    stand_in_order(&text, &["# Rules of security groups\naws ec2 authorize-security-group-ingress", "# left out, because it is refused"]);
}

// rules: C1 I1
#[test]
fn a_rule_with_a_prefix_list_of_aws_that_is_not_here_stands_as_a_comment() {
    let rules = r#"{"SecurityGroups": [{"GroupId": "sg-0aa11bb22cc33dd01", "GroupName": "web", "Description": "w",
        "VpcId": "vpc-0aa11bb22cc33dd01", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": "pl-3b927c52"}]},
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}"#;
    let vpc = r#"{"Vpcs": [{"VpcId": "vpc-0aa11bb22cc33dd01", "CidrBlock": "10.0.0.0/16", "IsDefault": false}]}"#;
    let files = [("a.json", rules), ("b.json", vpc)].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let written = script(&import(&files).unwrap().0);
    let said = "sg-0aa11bb22cc33dd01: its ingress rule for tcp 443 and pl-3b927c52 is not made: \
        the playground does not have pl-3b927c52; its line stands as a comment, for an account that has it";
    assert_eq!(written.left_out, [said]);
    let lines: Vec<&str> = written.text.lines().collect();
    let at = lines.iter().position(|line| line.ends_with("take the # away from the next line:")).unwrap();
    assert!(lines[at - 1].starts_with("# left out, because pl-3b927c52 is not in the playground"), "{}", written.text);
    let call = "# aws ec2 authorize-security-group-ingress --group-id $SG_WEB --ip-permissions";
    assert!(lines[at + 1].starts_with(call) && lines[at + 1].contains("PrefixListId=pl-3b927c52"), "{}", written.text);
    let (host, _) = rebuilt(&written.text);
    let web = host.network().groups().find(|group| group.name == "web").unwrap();
    assert_eq!(web.rules.len(), 1 + web.rules_of(eni_core::addr::Direction::Egress).count());
}

// rules: C1 G13
#[test]
fn what_an_instance_runs_first_comes_back_with_it() {
    let text = comes_back(
        r##"aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $SUBNET --ebs-optimized --user-data "#!/bin/bash
yum install -y 'httpd' \$VPC \"x\"
systemctl start httpd
""##,
    );
    let (mut host, _) = rebuilt(&text);
    let asked = serde_json::json!({"InstanceId": "i-00000000000000001", "Attribute": "userData"});
    let told = host.call("ec2", "DescribeInstanceAttribute", asked.as_object().unwrap()).unwrap();
    let expected = "IyEvYmluL2Jhc2gKeXVtIGluc3RhbGwgLXkgJ2h0dHBkJyAkVlBDICJ4IgpzeXN0ZW1jdGwgc3RhcnQgaHR0cGQK";
    assert_eq!(told["UserData"]["Value"], expected);
    let serves = |network: &eni_core::model::network::Network| network.instances().next().unwrap().guest.listeners.clone();
    assert_eq!(serves(host.network()).len(), 2, "secure shell, and what it was told to start");
    // Bytes that are no text are left out, and the script says so.
    let mut scenario = after(&format!("{GROUND}aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $SUBNET"));
    let id = scenario.network.instances().next().unwrap().id;
    scenario.network.apply(&Event::InstanceChanged(id, InstanceChange::UserData("H4sIAP8=".into())));
    assert_eq!(script(&scenario).left_out, [format!("{id}: its user data is no text that a line can hold; it is launched without it")]);
}

// rules: C1 R64 R66 R67
#[test]
fn transit_gateways_come_back_with_their_tables_before_the_routes_that_lead_to_them() {
    let text = comes_back(
        r#"
        OTHER=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
        FAR=$(aws ec2 create-subnet --vpc-id $OTHER --cidr-block 10.1.1.0/24 --query Subnet.SubnetId --output text)
        TGW=$(aws ec2 create-transit-gateway --description hub --options AmazonSideAsn=64600,DefaultRouteTablePropagation=disable \
            --tag-specifications 'ResourceType=transit-gateway,Tags=[{Key=Name,Value=hub}]' --query TransitGateway.TransitGatewayId --output text)
        wait 10s
        A=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $VPC --subnet-ids $SUBNET \
            --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
        B=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $OTHER --subnet-ids $FAR \
            --options ApplianceModeSupport=enable --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
        SPOKES=$(aws ec2 create-transit-gateway-route-table --transit-gateway-id $TGW --query TransitGatewayRouteTable.TransitGatewayRouteTableId --output text)
        wait 10s
        FIRST=$(aws ec2 describe-transit-gateway-route-tables --filters Name=default-association-route-table,Values=true \
            --query 'TransitGatewayRouteTables[0].TransitGatewayRouteTableId' --output text)
        aws ec2 disassociate-transit-gateway-route-table --transit-gateway-route-table-id $FIRST --transit-gateway-attachment-id $B
        aws ec2 associate-transit-gateway-route-table --transit-gateway-route-table-id $SPOKES --transit-gateway-attachment-id $B
        aws ec2 enable-transit-gateway-route-table-propagation --transit-gateway-route-table-id $SPOKES --transit-gateway-attachment-id $A
        aws ec2 create-transit-gateway-route --transit-gateway-route-table-id $FIRST --destination-cidr-block 10.1.0.0/16 --transit-gateway-attachment-id $B
        aws ec2 create-transit-gateway-route --transit-gateway-route-table-id $SPOKES --destination-cidr-block 10.0.7.0/24 --blackhole
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 10.1.0.0/16 --transit-gateway-id $TGW"#,
    );
    stand_in_order(
        &text,
        &[
            "TGW_HUB=$(aws ec2 create-transit-gateway",
            "create-transit-gateway-vpc-attachment",
            "disassociate-transit-gateway-route-table",
            "associate-transit-gateway-route-table",
            "enable-transit-gateway-route-table-propagation",
            "create-transit-gateway-route",
            "--transit-gateway-id $TGW_HUB",
        ],
    );
}
