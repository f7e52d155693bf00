# A NAT gateway without a free port: 55,000 connections to one destination is all that one of its addresses takes.
# (R42 R43 W6 W7)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.9.0/24 --query Subnet.SubnetId --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $TABLE --subnet-id $PRIVATE --query AssociationState.State
aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT

# Five workers behind it. Each question comes from a port of its own, so it is a connection of its own.
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $PRIVATE --count 5 --query "Instances[].InstanceId" --output text > workers
wait 2m
for WORKER in $(cat workers); do ask $WORKER 198.51.100.7 udp 53 --every 1ms --name $WORKER; done
ssh i-00000000000000001 timeout 1 tcpdump -n -c 2 udp and src host 198.51.100.7
wait 11s

# No port is left for that destination: questions go out and nothing comes back. Another one is reached as before.
ssh i-00000000000000001 timeout 1 tcpdump -n -c 2 udp and src host 198.51.100.7
ssh i-00000000000000001 nc -zv 198.51.100.8 53
for NUMBER in 1 2 3 4 5; do ask --stop $NUMBER; done
wait 1m

# What the gateway tells of it.
for METRIC in ActiveConnectionCount ErrorPortAllocation PacketsDropCount; do aws cloudwatch get-metric-statistics --namespace AWS/NATGateway --metric-name $METRIC --dimensions Name=NatGatewayId,Value=$NAT --start-time 2026-01-01T00:02:00Z --end-time 2026-01-01T00:04:00Z --period 120 --statistics Maximum --query "[Label,Datapoints[0].Maximum]" --output text; done

# After 350 seconds without packets all of them are forgotten, and the destination is reached again.
wait 6m
aws cloudwatch get-metric-statistics --namespace AWS/NATGateway --metric-name IdleTimeoutCount --dimensions Name=NatGatewayId,Value=$NAT --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T01:00:00Z --period 3600 --statistics Sum --query "Datapoints[0].Sum"
ask i-00000000000000001 198.51.100.7 udp 53 --every 100ms
ssh i-00000000000000001 timeout 1 tcpdump -n -c 2 udp and src host 198.51.100.7
