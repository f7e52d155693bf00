# HOW LONG A PACKET MAY BE: 9,001 bytes inside a VPC, 1,500 through an internet gateway. Who sends a longer one that may not be cut is told by ICMP;
# where a network ACL refuses the message, nobody is told, and the way is a black hole. (E93 G20 S47)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name quiet --description "lets its own in" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol icmp --port -1 --source-group $SG --query Return
for IP in 10 11; do aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --private-ip-address 10.0.1.$IP \
  --associate-public-ip-address --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web-$IP}]" \
  --query "Instances[0].InstanceId" --output text; done
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${protocol} ${packets} ${bytes} ${action}' --query 'FlowLogIds[0]' --output text

# To a neighbour, whole: 8,973 bytes and 28 of headers. One more is more than the interface takes.
ssh web-10 ping -c 2 -M do -s 8973 10.0.1.11
ssh web-10 ping -c 2 -M do -s 8974 10.0.1.11

# To the internet the first one is sent and told of; then the system knows. Its groups let the message in, as they do with answers.
ssh web-10 ping -c 3 -M do -s 8973 example.com
ssh web-10 ping -c 2 -M do -s 1472 example.com
# Where the sender may cut, what follows gets through.
ssh web-10 ping -c 3 -s 8973 example.com

# An ACL that refuses ICMP from inside makes a black hole of it: no message, no answer.
ACL=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$S --query "NetworkAcls[0].NetworkAclId" --output text)
aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 50 --protocol icmp --icmp-type-code Type=-1,Code=-1 --cidr-block 10.0.0.0/8 --rule-action deny
ssh web-10 ping -c 2 -W 1 -M do -s 8973 example.com
expect trace web-10 internet tcp 443 EXITS_NETWORK
trace web-10 internet tcp 443 bytes 9001
wait 60s
flow-logs

# The cure on the instance is a smaller interface; the one in the VPC lets the message through.
ssh web-10 sudo ip link set dev ens5 mtu 1500
ssh web-10 ip link show ens5
expect trace web-10 internet tcp 443 bytes 9001 EXITS_NETWORK
ssh web-10 sudo ip link set dev ens5 mtu 9001
expect trace web-10 internet tcp 443 bytes 9001 SUBNET_ACL_RESTRICTION
aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 40 --protocol icmp --icmp-type-code Type=3,Code=4 --cidr-block 10.0.1.1/32 --rule-action allow
ssh web-10 ping -c 2 -s 8973 example.com
