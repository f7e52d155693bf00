# WHAT COMES IN IS INSPECTED. The internet gateway has a route table of its own, which leads to an appliance before it leads to the host; the host's
# table leads back through the same one. Past one of the two, only half of it is seen. (P8 P9 R27 R28 R29 R20 R21 R22)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
GUARDS=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
WEB=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name web --description "lets in the web" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
G=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $GUARDS --private-ip-address 10.0.1.10 \
    --security-group-ids $SG --associate-public-ip-address --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $WEB --private-ip-address 10.0.2.20 \
    --security-group-ids $SG --associate-public-ip-address --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
ssh $G sudo sysctl -w net.ipv4.ip_forward=1
GENI=$(aws ec2 describe-instances --instance-ids $G --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 modify-network-interface-attribute --network-interface-id $GENI --no-source-dest-check
IP=$(aws ec2 describe-instances --instance-ids $B --query "Reservations[0].Instances[0].PublicIpAddress" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# In by the gateway's table; back by the subnet's.
EDGE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $EDGE --gateway-id $IGW --query AssociationState.State --output text
aws ec2 create-route --route-table-id $EDGE --destination-cidr-block 10.0.2.0/24 --network-interface-id $GENI --query Return
BACK=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $BACK --subnet-id $WEB --query AssociationState.State --output text
aws ec2 create-route --route-table-id $BACK --destination-cidr-block 0.0.0.0/0 --network-interface-id $GENI --query Return
ask internet $IP tcp 80
trace internet $IP tcp 80
wait 60s
flow-logs

# The appliance's group is asked, too: what it does not let in does not come to the host.
expect trace internet $IP tcp 22 ENI_SG_RULES_MISMATCH
# It needs a public address of its own, and must run.
aws ec2 stop-instances --instance-ids $G --query "StoppingInstances[0].CurrentState.Name" --output text
expect trace internet $IP tcp 80 BLACKHOLED
aws ec2 start-instances --instance-ids $G --query "StartingInstances[0].CurrentState.Name" --output text
expect trace internet $IP tcp 80 DELIVERED

# The answer goes past it when the host's table leads straight to the gateway: the appliance sees half of the conversation.
aws ec2 replace-route --route-table-id $BACK --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW
ask internet $IP tcp 80
wait 60s
flow-logs
