# OVER A PEERING CONNECTION. A route on each side, both ends see each other's private addresses, and rules may name groups of the other VPC.
# It goes no further: not to a third VPC, and not to the other one's gateways. (R52 R53 R54 S22 S28 S30)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
FAR=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
THIRD=$(aws ec2 create-vpc --cidr-block 10.2.0.0/16 --query Vpc.VpcId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
DATA=$(aws ec2 create-subnet --vpc-id $FAR --cidr-block 10.1.1.0/24 --query Subnet.SubnetId --output text)
ASKS=$(aws ec2 create-security-group --group-name asks --description "asks" --vpc-id $VPC --query GroupId --output text)
DB=$(aws ec2 create-security-group --group-name db --description "is asked" --vpc-id $FAR --query GroupId --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --private-ip-address 10.0.1.10 \
    --security-group-ids $ASKS --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $DATA --private-ip-address 10.1.1.20 \
    --security-group-ids $DB --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
PEER=$(aws ec2 create-vpc-peering-connection --vpc-id $VPC --peer-vpc-id $FAR --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PEER --query VpcPeeringConnection.Status.Code --output text
aws ec2 authorize-security-group-ingress --group-id $DB --protocol tcp --port 80 --source-group $ASKS --query Return
for NET in $VPC $FAR; do aws ec2 create-flow-logs --resource-type VPC --resource-ids $NET --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${srcport} ${dstaddr} ${dstport} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text; done

# A route on one side is half of it: the request arrives, the answer finds no way.
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
FARRTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$FAR --query "RouteTables[0].RouteTableId" --output text)
expect trace $A $B tcp 80 NO_ROUTE
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id $PEER --query Return
ssh $A curl -m 1 http://10.1.1.20/
aws ec2 create-route --route-table-id $FARRTB --destination-cidr-block 10.0.0.0/16 --vpc-peering-connection-id $PEER --query Return
ssh $A curl -m 1 http://10.1.1.20/
trace $A $B tcp 80
wait 60s
flow-logs

# No further: neither by the other VPC's internet gateway nor to a third VPC that is peered with it.
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $FAR
aws ec2 create-route --route-table-id $FARRTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --vpc-peering-connection-id $PEER --query Return
expect trace $A internet tcp 443 DENIED
NEXT=$(aws ec2 create-vpc-peering-connection --vpc-id $FAR --peer-vpc-id $THIRD --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $NEXT --query VpcPeeringConnection.Status.Code --output text
aws ec2 create-route --route-table-id $FARRTB --destination-cidr-block 10.2.0.0/16 --vpc-peering-connection-id $NEXT --query Return
expect trace $A 10.2.1.30 tcp 80 DENIED

# Deleted, it leaves black holes, and the rule that names the other VPC's group is stale.
aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id $PEER --query Return
expect trace $A $B tcp 80 BLACKHOLED
aws ec2 describe-stale-security-groups --vpc-id $FAR --query 'StaleSecurityGroupSet[].[GroupName,StaleIpPermissions[0].UserIdGroupPairs[0].GroupId]' --output text
