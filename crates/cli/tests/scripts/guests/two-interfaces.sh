# TWO PUBLIC INTERFACES ON ONE INSTANCE: a plain system answers by its first one, whoever was asked, and the answer is dropped there. A table and a
# rule for the second one, as people type them, are the cure. (G1 G2 G3 G5 G7 G15 G17 G18 E62)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
T=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name web --description "web and echoes" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 198.51.100.0/24 --query Return
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 203.0.113.0/24 --query Return

# The instance: Ubuntu, as an example of a plain one, with an Elastic IP on each interface. Its user data starts a web server.
P=$(aws ec2 run-instances --image-id ami-00000000000000002 --instance-type t3.small --subnet-id $S --private-ip-address 10.0.1.10 \
    --security-group-ids $SG --user-data 'apt install -y nginx' --query "Instances[0].InstanceId" --output text)
ONE=$(aws ec2 describe-instances --instance-ids $P --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
TWO=$(aws ec2 create-network-interface --subnet-id $T --private-ip-address 10.0.2.20 --groups $SG --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $TWO --instance-id $P --device-index 1 --query AttachmentId --output text
for ENI in $ONE $TWO; do EIP=$(aws ec2 allocate-address --query AllocationId --output text); \
  aws ec2 associate-address --allocation-id $EIP --network-interface-id $ENI --query AssociationId --output text; done
A=$(aws ec2 describe-addresses --filters Name=network-interface-id,Values=$ONE --query "Addresses[0].PublicIp" --output text)
B=$(aws ec2 describe-addresses --filters Name=network-interface-id,Values=$TWO --query "Addresses[0].PublicIp" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# Somebody outside, in another VPC.
FAR=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query "Subnets[0].SubnetId" --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $FAR --query "Instances[0].InstanceId" --output text)
ssh $C curl -s -m 3 http://$A/
ssh $C curl -m 3 http://$B/

# The second interface got the request. The answer left by the first one, which has another address.
wait 60s
flow-logs
ssh $P ip -br -4 addr
ssh $P ip route
ssh $P ip rule
ssh $P ip route get 198.51.100.1 from 10.0.2.20
trace internet $B tcp 80

# The cure. Mistyped it is refused as on the real system.
ssh $P sudo ip route add default via 10.0.3.1 dev ens6 table 2
ssh $P sudo ip route add default via 10.0.2.1 dev ens7 table 2
ssh $P sudo ip route add default via 10.0.2.1 dev ens6 table out
ssh $P sudo ip route add default via 10.0.2.1 dev ens6 table 2
ssh $P sudo ip route add 10.0.2.0/24 dev ens6 src 10.0.2.20 table 2
ssh $P sudo ip route add default via 10.0.2.1 dev ens6 table 2
ssh $P sudo ip rule add from 10.0.2.20 table 2
ssh $P ip route show table 2
ssh $P ip rule show
ssh $P ip route get 198.51.100.1 from 10.0.2.20
ssh $C curl -s -m 3 http://$B/
expect trace internet $B tcp 80 DELIVERED

# A filter that is strict believes an answer's way only where it is the way of the request; the distribution's own is loose. Of that of the interface
# and that of all the higher number holds: the one alone makes nothing strict.
ssh $P sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.ens6.rp_filter
ssh $P sudo ip rule del from 10.0.2.20
ssh $P sudo sysctl -w net.ipv4.conf.ens6.rp_filter=1
expect trace internet $B tcp 80 ENI_SOURCE_DEST_CHECK_RESTRICTION
ssh $P sudo sysctl -w net.ipv4.conf.all.rp_filter=0
expect trace internet $B tcp 80 GUEST_REVERSE_PATH_FILTER
ssh $P sudo ip rule add from 10.0.2.20 lookup 2 pref 100
expect trace internet $B tcp 80 DELIVERED

ssh $P sudo sysctl -q -w net.ipv4.conf.ens6.rp_filter=2
ssh $P sudo sysctl -q -w net.ipv4.conf.all.rp_filter=2

# A secondary address is not there for the system until somebody says so, and has no rule until somebody makes one.
aws ec2 assign-private-ip-addresses --network-interface-id $TWO --private-ip-addresses 10.0.2.21 --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
aws ec2 associate-address --allocation-id $EIP --network-interface-id $TWO --private-ip-address 10.0.2.21 --query AssociationId --output text
D=$(aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].PublicIp" --output text)
expect trace internet $D tcp 80 GUEST_ADDRESS_NOT_CONFIGURED
ssh $P sudo ip addr add 10.0.2.21/24 dev ens6
ssh $P ip -4 addr show dev ens6
ssh $P ip route get 198.51.100.1 from 10.0.2.21
expect trace internet $D tcp 80 ENI_SOURCE_DEST_CHECK_RESTRICTION
ssh $P sudo ip rule add from 10.0.2.0/24 table 2
ssh $P ip route get 198.51.100.1 from 10.0.2.21
ssh $P ip rule
expect trace internet $D tcp 80 DELIVERED
