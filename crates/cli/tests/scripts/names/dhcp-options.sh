# DHCP option sets: what the guests of a VPC are told about their network, and above all whom they ask for names.
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --subnet-id $APP --instance-type t3.micro --query 'Instances[0].InstanceId' --output text)

# Every region has a set of its own, and every new VPC uses it.
aws ec2 describe-vpcs --vpc-ids $VPC --query 'Vpcs[0].DhcpOptionsId' --output text
aws ec2 describe-dhcp-options

# A private zone, which the resolver of the VPC knows.
ZONE=$(aws route53 create-hosted-zone --name corp.internal --vpc VPCRegion=us-east-1,VPCId=$VPC --caller-reference one --query HostedZone.Id --output text)
ONE='{Action=CREATE,ResourceRecordSet={Name=db.corp.internal,Type=A,TTL=60,ResourceRecords=[{Value=10.0.1.40}]}}'
CHANGE=$(aws route53 change-resource-record-sets --hosted-zone-id $ZONE --change-batch "Changes=[$ONE]")
ssh $WEB dig +short db.corp.internal

# With a name server of your own the guests ask that one: the private zone is not found there.
OWN=$(aws ec2 create-dhcp-options --dhcp-configurations Key=domain-name,Values=corp.example \
  Key=domain-name-servers,Values=10.0.1.53,10.0.1.54 \
  --tag-specifications 'ResourceType=dhcp-options,Tags=[{Key=Name,Value=own-dns}]' --query DhcpOptions.DhcpOptionsId --output text)
aws ec2 associate-dhcp-options --dhcp-options-id $OWN --vpc-id $VPC
aws ec2 describe-vpcs --filters Name=dhcp-options-id,Values=$OWN --query 'Vpcs[].VpcId' --output text
aws ec2 describe-dhcp-options --filters Name=key,Values=domain-name-servers Name=value,Values=10.0.1.54 --query 'DhcpOptions[].DhcpOptionsId' --output text
ssh $WEB dig +short db.corp.internal
ssh $WEB host db.corp.internal

# The VPC's resolver is still there for who asks it.
ssh $WEB dig +short db.corp.internal @10.0.0.2

# In use it cannot be deleted. Without any set (default is the word for it) an instance on Nitro asks 169.254.169.253.
aws ec2 delete-dhcp-options --dhcp-options-id $OWN
expect refused DependencyViolation
aws ec2 associate-dhcp-options --dhcp-options-id default --vpc-id $VPC
aws ec2 describe-vpcs --vpc-ids $VPC --query 'Vpcs[0].DhcpOptionsId' --output text
ssh $WEB dig +short db.corp.internal
aws ec2 delete-dhcp-options --dhcp-options-id $OWN
expect ok

# What is refused: a set that is gone, by each call in its own words; options that there are not; values that they do not take.
aws ec2 associate-dhcp-options --dhcp-options-id $OWN --vpc-id $VPC
expect refused InvalidDhcpOptionsID.NotFound
aws ec2 describe-dhcp-options --dhcp-options-ids $OWN
expect refused InvalidDhcpOptionID.NotFound
aws ec2 delete-dhcp-options --dhcp-options-id default
expect refused InvalidDhcpOptionsId.Malformed
aws ec2 create-dhcp-options --dhcp-configurations Key=router,Values=10.0.0.1
expect refused InvalidParameterValue
aws ec2 create-dhcp-options --dhcp-configurations Key=domain-name-servers,Values=dns.example
expect refused InvalidParameterValue
