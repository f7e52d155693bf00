# Of the internet the playground has a handful of names (G14), and a host that says by which address it was asked (A37).
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --query 'Instances[0].InstanceId' --output text \
  --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]')
ssh web dig +short example.com
ssh web curl -s https://example.com
ssh web curl https://playground.example
ssh web dig playground.example

# Its system has the private address; who is asked sees the public one.
ssh web 'curl -s http://169.254.169.254/latest/meta-data/local-ipv4; echo'
ssh web curl -s https://checkip.amazonaws.com

# Behind a NAT gateway it is the gateway's. Before a route leads there, nothing comes back.
VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
PUBLIC=$(aws ec2 describe-instances --instance-ids $WEB --query 'Reservations[0].Instances[0].SubnetId' --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 172.31.200.0/24 --query Subnet.SubnetId --output text)
TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
TIE=$(aws ec2 associate-route-table --route-table-id $TABLE --subnet-id $PRIVATE --query AssociationId --output text)
X=$(aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $PRIVATE --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=app-1}]')
ssh app-1 curl -sS -m 5 https://checkip.amazonaws.com
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT
ssh app-1 curl -s https://checkip.amazonaws.com
aws ec2 describe-nat-gateways --nat-gateway-ids $NAT --query 'NatGateways[0].NatGatewayAddresses[0].PublicIp' --output text
