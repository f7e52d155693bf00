# A quota is looked up, used up and raised. The region has one VPC, its default one.
aws service-quotas get-service-quota --service-code vpc --quota-code L-F678F1CE
for_more=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
for_more=$(aws ec2 create-vpc --cidr-block 10.2.0.0/16 --query Vpc.VpcId --output text)
for_more=$(aws ec2 create-vpc --cidr-block 10.3.0.0/16 --query Vpc.VpcId --output text)
for_more=$(aws ec2 create-vpc --cidr-block 10.4.0.0/16 --query Vpc.VpcId --output text)
aws ec2 create-vpc --cidr-block 10.5.0.0/16
expect refused VpcLimitExceeded

# A request asks for more than there is. Here it is granted at once.
aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 5
expect refused IllegalArgumentException
aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 6
aws ec2 create-vpc --cidr-block 10.5.0.0/16 --query Vpc.CidrBlock
expect ok

# Internet gateways are raised with VPCs; what every account begins with stays known.
aws service-quotas list-service-quotas --service-code vpc --output text \
    --query 'Quotas[].[QuotaCode,Value,QuotaName]'
aws service-quotas list-aws-default-service-quotas --service-code ec2 --output table \
    --query 'Quotas[].{Code:QuotaCode,Value:Value,Name:QuotaName}'

# Groups of an interface and rules of a group are limited together.
aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-2AFB9258 --desired-value 16 --query RequestedQuota.Status
aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-0EA8095F --desired-value 63
expect refused IllegalArgumentException
aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-2AFB9258 --desired-value 17
expect refused IllegalArgumentException

# Nobody has such a quota, and nobody has half a VPC.
aws service-quotas get-service-quota --service-code vpc --quota-code L-0263D0A3
expect refused NoSuchResourceException
aws service-quotas list-service-quotas --service-code s3
expect refused NoSuchResourceException
aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 6.5
expect refused IllegalArgumentException
