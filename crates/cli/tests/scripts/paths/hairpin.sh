# A PUBLIC ADDRESS ASKED FOR FROM INSIDE. The packet goes out by the gateway and comes in again: both sides see public addresses, rules that name
# groups do not fit, and who has no public address does not get through. By the name it stays inside. (P24 P25 P26 S22 S23 A35)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
ASKS=$(aws ec2 create-security-group --group-name asks --description "asks" --vpc-id $VPC --query GroupId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description "is asked" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80 --source-group $ASKS --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --private-ip-address 10.0.1.10 \
    --security-group-ids $ASKS --associate-public-ip-address --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --private-ip-address 10.0.1.20 \
    --security-group-ids $WEB --associate-public-ip-address --query "Instances[0].InstanceId" --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --private-ip-address 10.0.1.30 \
    --security-group-ids $ASKS --no-associate-public-ip-address --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
AIP=$(aws ec2 describe-instances --instance-ids $A --query "Reservations[0].Instances[0].PublicIpAddress" --output text)
BIP=$(aws ec2 describe-instances --instance-ids $B --query "Reservations[0].Instances[0].PublicIpAddress" --output text)
NAME=$(aws ec2 describe-instances --instance-ids $B --query "Reservations[0].Instances[0].PublicDnsName" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${srcport} ${dstaddr} ${dstport} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# By the private address, and by the public name, which inside leads to the private address: the group knows who asks.
ssh $A curl -m 2 http://10.0.1.20/
ssh $A curl -m 2 http://$NAME/
# By the public address it does not: what comes in is from A's public address.
ssh $A curl -m 2 http://$BIP/
expect trace $A $BIP tcp 80 ENI_SG_RULES_MISMATCH
wait 60s
flow-logs

# A rule for A's public address lets it in, and the answer goes the same way back. Without a public address of one's own there is no way out.
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80 --cidr $AIP/32 --query Return
ssh $A curl -m 2 http://$BIP/
trace $A $BIP tcp 80
expect trace $C 10.0.1.20 tcp 80 DELIVERED
expect trace $C $BIP tcp 80 IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
wait 60s
flow-logs
