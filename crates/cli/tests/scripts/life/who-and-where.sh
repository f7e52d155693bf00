# How a tutorial begins: whose account is this, and where are its regions?
aws sts get-caller-identity
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
echo "the account is $ACCOUNT"
aws ec2 describe-regions --region-names us-east-1 eu-south-1
aws ec2 describe-regions --query 'length(Regions)'
aws ec2 describe-regions --all-regions --output text --query 'Regions[].RegionName' \
    --filters Name=opt-in-status,Values=not-opted-in Name=region-name,Values='eu-*'
for_nobody=$(aws ec2 describe-regions --region-names us--east-1)
expect refused InvalidParameterValue
aws ec2 describe-regions --dry-run
expect refused DryRunOperation

# The Security Token Service has no rehearsal, and no credentials for anybody.
aws sts get-caller-identity --dry-run
aws sts assume-role --role-arn arn:aws:iam::123456789012:role/other
aws sts get-caller-identity --output text --query Arn
expect ok
