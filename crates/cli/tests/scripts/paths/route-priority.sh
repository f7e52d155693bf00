# WHICH ROUTE DECIDES. The longest prefix that fits, whatever state it is in: one that is a black hole drops what a shorter one would carry. The
# local route gives way only to whole subnets led to an appliance; of two as long, the one that was written goes first. (R3 R5 R7 R8 R11 R12 R15 R51)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
MID=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
DATA=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.3.0/24 --query Subnet.SubnetId --output text)
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $RTB --subnet-id $APP --query AssociationState.State --output text
SG=$(aws ec2 create-security-group --group-name inside --description "lets in the VPC" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol all --cidr 10.0.0.0/16 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --private-ip-address 10.0.1.10 \
    --security-group-ids $SG --associate-public-ip-address --query "Instances[0].InstanceId" --output text)
M=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $MID --private-ip-address 10.0.2.20 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $DATA --private-ip-address 10.0.3.30 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
MENI=$(aws ec2 describe-instances --instance-ids $M --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 modify-network-interface-attribute --network-interface-id $MENI --no-source-dest-check
ssh $M sudo sysctl -w net.ipv4.ip_forward=1
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# Nothing fits; then the route to everything does.
expect trace $A 203.0.113.9 tcp 443 NO_ROUTE
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
expect trace $A 203.0.113.9 tcp 443 EXITS_NETWORK
# A longer one goes before it, also when nothing is behind it any more.
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 203.0.113.0/24 --network-interface-id $MENI --query Return
expect trace $A 203.0.113.9 tcp 443 NO_ROUTE
aws ec2 stop-instances --instance-ids $M --query "StoppingInstances[0].CurrentState.Name" --output text
expect trace $A 203.0.113.9 tcp 443 BLACKHOLED
expect trace $A 198.51.100.9 tcp 443 EXITS_NETWORK
aws ec2 describe-route-tables --route-table-ids $RTB --query 'RouteTables[0].Routes[].[DestinationCidrBlock,GatewayId||NetworkInterfaceId,State]' --output text
aws ec2 start-instances --instance-ids $M --query "StartingInstances[0].CurrentState.Name" --output text

# Inside: the local route carries, until a whole subnet is led to the appliance. The answer takes its own table, which knows of none.
ssh $A curl -m 1 http://10.0.3.30/
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.0.3.0/24 --network-interface-id $MENI --query Return
ssh $A curl -m 1 http://10.0.3.30/
wait 60s
flow-logs
# Its own subnet is never led away: neighbours ask no table.
N=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --private-ip-address 10.0.1.11 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.0.1.0/24 --network-interface-id $MENI --query Return
expect open $A $N tcp 22

# Written before propagated: the office's block stays with the gateway that was written.
VGW=$(aws ec2 create-vpn-gateway --type ipsec.1 --query VpnGateway.VpnGatewayId --output text)
aws ec2 attach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC --query VpcAttachment.State --output text
CGW=$(aws ec2 create-customer-gateway --type ipsec.1 --ip-address 198.51.100.10 --bgp-asn 65000 --query CustomerGateway.CustomerGatewayId --output text)
VPN=$(aws ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW --options StaticRoutesOnly=true --query VpnConnection.VpnConnectionId --output text)
aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 192.168.0.0/16
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 192.168.0.0/16 --gateway-id $IGW --query Return
aws ec2 enable-vgw-route-propagation --gateway-id $VGW --route-table-id $RTB
aws ec2 describe-route-tables --route-table-ids $RTB --query 'RouteTables[0].Routes[].[DestinationCidrBlock,GatewayId||NetworkInterfaceId,Origin,State]' --output text
ssh $A ping -c 1 -W 1 192.168.7.7
aws ec2 delete-route --route-table-id $RTB --destination-cidr-block 192.168.0.0/16
ssh $A ping -c 1 -W 1 192.168.7.7
