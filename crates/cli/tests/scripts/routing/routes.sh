# Routes: written, replaced, and what they lead to when their target goes.
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
WEB=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
ROUTES="RouteTables[].Routes[].[DestinationCidrBlock||DestinationIpv6CidrBlock,GatewayId||NetworkInterfaceId||EgressOnlyInternetGatewayId,Origin,State]"

# A route is created once; another target takes its place by replacing it.
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return --output text
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP \
    --query 'Instances[0].InstanceId' --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --instance-id $I
expect refused RouteAlreadyExists
aws ec2 replace-route --route-table-id $RTB --destination-cidr-block 192.168.0.0/16 --instance-id $I
expect refused InvalidParameterValue
aws ec2 replace-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --instance-id $I
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text

# A stopped instance, or a gateway that was detached, leaves a black hole; started or attached again the route works again.
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[].CurrentState.Name" --output text
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text
aws ec2 start-instances --instance-ids $I --query "StartingInstances[].CurrentState.Name" --output text
aws ec2 replace-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW
aws ec2 detach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC

# A prefix list is a destination for all of its blocks; it weighs as many routes as it may have entries, and stays while a route leads to it.
PL=$(aws ec2 create-managed-prefix-list --prefix-list-name offices --max-entries 3 --address-family IPv4 \
    --entries Cidr=192.168.0.0/16,Description=Berlin Cidr=192.168.8.0/24,Description=Lisbon --query PrefixList.PrefixListId --output text)
aws ec2 create-route --route-table-id $RTB --destination-prefix-list-id $PL --gateway-id $IGW --query Return --output text
aws ec2 create-route --route-table-id $RTB --destination-prefix-list-id $PL --gateway-id $IGW
expect refused RouteAlreadyExists
aws ec2 describe-route-tables --filters Name=route.destination-prefix-list-id,Values=$PL --query "RouteTables[].Routes[?DestinationPrefixListId].[DestinationPrefixListId,GatewayId,State]" --output text
aws ec2 delete-route --route-table-id $RTB --destination-prefix-list-id $PL
aws ec2 delete-route --route-table-id $RTB --destination-prefix-list-id $PL
expect refused InvalidRoute.NotFound

# Inside the VPC: whole subnets to an interface; the local route may lead to one too, and back.
ENI=$(aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.0.1.0/25 --network-interface-id $ENI
expect refused InvalidParameterValue
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.0.1.0/24 --network-interface-id $ENI --query Return --output text
aws ec2 replace-route --route-table-id $RTB --destination-cidr-block 10.0.0.0/16 --network-interface-id $ENI
aws ec2 delete-route --route-table-id $RTB --destination-cidr-block 10.0.0.0/16
expect refused InvalidParameterValue
aws ec2 replace-route --route-table-id $RTB --destination-cidr-block 10.0.0.0/16 --local-target

# An egress-only gateway is for IPv6.
EIGW=$(aws ec2 create-egress-only-internet-gateway --vpc-id $VPC \
    --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)
aws ec2 replace-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --egress-only-internet-gateway-id $EIGW
expect refused InvalidParameterValue
aws ec2 create-route --route-table-id $RTB --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id $EIGW --query Return --output text
aws ec2 delete-egress-only-internet-gateway --egress-only-internet-gateway-id $EIGW --query ReturnCode --output text
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text

# The internet gateway takes a table of its own, which leads to interfaces and to the VPC, nowhere else.
EDGE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $RTB --gateway-id $IGW
expect refused InvalidParameterValue
aws ec2 associate-route-table --route-table-id $EDGE --gateway-id $IGW --query AssociationState.State --output text
aws ec2 create-route --route-table-id $EDGE --destination-cidr-block 10.0.1.0/24 --network-interface-id $ENI --query Return --output text
aws ec2 create-route --route-table-id $EDGE --destination-cidr-block 192.168.0.0/16 --network-interface-id $ENI
expect refused InvalidParameterValue
aws ec2 describe-route-tables --filters Name=association.gateway-id,Values=$IGW --query "RouteTables[].Associations[].[GatewayId,Main]" --output text
aws ec2 delete-route-table --route-table-id $EDGE
expect refused DependencyViolation
