# A key pair, as tutorials begin with one. Nobody logs in here, so there is no key in it.
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --key-name MyKeyPair
expect refused InvalidKeyPair.NotFound
aws ec2 create-key-pair --key-name MyKeyPair --query KeyMaterial --output text
aws ec2 create-key-pair --key-name MyKeyPair
expect refused InvalidKeyPair.Duplicate
aws ec2 create-key-pair --key-name short --key-type ed25519 --tag-specifications 'ResourceType=key-pair,Tags=[{Key=team,Value=web}]' --query '[KeyName,KeyPairId]' --output text

# A public key of one's own is looked at, and not kept.
aws ec2 import-key-pair --key-name mine --public-key-material "ssh-rsa no-key"
expect refused InvalidKey.Format
aws ec2 import-key-pair --key-name mine --public-key-material "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA me@home"

aws ec2 describe-key-pairs --query 'KeyPairs[].[KeyPairId,KeyName,KeyType]' --output text
aws ec2 describe-key-pairs --filters Name=tag:team,Values=web
aws ec2 describe-key-pairs --key-names nobody
expect refused InvalidKeyPair.NotFound

# What is launched with a key pair keeps its name, and the key pair may go.
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --key-name MyKeyPair --query 'Instances[0].InstanceId' --output text)
aws ec2 delete-key-pair --key-name MyKeyPair
aws ec2 describe-instances --filters Name=key-name,Values=MyKeyPair --query 'Reservations[].Instances[].[InstanceId,KeyName]' --output text
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --key-name MyKeyPair
expect refused InvalidKeyPair.NotFound
aws ec2 delete-key-pair --key-name MyKeyPair
aws ec2 delete-key-pair --key-pair-id key-00000000000000002
aws ec2 describe-key-pairs --query 'KeyPairs[].KeyName' --output text
