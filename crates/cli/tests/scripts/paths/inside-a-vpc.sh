# INSIDE A VPC. Neighbours of one subnet meet the groups of both ends and nothing else. Between two subnets the ACLs of both see the packet, and
# the answer again, and each side's own table is asked once. (P1 P2 P3 P4 N9 N10 R3 R16 S32)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name web --description "lets in the web" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 10.0.0.0/16 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ONE --private-ip-address 10.0.1.10 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ONE --private-ip-address 10.0.1.11 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $TWO --private-ip-address 10.0.2.20 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
ssh $C listen tcp 80
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${srcport} ${dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# Neighbours, and hosts of two subnets: the second way has the ACLs and the tables between.
ssh $A curl -m 2 http://10.0.1.11/
ssh $A curl -m 2 http://10.0.2.20/
trace $A $C tcp 80
wait 60s
flow-logs

# An ACL that lets nothing through: neighbours do not notice, the other subnet is cut off. At A the packet is refused on its way out.
ACL=$(aws ec2 create-network-acl --vpc-id $VPC --query NetworkAcl.NetworkAclId --output text)
TIE=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$ONE --query "NetworkAcls[0].Associations[?SubnetId=='$ONE'].NetworkAclAssociationId" --output text)
TIE=$(aws ec2 replace-network-acl-association --association-id $TIE --network-acl-id $ACL --query NewAssociationId --output text)
expect open $A $B tcp 80
expect trace $A $C tcp 80 SUBNET_ACL_RESTRICTION
# The request goes out with its own entry and is let in at the other end; the answer is for the client's port, and needs another entry.
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 100 --protocol tcp --port-range From=80,To=80 --cidr-block 10.0.2.0/24 --rule-action allow --egress
ssh $A curl -m 2 http://10.0.2.20/
wait 60s
flow-logs
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block 10.0.2.0/24 --rule-action allow --ingress
ssh $A curl -m 2 http://10.0.2.20/
expect open $A $C tcp 80
