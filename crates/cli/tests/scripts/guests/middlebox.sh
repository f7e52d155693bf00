# A MIDDLEBOX, made by hand of a plain instance: what it takes until packets get through it and back, and what the check does in each direction.
# (P17 P18 R20 R21 R24 E40 E43 E45 G10 G18 G19)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name vpc --description "lets in what comes from the VPC" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol all --cidr 10.0.0.0/16 --query Return
M=$(aws ec2 run-instances --image-id ami-00000000000000002 --instance-type t3.small --subnet-id $PUBLIC --private-ip-address 10.0.1.10 --associate-public-ip-address \
    --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=middle}]" --query "Instances[0].InstanceId" --output text)
ENI=$(aws ec2 describe-instances --instance-ids $M --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000002 --instance-type t3.small --subnet-id $PRIVATE --private-ip-address 10.0.2.20 --security-group-ids $SG \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=app}]" --query "Instances[0].InstanceId" --output text)
OWN=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $OWN --subnet-id $PRIVATE --query AssociationState.State --output text
aws ec2 create-route --route-table-id $OWN --destination-cidr-block 0.0.0.0/0 --network-interface-id $ENI --query Return
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${protocol} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# Four things stand in the way, one after the other: the check, the system that does not forward, the gateway that knows no private source, …
ssh app ping -c 1 -W 1 example.com
expect trace app internet icmp ENI_SOURCE_DEST_CHECK_RESTRICTION
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --no-source-dest-check
expect trace app internet icmp GUEST_NOT_FORWARDING
ssh middle sudo sysctl -w net.ipv4.ip_forward=1
ssh app ping -c 1 -W 1 example.com
expect trace app internet icmp IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
ssh middle sudo iptables -t nat -A POSTROUTING -o ens5 -s 10.0.2.0/24 -j MASQUERADE
ssh middle sudo iptables -t nat -S
ssh app ping -c 1 example.com
ssh app curl -s -m 2 http://checkip.amazonaws.com/
aws ec2 describe-instances --instance-ids $M --query "Reservations[0].Instances[0].PublicIpAddress" --output text

# With the check on again what comes in is dropped there; nothing else changes. A group or an ACL would say REJECT, the check says nothing.
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --source-dest-check
ssh app ping -c 1 -W 1 example.com
wait 60s
flow-logs

# Into the VPC it hands on without another address: there both ends see each other, and its answers come back the same way (or go past it: the
# subnets' own tables say which).
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --no-source-dest-check
THIRD=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.3.0/24 --query Subnet.SubnetId --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000002 --instance-type t3.small --subnet-id $THIRD --private-ip-address 10.0.3.30 --security-group-ids $SG --user-data 'apt install -y nginx' \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=db}]" --query "Instances[0].InstanceId" --output text)
ssh middle sudo iptables -t nat -F
aws ec2 create-route --route-table-id $OWN --destination-cidr-block 10.0.3.0/24 --network-interface-id $ENI --query Return
ssh app curl -s -m 2 http://10.0.3.30/
# It counts a hop of what it hands on: what comes past it has all of its 64 left, what comes through it has 63. (G16)
ssh app ping -c 1 10.0.3.30
ssh db ping -c 1 10.0.2.20
ssh app traceroute 10.0.3.30
ssh db traceroute 10.0.2.20
trace app db tcp 80
