# Private ways to services of AWS: a gateway endpoint is a route, an interface endpoint is a network interface
# in a subnet, which the service manages. (R18 R55 R56 P42 E80 E81)
VPC=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
A=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.1.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
A2=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.1.2.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query 'RouteTables[0].RouteTableId' --output text)

# A gateway endpoint adds a route to the service's prefix list. Nobody edits that route by hand.
S3=$(aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.s3 \
    --route-table-ids $RTB --query VpcEndpoint.VpcEndpointId --output text)
aws ec2 describe-route-tables --route-table-ids $RTB --output text \
    --query 'RouteTables[0].Routes[].[DestinationCidrBlock || DestinationPrefixListId,GatewayId,State]'
aws ec2 delete-route --route-table-id $RTB --destination-prefix-list-id pl-63a5400a
expect refused InvalidParameterValue

# An interface endpoint: one network interface in a zone, with groups of yours.
SG=$(aws ec2 create-security-group --group-name endpoint --description "who may ask" --vpc-id $VPC --query GroupId --output text)
aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.ssm \
    --vpc-endpoint-type Interface --subnet-ids $A $A2
expect refused DuplicateSubnetsInSameZone
SSM=$(aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.ssm \
    --vpc-endpoint-type Interface --subnet-ids $A --security-group-ids $SG \
    --query VpcEndpoint.VpcEndpointId --output text)
aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=$A --output text \
    --query 'NetworkInterfaces[].[Description,InterfaceType,RequesterManaged,Status,PrivateIpAddress]'

# The service manages it: you may look and tag, and nothing else.
ENI=$(aws ec2 describe-vpc-endpoints --vpc-endpoint-ids $SSM --query 'VpcEndpoints[0].NetworkInterfaceIds[0]' --output text)
aws ec2 create-tags --resources $ENI --tags Key=Name,Value=way-to-ssm
aws ec2 delete-network-interface --network-interface-id $ENI
expect refused AuthFailure
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --no-source-dest-check
expect refused AuthFailure
aws ec2 detach-network-interface --attachment-id $(aws ec2 describe-network-interfaces \
    --network-interface-ids $ENI --query 'NetworkInterfaces[0].Attachment.AttachmentId' --output text)
expect refused OperationNotPermitted

# The service's own name leads to it only in a VPC with both DNS attributes.
aws ec2 modify-vpc-endpoint --vpc-endpoint-id $SSM --private-dns-enabled
expect refused InvalidParameter
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames Value=true
aws ec2 modify-vpc-endpoint --vpc-endpoint-id $SSM --private-dns-enabled
aws ec2 describe-vpc-endpoints --vpc-endpoint-ids $SSM --query 'VpcEndpoints[0].DnsEntries[].DnsName'

# What it uses stays until the endpoint goes; then its interface and its route are gone too.
aws ec2 delete-subnet --subnet-id $A
expect refused DependencyViolation
aws ec2 delete-security-group --group-id $SG
expect refused DependencyViolation
aws ec2 delete-vpc-endpoints --vpc-endpoint-ids $SSM $S3 vpce-00000000000000099
aws ec2 delete-subnet --subnet-id $A
expect ok
aws ec2 delete-security-group --group-id $SG --query Return
aws ec2 describe-route-tables --route-table-ids $RTB --output text \
    --query 'RouteTables[0].Routes[].[DestinationCidrBlock || DestinationPrefixListId,GatewayId]'
