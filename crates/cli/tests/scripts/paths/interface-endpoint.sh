# TO A SERVICE OF AWS, through an interface endpoint: a network interface in a subnet, which the service manages. It is reached as any
# other, its security groups decide, and in its VPC the service's name leads to it. (P41 P42 R56 R62 R63)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames Value=true
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
ENDS=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name client --description "asks" --vpc-id $VPC --query GroupId --output text)
GUARD=$(aws ec2 create-security-group --group-name endpoint --description "who may ask" --vpc-id $VPC --query GroupId --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --security-group-ids $SG \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)

# Without an endpoint the name is public, and nothing leads there.
ssh $A dig +short ssm.us-east-1.amazonaws.com
ssh $A curl -m 2 https://ssm.us-east-1.amazonaws.com/

# With one the same name leads to its network interface, in this VPC.
SSM=$(aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.ssm --vpc-endpoint-type Interface \
    --subnet-ids $ENDS --security-group-ids $GUARD --private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text)
wait 60s
ENI=$(aws ec2 describe-vpc-endpoints --vpc-endpoint-ids $SSM --query 'VpcEndpoints[0].NetworkInterfaceIds[0]' --output text)
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text
aws ec2 describe-network-interfaces --network-interface-ids $ENI --query 'NetworkInterfaces[].[InterfaceType,RequesterManaged,PrivateIpAddress]' --output text
ssh $A dig +short ssm.us-east-1.amazonaws.com
ssh $A dig +short $SSM.ssm.us-east-1.vpce.amazonaws.com

# Its security group lets nobody in. A rule for those who ask is what it needs.
ssh $A curl -m 2 https://ssm.us-east-1.amazonaws.com/
expect trace $A ssm.us-east-1.amazonaws.com tcp 443 DENIED
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 443 --source-group $SG --query Return
ssh $A curl -m 5 https://ssm.us-east-1.amazonaws.com/
connect $A $ENI tcp 443
expect open $A $ENI tcp 443

# Behind it the service waits on its port, and begins nothing itself.
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol icmp --port -1 --source-group $SG --query Return
ssh $A ping -c 1 -W 1 ssm.us-east-1.amazonaws.com
expect trace $A $ENI icmp DENIED
expect trace $ENI $A tcp 443 DENIED

# From another VPC, over a peering connection: there the service's name is public, the endpoint's own name leads to it.
FAR=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $FAR --cidr-block 10.1.1.0/24 --query Subnet.SubnetId --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --private-ip-address 10.1.1.10 \
    --query "Instances[0].InstanceId" --output text)
PCX=$(aws ec2 create-vpc-peering-connection --vpc-id $FAR --peer-vpc-id $VPC --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PCX --query VpcPeeringConnection.Status.Code --output text
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
FARTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$FAR --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $FARTB --destination-cidr-block 10.0.0.0/16 --vpc-peering-connection-id $PCX --query Return
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id $PCX --query Return
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 443 --cidr 10.1.0.0/16 --query Return
wait 5s
ssh $B dig +short ssm.us-east-1.amazonaws.com
ssh $B curl -m 5 https://$SSM.ssm.us-east-1.vpce.amazonaws.com/

wait 60s
flow-logs

# Deleted, it takes its network interface along, and the name is public again.
aws ec2 delete-vpc-endpoints --vpc-endpoint-ids $SSM --query Unsuccessful
wait 60s
ssh $A dig +short ssm.us-east-1.amazonaws.com
expect trace $A 10.0.2.4 tcp 443 UNREACHABLE
