# RULE 10. Of a route that leads nowhere there is no way around: the longest prefix wins even when it is a blackhole.
# And limits count everything: the primary interface among the interfaces of an instance, the primary address among
# the addresses of an interface. (R11 R12 E27 E61)
# ACCEPT in a flow log means that group and network ACL let a packet pass here, not that it arrived. (F6 F8 F15 F23)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name open --description "lets all in" --vpc-id $VPC --query GroupId --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --security-group-ids $SG --associate-public-ip-address --query "Instances[0].InstanceId" --output text)

# A longer prefix through an interface that is deleted:
E=$(aws ec2 create-network-interface --subnet-id $S --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 198.51.100.0/24 --network-interface-id $E --query Return
aws ec2 delete-network-interface --network-interface-id $E
aws ec2 describe-route-tables --route-table-ids $MAIN --output table --query "RouteTables[0].Routes[].{To:DestinationCidrBlock,State:State}"
# The route to everywhere would do, and is not asked.
trace $I internet tcp 443
aws ec2 delete-route --route-table-id $MAIN --destination-cidr-block 198.51.100.0/24
expect trace $I internet tcp 443 EXITS_NETWORK

# t3.micro: two interfaces, the primary one is one of them.
aws ec2 describe-instance-types --instance-types t3.micro --query "InstanceTypes[0].NetworkInfo.[MaximumNetworkInterfaces,Ipv4AddressesPerInterface]" --output text
E=$(aws ec2 create-network-interface --subnet-id $S --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text
F=$(aws ec2 create-network-interface --subnet-id $S --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $F --instance-id $I --device-index 2
expect refused AttachmentLimitExceeded

# Two addresses on each, the primary one is one of them.
aws ec2 assign-private-ip-addresses --network-interface-id $E --secondary-private-ip-address-count 1 --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text
aws ec2 assign-private-ip-addresses --network-interface-id $E --secondary-private-ip-address-count 1
expect refused PrivateIpAddressLimitExceeded

# Flow logs: b lets TCP 80 in, and its subnet's network ACL lets no echo out.
V=$(aws ec2 create-vpc --cidr-block 10.8.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $V --cidr-block 10.8.1.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $V --cidr-block 10.8.2.0/24 --query Subnet.SubnetId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description "web and echo" --vpc-id $V --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80 --cidr 10.8.0.0/16 --query Return
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol icmp --port -1 --cidr 10.8.0.0/16 --query Return
ACL=$(aws ec2 describe-network-acls --filters Name=vpc-id,Values=$V --query "NetworkAcls[0].NetworkAclId" --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ONE --private-ip-address 10.8.1.10 --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $TWO --private-ip-address 10.8.2.20 --secondary-private-ip-address-count 1 --security-group-ids $WEB --query "Instances[0].InstanceId" --output text)
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 50 --egress --protocol icmp --icmp-type-code Type=0,Code=-1 --rule-action deny --cidr-block 0.0.0.0/0
aws ec2 create-flow-logs --resource-type VPC --resource-ids $V --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-dstaddr} ${dstport} ${protocol} ${packets} ${action}' --query 'FlowLogIds[0]' --output text
ssh $B listen tcp 80
ssh $A curl -m 5 http://10.8.2.20/
ssh $A curl -m 5 http://10.8.2.20:81/
ssh $A ping -c 2 -W 1 10.8.2.20
# A secondary address of b; and an address to which no route leads.
SECOND=$(aws ec2 describe-instances --instance-ids $B --query "Reservations[0].Instances[0].NetworkInterfaces[0].PrivateIpAddresses[1].PrivateIpAddress" --output text)
ssh $A curl -m 5 http://$SECOND/
ssh $A ping -c 1 -W 1 192.0.2.1
wait 60s

# The echoes were let in (ACCEPT), and their answers were not let out (REJECT), on the same interface. To the secondary
# address: dstaddr is the primary one. To 192.0.2.1: ACCEPT at the sender, and it went nowhere. Port 81: ACCEPT at the
# sender, REJECT at the receiver.
flow-logs
# CloudWatch Logs gets them five minutes later.
aws logs describe-log-streams --log-group-name flows --query 'length(logStreams)'
wait 5m
aws logs filter-log-events --log-group-name flows --filter-pattern REJECT --query "events[].message" --output text
