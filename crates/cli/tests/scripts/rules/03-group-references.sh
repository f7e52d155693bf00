# RULE 3. A security group that names another group means the private addresses of that group's members, and
# nothing else: not their public addresses, not what comes through a NAT instance. (S22 S23 S24 S26 P24)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
T=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
N=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.9.0/24 --query Subnet.SubnetId --output text)

APP=$(aws ec2 create-security-group --group-name app --description "who may ask" --vpc-id $VPC --query GroupId --output text)
DB=$(aws ec2 create-security-group --group-name db --description "who is asked" --vpc-id $VPC --query GroupId --output text)
OPEN=$(aws ec2 create-security-group --group-name open --description "lets all in" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $DB --protocol tcp --port 443 --source-group $APP --query Return
aws ec2 authorize-security-group-ingress --group-id $OPEN --protocol all --cidr 0.0.0.0/0 --query Return

aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --security-group-ids $APP --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=app}]" --associate-public-ip-address --query ReservationId
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --security-group-ids $OPEN --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=stranger}]" --query ReservationId
D=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $T --security-group-ids $DB --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=db}]" --associate-public-ip-address --query "Instances[0].InstanceId" --output text)
PUBLIC=$(aws ec2 describe-instances --instance-ids $D --query "Reservations[0].Instances[0].PublicIpAddress" --output text)

# A member of the group, by its private address:
expect trace app db tcp 443 DELIVERED
# Somebody who is no member:
expect trace stranger db tcp 443 DENIED
# The reference is no way back: db does not get to app by it.
expect trace db app tcp 443 DENIED
# The same member, by the public address of db: what arrives at db comes from app's public address.
expect trace app $PUBLIC tcp 443 DENIED
trace app $PUBLIC tcp 443

# Through a NAT instance that app's packets to db are led through: what arrives comes from the NAT instance.
R=$(aws ec2 run-instances --image-id ami-00000000000000003 --instance-type t3.small --subnet-id $N --security-group-ids $OPEN --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=nat}]" --query "Instances[0].InstanceId" --output text)
aws ec2 modify-instance-attribute --instance-id $R --no-source-dest-check
VIA=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 create-route --route-table-id $VIA --destination-cidr-block 10.0.2.0/24 --instance-id $R --query Return
aws ec2 associate-route-table --route-table-id $VIA --subnet-id $S --query AssociationState.State --output text
expect trace app db tcp 443 DENIED
# An address in place of the reference does it:
aws ec2 authorize-security-group-ingress --group-id $DB --protocol tcp --port 443 --cidr 10.0.9.0/24 --query Return
expect trace app db tcp 443 DELIVERED
