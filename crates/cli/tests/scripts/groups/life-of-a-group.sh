# THE LIFE OF A SECURITY GROUP: made, filled, changed, named by others, and deleted once nothing needs it. (S1 to S20)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)

# It begins with no rule for what comes in, and lets everything out. Its name is its own in the VPC, whatever the case.
WEB=$(aws ec2 create-security-group --group-name web --description "web servers" --vpc-id $VPC --query GroupId --output text)
aws ec2 describe-security-group-rules --filters Name=group-id,Values=$WEB --query "SecurityGroupRules[].[IsEgress,IpProtocol,CidrIpv4]" --output text
aws ec2 create-security-group --group-name WEB --description "once more" --vpc-id $VPC
expect refused InvalidGroup.Duplicate

# A rule is added without the bits of a host, and once.
RULE=$(aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 443 --cidr 10.0.1.9/24 --query "SecurityGroupRules[0].SecurityGroupRuleId" --output text)
aws ec2 describe-security-group-rules --security-group-rule-ids $RULE --query "SecurityGroupRules[0].[IpProtocol,FromPort,ToPort,CidrIpv4]" --output text
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 443 --cidr 10.0.1.0/24
expect refused InvalidPermission.Duplicate

# It can be changed where it stands: another port, another block. A block cannot become a group.
aws ec2 modify-security-group-rules --group-id $WEB --security-group-rules "SecurityGroupRuleId=$RULE,SecurityGroupRule={IpProtocol=tcp,FromPort=8443,ToPort=8443,CidrIpv4=10.0.0.0/16,Description=moved}"
aws ec2 describe-security-group-rules --security-group-rule-ids $RULE --query "SecurityGroupRules[0].[FromPort,CidrIpv4,Description]" --output text
aws ec2 modify-security-group-rules --group-id $WEB --security-group-rules "SecurityGroupRuleId=$RULE,SecurityGroupRule={IpProtocol=-1,ReferencedGroupId=$WEB}"
expect refused InvalidParameterValue

# A prefix list is one rule that counts as many times as the list may have entries: 60 rules are all that a group takes.
LIST=$(aws ec2 create-managed-prefix-list --prefix-list-name offices --address-family IPv4 --max-entries 59 --entries Cidr=192.0.2.0/24 --query PrefixList.PrefixListId --output text)
aws ec2 authorize-security-group-ingress --group-id $WEB --ip-permissions "IpProtocol=tcp,FromPort=22,ToPort=22,PrefixListIds=[{PrefixListId=$LIST}]" --query Return
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80 --cidr 0.0.0.0/0
expect refused RulesPerSecurityGroupLimitExceeded

# Another group names it: while that is so, and while an interface carries it, it stays.
DB=$(aws ec2 create-security-group --group-name db --description "databases" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $DB --protocol tcp --port 5432 --source-group $WEB --query Return
ENI=$(aws ec2 create-network-interface --subnet-id $SUBNET --groups $WEB --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 delete-security-group --group-id $WEB
expect refused DependencyViolation
aws ec2 revoke-security-group-ingress --group-id $DB --protocol tcp --port 5432 --source-group $WEB --query Return
aws ec2 delete-security-group --group-id $WEB
expect refused DependencyViolation
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --groups $DB

# Revoking what is not there is refused as a whole.
aws ec2 revoke-security-group-ingress --group-id $WEB --protocol tcp --port 443 --cidr 10.0.1.0/24
expect refused InvalidPermission.NotFound
aws ec2 revoke-security-group-ingress --group-id $WEB --security-group-rule-ids $RULE --query "RevokedSecurityGroupRules[].[FromPort,CidrIpv4]" --output text

# The list is still named, so its deletion begins and fails; without the group it goes.
aws ec2 delete-managed-prefix-list --prefix-list-id $LIST --query PrefixList.State --output text
aws ec2 describe-managed-prefix-lists --prefix-list-ids $LIST --query "PrefixLists[0].State" --output text
aws ec2 delete-security-group --group-id $WEB --query Return
aws ec2 delete-managed-prefix-list --prefix-list-id $LIST --query PrefixList.State --output text
aws ec2 describe-managed-prefix-lists --prefix-list-ids $LIST
expect refused InvalidPrefixListID.NotFound

# The group that came with the VPC goes with it, not before.
DEFAULT=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$VPC Name=group-name,Values=default --query "SecurityGroups[0].GroupId" --output text)
aws ec2 delete-security-group --group-id $DEFAULT
expect refused CannotDelete
