# The life of a NAT gateway: a private subnet gets its way out.
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
EIP=$(aws ec2 allocate-address --query AllocationId --output text)

# Without an internet gateway it fails, and only later says so.
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
wait 60s
aws ec2 describe-nat-gateways --nat-gateway-ids $NAT --query "NatGateways[].[State,FailureCode,FailureMessage]" --output text

# With one it works, with an interface of its own that nobody else may touch.
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP \
    --tag-specifications 'ResourceType=natgateway,Tags=[{Key=Name,Value=way-out}]' --query NatGateway.NatGatewayId --output text)
aws ec2 wait nat-gateway-available --nat-gateway-ids $NAT
aws ec2 describe-nat-gateways --nat-gateway-ids $NAT
ENI=$(aws ec2 describe-nat-gateways --nat-gateway-ids $NAT --query "NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId" --output text)
aws ec2 describe-network-interfaces --network-interface-ids $ENI --query "NetworkInterfaces[].[InterfaceType,Description,RequesterManaged,SourceDestCheck,Status]" --output text
aws ec2 delete-network-interface --network-interface-id $ENI
expect refused AuthFailure
aws ec2 release-address --allocation-id $EIP
expect refused AuthFailure

# The private subnet's table leads to it.
TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $TABLE --subnet-id $PRIVATE --query AssociationState.State --output text
aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT --query Return --output text
aws ec2 describe-route-tables --route-table-ids $TABLE --query "RouteTables[].Routes[].[DestinationCidrBlock,NatGatewayId,State]" --output text

# Deleted, it leaves its Elastic IP to the account and a black hole in the table.
aws ec2 delete-nat-gateway --nat-gateway-id $NAT --query NatGatewayId --output text
aws ec2 describe-route-tables --filters Name=route.state,Values=blackhole --query "RouteTables[].Routes[].[DestinationCidrBlock,NatGatewayId,State]" --output text
aws ec2 wait nat-gateway-deleted --nat-gateway-ids $NAT
aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[].[PublicIp,AssociationId]" --output text
aws ec2 release-address --allocation-id $EIP
aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 192.0.2.0/24 --nat-gateway-id $NAT
expect refused InvalidNatGatewayID.NotFound
aws ec2 describe-nat-gateways --query "NatGateways[].[NatGatewayId,State]" --output text
