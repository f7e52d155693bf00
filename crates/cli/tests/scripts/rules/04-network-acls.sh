# RULE 4. A network ACL acts at the border of a subnet only. Two hosts of one subnet meet none. Between two subnets
# a request and its answer meet four: out of the one, into the other, and the same for the answer. (N9 N10)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
T=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name open --description "lets all in" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol all --cidr 0.0.0.0/0 --query Return
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query ReservationId
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=neighbour}]" --query ReservationId
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $T --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=server}]" --query ReservationId

# Each subnet gets an ACL of its own. A new one denies everything.
NS=$(aws ec2 create-network-acl --vpc-id $VPC --query NetworkAcl.NetworkAclId --output text)
NT=$(aws ec2 create-network-acl --vpc-id $VPC --query NetworkAcl.NetworkAclId --output text)
TIE=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$S --query "NetworkAcls[0].Associations[?SubnetId=='$S'].NetworkAclAssociationId" --output text)
aws ec2 replace-network-acl-association --association-id $TIE --network-acl-id $NS --query NewAssociationId
TIE=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$T --query "NetworkAcls[0].Associations[?SubnetId=='$T'].NetworkAclAssociationId" --output text)
aws ec2 replace-network-acl-association --association-id $TIE --network-acl-id $NT --query NewAssociationId

# In the same subnet nobody asks the ACL:
expect trace client neighbour tcp 443 DELIVERED
# Across, four entries are needed; with each one the packet comes one border further.
expect trace client server tcp 443 DENIED
aws ec2 create-network-acl-entry --network-acl-id $NS --egress --rule-number 100 --protocol tcp --port-range From=443,To=443 --cidr-block 10.0.2.0/24 --rule-action allow
expect trace client server tcp 443 DENIED
aws ec2 create-network-acl-entry --network-acl-id $NT --ingress --rule-number 100 --protocol tcp --port-range From=443,To=443 --cidr-block 10.0.1.0/24 --rule-action allow
# The request arrives; its answer, to the client's port above 1023, does not leave:
trace client server tcp 443
aws ec2 create-network-acl-entry --network-acl-id $NT --egress --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block 10.0.1.0/24 --rule-action allow
expect trace client server tcp 443 SUBNET_ACL_RESTRICTION
aws ec2 create-network-acl-entry --network-acl-id $NS --ingress --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block 10.0.2.0/24 --rule-action allow
expect trace client server tcp 443 DELIVERED

# Which port is the client's own? Systems on instances are Linux and begin from 32768 to 60999, as their kernel says. Entries
# for the ports of Windows (49152 to 65535) let some answers out and others not, one connection like the next. (N11)
ssh client sysctl net.ipv4.ip_local_port_range
ssh server listen tcp 443
aws ec2 replace-network-acl-entry --network-acl-id $NT --egress --rule-number 100 --protocol tcp --port-range From=49152,To=65535 --cidr-block 10.0.1.0/24 --rule-action allow
for N in 1 2 3 4 5; do ssh client nc -zv -w 1 10.0.2.4 443; done
expect trace client server tcp 443 SUBNET_ACL_RESTRICTION
# With the ports of Linux every answer comes out.
aws ec2 replace-network-acl-entry --network-acl-id $NT --egress --rule-number 100 --protocol tcp --port-range From=32768,To=60999 --cidr-block 10.0.1.0/24 --rule-action allow
for N in 1 2 3 4 5; do ssh client nc -zv -w 1 10.0.2.4 443; done
expect trace client server tcp 443 DELIVERED
